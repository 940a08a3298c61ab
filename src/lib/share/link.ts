import { isFilePart, newId } from '../model/draft.ts';
import type { ApiId, Draft, Message, Part } from '../model/draft.ts';
import { parseApiId, parseDraft } from '../model/draft-schema.ts';
import type { FileSource } from '../model/file.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import { standsInPath } from '../model/model-id.ts';
import { findMisfits } from '../model/params.ts';
import { isLink, linkStart, unescape } from './hash.ts';

/** What came out of a link. A shared request is never sent by itself. */
export type DecodedLink = { ok: true; api: ApiId; draft: Draft } | { ok: false; code: LinkError };

/** Why a hash gives no draft: it may be none of ours, or made by a later version of this page. */
export type LinkError =
	| 'not-a-link'
	| 'future-version'
	| 'too-long'
	| 'damaged'
	| 'not-a-draft'
	/** What reads links could not be loaded. */
	| 'not-loaded'
	/** A model id that would change the address it is sent to. */
	| 'bad-model';

/** The longest link that is opened, in characters; encoding does not stop at it. */
export const maxLinkLength = 65_536;
/** Bytes. A link of 1 kB can otherwise become 1 GB. */
const maxInflated = 1_048_576;
/** Bytes; one slice can become a thousand times as much before the size is looked at. */
const sliceLength = 256;

/**
 * `#/s/1.<base64url(deflate-raw(JSON {api, draft}))>`: the draft without ids, without where its answers came from,
 * without its chain, so all messages go, and without its files. A draft has no host, header or key, so neither has its
 * link.
 */
export async function encodeLink(api: ApiId, draft: Draft): Promise<string> {
	const { draft: shared } = withoutFiles(draft);
	const json = JSON.stringify({ api, draft: withoutOrigins(shared, () => '') });
	const stream = new Blob([json]).stream().pipeThrough(new CompressionStream('deflate-raw'));
	const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
	return `#/s/1.${toBase64Url(bytes)}`;
}

/**
 * Reads the hash of an address, which anyone may have written. Chat programs and mail change links on their way: it may
 * be percent-encoded, wrapped in `<>`, and followed by a bracket, a full stop or other text. Never throws; messages get
 * fresh ids.
 */
export async function decodeLink(hash: string): Promise<DecodedLink> {
	const [, version, encoded = ''] =
		/^\/([1-9]\d{0,8})\.([\w-]*)/.exec(unescape(hash).replace(linkStart, '')) ?? [];
	if (version === undefined || !isLink(hash)) return { ok: false, code: 'not-a-link' };
	if (version !== '1') return { ok: false, code: 'future-version' };
	if (`#/s/1.${encoded}`.length > maxLinkLength) return { ok: false, code: 'too-long' };
	const packed = fromBase64Url(encoded);
	if (packed === undefined) return { ok: false, code: 'damaged' };
	let value: unknown;
	try {
		const bytes = await inflate(packed);
		if (bytes === undefined) return { ok: false, code: 'too-long' };
		value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
	} catch {
		// Not deflate, cut off, not UTF-8 or not JSON: to the reader of a link all the same.
		return { ok: false, code: 'damaged' };
	}
	return readContent(value);
}

function readContent(value: unknown): DecodedLink {
	const api = parseApiId(getOwn(value, 'api'));
	const draft = parseDraft(withoutChain(getOwn(value, 'draft')));
	if (api === undefined || draft === undefined || findMisfits(draft.params).length > 0) {
		return { ok: false, code: 'not-a-draft' };
	}
	if (!standsInPath(draft.model)) return { ok: false, code: 'bad-model' };
	// A name of a file would be that of one that is kept here, which the sender has no say in.
	const { draft: own } = withoutFiles(draft, (source) => 'file' in source);
	return { ok: true, api, draft: withoutOrigins(own, newId) };
}

/** The draft without attachments but for those at an address, and how many these were. */
export function withoutFiles(
	draft: Draft,
	isLeftOut = (source: FileSource): boolean => !('url' in source)
): { draft: Draft; count: number } {
	let count = 0;
	const without = (parts: Part[]): Part[] =>
		parts.flatMap((part): Part[] => {
			if (part.type === 'tool-result') return [{ ...part, parts: without(part.parts) }];
			if (!isFilePart(part) || !isLeftOut(part.source)) return [part];
			count++;
			return [];
		});
	const strip = (message: Message): Message => ({ ...message, parts: without(message.parts) });
	const { system, messages } = draft;
	const stripped = { ...draft, ...(system && { system: strip(system) }) };
	return { draft: { ...stripped, messages: messages.map(strip) }, count };
}

/** A chain is the sender's alone, so it is not even looked at: its shape has changed since the first links. */
function withoutChain(draft: unknown): unknown {
	if (!isJsonObject(draft)) return draft;
	return Object.fromEntries(Object.entries(draft).filter(([key]) => key !== 'chain'));
}

function withoutOrigins(draft: Draft, idFor: () => string): Draft {
	const strip = (message: Message): Message => {
		const copy = { ...message, id: idFor() };
		delete copy.from;
		delete copy.by;
		return copy;
	};
	const copy = { ...draft, messages: draft.messages.map(strip) };
	if (copy.system) copy.system = strip(copy.system);
	delete copy.chain;
	return copy;
}

/** Undefined when more than `maxInflated` comes out. Throws for what is not deflate or is cut off. */
async function inflate(packed: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined> {
	let at = 0;
	const slices = new ReadableStream<Uint8Array<ArrayBuffer>>({
		pull(controller) {
			if (at >= packed.length) return controller.close();
			controller.enqueue(packed.subarray(at, (at += sliceLength)));
		}
	});
	const reader = slices.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
	const whole = new Uint8Array(maxInflated);
	let length = 0;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) return whole.subarray(0, length);
		if (length + value.length > maxInflated) {
			await reader.cancel();
			return undefined;
		}
		whole.set(value, length);
		length += value.length;
	}
}

function toBase64Url(bytes: Uint8Array): string {
	let binary = '';
	for (const byte of bytes) binary += String.fromCharCode(byte);
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Undefined for what is not base64url. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
	if (!/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
