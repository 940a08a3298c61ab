import type { FileType } from './draft.ts';

/**
 * The formats that the services take, by their names.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
 */
export const formats: Record<FileType, readonly string[]> = {
	image: ['png', 'jpeg', 'gif', 'webp'],
	document: ['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'],
	audio: [
		...['mp3', 'opus', 'wav', 'aac', 'flac', 'mp4', 'ogg', 'mkv', 'mka', 'x-aac', 'm4a'],
		...['mpeg', 'mpga', 'pcm', 'webm']
	],
	video: ['mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp']
};

/** The kind of attachment that a media type is. */
export function fileTypeOf(mime: string): FileType {
	const kind = mime.slice(0, mime.indexOf('/'));
	return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document';
}
