import type { RequestApi } from '../apis/api.ts';
import type { FilePart, FileType, Part } from '../model/draft.ts';
import type { Refusal } from '../model/file.ts';
import { fileTypeOf, formats } from '../model/file-formats.ts';
import { formatOf } from '../model/media-types.ts';
import { sniff } from '../model/sniff.ts';
import { isPlace } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';

/** Bytes of the largest file that is put into a request; a larger one is for S3. */
export const largest = 25_000_000;

/** Attaches files to the message being written, in their order. Gives those that no service takes, or not this API. */
export async function attachFiles(
	conversation: Conversation,
	files: Iterable<File>
): Promise<Refusal[]> {
	const refused: Refusal[] = [];
	for (const file of files) {
		const result = await readFile(conversation, file);
		if ('why' in result) refused.push(result);
		else addPart(conversation, result);
	}
	return refused;
}

async function readFile({ api, files }: Conversation, file: File): Promise<FilePart | Refusal> {
	const { name, size } = file;
	if (size === 0) return { name, mime: '', why: 'empty' };
	if (size > largest) return { name, mime: '', why: 'too-large' };
	const bytes = await file.arrayBuffer().then(
		(buffer) => new Uint8Array(buffer),
		// A folder, or a file that is gone meanwhile.
		() => undefined
	);
	if (bytes === undefined) return { name, mime: '', why: 'unreadable' };
	const mime = sniff(bytes, name);
	const why = whyNot(api, mime);
	if (why !== undefined) return { name, mime, why };
	return { type: fileTypeOf(mime), mime, name, source: await files.add({ bytes, mime, name }) };
}

/** Why a file of this type can't be attached; undefined where it can. */
function whyNot(api: RequestApi, mime: string): Refusal['why'] | undefined {
	if (mime === '') return 'unknown';
	const type = fileTypeOf(mime);
	if (!formats[type].includes(formatOf(type, mime) ?? '')) return 'format';
	return api.files[type] === undefined ? 'kind' : undefined;
}

/** Attaches a file at an address that the service reads itself; this page never loads it. */
export function attachAddress(conversation: Conversation, type: FileType, url: string): void {
	const name = type === 'document' ? nameIn(url) : undefined;
	addPart(conversation, { type, mime: '', ...(name !== undefined && { name }), source: { url } });
}

function nameIn(url: string): string | undefined {
	return /([^/?#]+)(?:[?#].*)?$/.exec(url)?.[1];
}

/** Whether an address is one that the service can read for this kind. */
export function isAddress(url: string, from: 's3' | 'web' | 'none' | undefined): boolean {
	if (from === 'none' || from === undefined || !URL.canParse(url)) return false;
	const { protocol, host } = new URL(url);
	const isKnown = protocol === 's3:' || (from === 'web' && protocol === 'https:');
	return isKnown && host !== '';
}

/** Puts a part before the text of the message being written. */
function addPart({ editor }: Conversation, part: Part): void {
	const at = editor.parts.findIndex(isPlace);
	editor.parts = editor.parts.toSpliced(at === -1 ? editor.parts.length : at, 0, part);
}
