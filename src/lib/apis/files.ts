import type { FilePart } from '../model/draft.ts';
import type { FileSource } from '../model/file.ts';
import type { Target } from '../model/request.ts';
import type { RequestApi, TakenFiles } from './api.ts';

/** The kinds of attachments that an API takes at an endpoint, and the addresses it reads them from. */
export function takenFilesOf(
	{ files, gatewayFiles }: Pick<RequestApi, 'files' | 'gatewayFiles'>,
	endpoint: Target['endpoint']
): TakenFiles {
	return endpoint === 'gateway' ? { ...files, ...gatewayFiles } : files;
}

/** Bytes that stand in a body as base64; undefined where they are not that. */
export function readBase64(text: string): FileSource | undefined {
	return /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? { base64: text } : undefined;
}

/** The media type and the bytes of a data URL; of any other address, the address. */
export function readUrl(url: string): { mime: string; source: FileSource } {
	const [, mime, data] = /^data:([^;,]*);base64,(.*)$/s.exec(url) ?? [];
	const source = data === undefined ? undefined : readBase64(data);
	return mime === undefined || source === undefined
		? { mime: '', source: { url } }
		: { mime, source };
}

/** A file as an address: a data URL of its bytes. Undefined for one that was not put inline. */
export function sayUrl({ mime, source }: FilePart): string | undefined {
	if ('url' in source) return source.url;
	return 'base64' in source ? `data:${mime};base64,${source.base64}` : undefined;
}

/** What the OpenAI APIs' `file_data` holds: a data URL, or base64 whose type nobody says. */
export function readFileData(data: string): { mime: string; source: FileSource } | undefined {
	const plain = readBase64(data);
	if (plain !== undefined) return { mime: '', source: plain };
	const { mime, source } = readUrl(data);
	return mime === '' ? undefined : { mime, source };
}

/** A document as `file_data`; undefined where its bytes are not here. */
export function sayFileData({ mime, source }: FilePart): string | undefined {
	if (!('base64' in source)) return undefined;
	return mime === '' ? source.base64 : `data:${mime};base64,${source.base64}`;
}
