import type { FilePart, Part } from '../../model/draft.ts';
import { fileTypes } from '../../model/draft.ts';
import type { FileSource } from '../../model/file.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { formatOf, mimeOf } from '../../model/media-types.ts';
import { readBase64 } from '../files.ts';
import { getString, sayWithExtra } from '../words.ts';

/** An attachment as a block; undefined where Converse has no format for it or can't fetch it. */
export function sayFile(part: FilePart): Json | undefined {
	const { type, name } = part;
	const format = sayFormat(part);
	const source = saySource(part.source);
	if (format === undefined || source === undefined) return undefined;
	const named = type === 'document' && { name: sayName(name) };
	return sayWithExtra('converse', part, { [type]: { format, ...named, source } });
}

function sayFormat({ type, mime, name, source }: FilePart): string | undefined {
	const known = formatOf(type, mime);
	if (known !== undefined) return known;
	const ending = /\.(\w+)$/.exec(name ?? ('url' in source ? source.url : ''))?.[1]?.toLowerCase();
	if (ending === undefined || (type !== 'document' && mime !== '')) return undefined;
	if (type === 'image' && ending === 'jpg') return 'jpeg';
	return mimeOf(type, ending) === undefined ? undefined : ending;
}

/** Converse fetches from S3 alone. */
function saySource(source: FileSource): JsonObject | undefined {
	if ('base64' in source) return { bytes: source.base64 };
	if (!('url' in source) || !source.url.startsWith('s3://')) return undefined;
	return { s3Location: { uri: source.url } };
}

/** A document's name in the characters that Converse takes; it must have one. */
export function sayName(name = ''): string {
	const allowed = name
		.replace(/[^A-Za-z0-9\-()[\] ]+/g, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return allowed === '' ? 'Document' : allowed;
}

/** What a block says of an attachment, without what stands beside its words. */
export function guessFile(wire: Json): Part | undefined {
	const type = fileTypes.find((one) => isJsonObject(getOwn(wire, one)));
	if (type === undefined) return undefined;
	const block = getOwn(wire, type);
	const format = getString(block, 'format');
	const source = readSource(getOwn(block, 'source'));
	const mime = format === undefined ? undefined : mimeOf(type, format);
	if (mime === undefined || source === undefined) return undefined;
	if (type !== 'document') return { type, mime, source };
	const name = getString(block, 'name');
	return name === undefined ? undefined : { type, mime, name, source };
}

function readSource(source: unknown): FileSource | undefined {
	const bytes = getString(source, 'bytes');
	if (bytes !== undefined) return readBase64(bytes);
	const location = getOwn(source, 's3Location');
	const uri = isJsonObject(location) ? getString(location, 'uri') : undefined;
	return uri === undefined ? undefined : { url: uri };
}
