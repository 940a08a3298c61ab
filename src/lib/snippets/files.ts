import { isFilePart } from '../model/draft.ts';
import type { Draft, Part } from '../model/draft.ts';

/** An attachment that code reads from a file of its own beside it. */
export interface SnippetFile {
	/** A bare name: no folder, nothing that a shell or a language reads otherwise. */
	name: string;
	/** Its bytes, as they stand in the body. */
	base64: string;
}

/** A piece of a body's text: as it stands, or what is read from a file. */
export type Piece = string | SnippetFile;

/** The attachments of a draft whose bytes are in it, each once, with names that differ. */
export function filesOf({ messages }: Pick<Draft, 'messages'>): SnippetFile[] {
	const found = new Map<string, SnippetFile>();
	const taken = new Set<string>();
	for (const part of messages.flatMap(({ parts }) => parts.flatMap(withInner))) {
		if (!isFilePart(part) || !('base64' in part.source)) continue;
		const { base64 } = part.source;
		if (base64 === '' || found.has(base64)) continue;
		const bare = bareName(part.name ?? '');
		const name = findFree(bare === '' ? `${part.type}.${endingOf(part.mime)}` : bare, taken);
		// Some systems tell no capitals from others.
		taken.add(name.toLowerCase());
		found.set(base64, { name, base64 });
	}
	return [...found.values()];
}

/**
 * A body's text, cut where a file's bytes stand as a whole string, or at the end of a data URL. Joined again, with each
 * file as its base64, the pieces are the text.
 */
export function cutAtFiles(body: string, files: readonly SnippetFile[]): Piece[] {
	const places = files
		.flatMap((file) => placesOf(body, file).map((at) => ({ at, file })))
		.sort((a, b) => a.at - b.at);
	const pieces: Piece[] = [];
	let from = 0;
	for (const { at, file } of places) {
		pieces.push(body.slice(from, at), file);
		from = at + file.base64.length;
	}
	return [...pieces, body.slice(from)];
}

/** The names of the files that stand in a body's text, in their order. */
export function namesIn(body: string | undefined, files: readonly SnippetFile[]): string[] {
	const pieces = body === undefined ? [] : cutAtFiles(body, files);
	return [...new Set(pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.name])))];
}

/** A string of a body as what stands before a file's bytes, and the file; undefined where it is none. */
export function readFileText(
	text: string,
	files: readonly SnippetFile[]
): { before: string; file: SnippetFile } | undefined {
	const file = files.find(({ base64 }) => text.endsWith(base64));
	if (file === undefined) return undefined;
	const before = text.slice(0, text.length - file.base64.length);
	return before === '' || before.endsWith(urlEnd) ? { before, file } : undefined;
}

/** What stands in a data URL before its bytes. */
const urlEnd = ';base64,';

/** base64 needs no escape in JSON, so a string of it stands in the text as it is. */
function placesOf(body: string, { base64 }: SnippetFile): number[] {
	const places: number[] = [];
	for (let at = body.indexOf(base64); at !== -1; at = body.indexOf(base64, at + base64.length)) {
		const isStart = body[at - 1] === '"' || body.startsWith(urlEnd, at - urlEnd.length);
		if (isStart && body[at + base64.length] === '"') places.push(at);
	}
	return places;
}

function withInner(part: Part): Part[] {
	return part.type === 'tool-result' ? part.parts : [part];
}

/** The last part of a path, in letters, digits and a few signs that mean nothing to any program. */
function bareName(name: string): string {
	const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
	const plain = last
		.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
		.replace(/^[-.]+/, '')
		.replace(/[-.]+$/, '');
	const [, stem = plain, ending = ''] = /^(.*?)(\.\w{1,8})?$/su.exec(plain) ?? [];
	return stem.slice(0, 80) + ending;
}

function endingOf(mime: string): string {
	return /^\w+\/(?:x-)?(\w+)$/.exec(mime)?.[1] ?? 'bin';
}

function findFree(name: string, taken: ReadonlySet<string>): string {
	const [, stem = name, ending = ''] = /^(.*?)(\.\w+)?$/su.exec(name) ?? [];
	let free = name;
	for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${stem}-${count}${ending}`;
	return free;
}
