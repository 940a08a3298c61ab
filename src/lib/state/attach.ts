import type { RequestApi } from '../apis/api.ts';
import { fileTypes } from '../model/draft.ts';
import type { FilePart, FileType, Part } from '../model/draft.ts';
import type { Refusal } from '../model/file.ts';
import { fileTypeOf, formats } from '../model/file-formats.ts';
import { formatOf } from '../model/media-types.ts';
import { sniff } from '../model/sniff.ts';
import { isPlace } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';

/** Bytes of the largest file that is put into a request; a larger one is for S3. */
export const largest = 25_000_000;

/** What files are attached to: the message being written, one that is edited, or what a tool gave. */
export interface Holder {
	/** What stands beside the text; setting it changes what it is. */
	parts: readonly Part[];
}

/**
 * Attaches files in their order; without a holder to the message being written. Gives those that no service takes, or not
 * this API in such a place.
 */
export async function attachFiles(
	conversation: Conversation,
	files: Iterable<File>,
	holder: Holder = conversation.editor,
	kinds: readonly FileType[] = fileTypes
): Promise<Refusal[]> {
	const refused: Refusal[] = [];
	for (const file of files) {
		const result = await readFile(conversation, file, kinds);
		if ('why' in result) refused.push(result);
		else addPart(holder, result);
	}
	return refused;
}

async function readFile(
	{ api, files }: Conversation,
	file: File,
	kinds: readonly FileType[]
): Promise<FilePart | Refusal> {
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
	const why = whyNot(api, mime, kinds);
	if (why !== undefined) return { name, mime, why };
	return { type: fileTypeOf(mime), mime, name, source: await files.add({ bytes, mime, name }) };
}

/** Why a file of this type can't be attached; undefined where it can. */
function whyNot(
	api: RequestApi,
	mime: string,
	kinds: readonly FileType[]
): Refusal['why'] | undefined {
	if (mime === '') return 'unknown';
	const type = fileTypeOf(mime);
	if (!formats[type].includes(formatOf(type, mime) ?? '')) return 'format';
	return api.files[type] === undefined || !kinds.includes(type) ? 'kind' : undefined;
}

/** Attaches a file at an address that the service reads itself; this page never loads it. */
export function attachAddress(holder: Holder, type: FileType, url: string): void {
	const name = type === 'document' ? nameIn(url) : undefined;
	addPart(holder, { type, mime: '', ...(name !== undefined && { name }), source: { url } });
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

/** Puts a part before the text. */
function addPart(holder: Holder, part: Part): void {
	const at = holder.parts.findIndex(isPlace);
	holder.parts = holder.parts.toSpliced(at === -1 ? holder.parts.length : at, 0, part);
}
