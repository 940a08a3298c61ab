import type { FilePart, Part } from '../../model/draft.ts';
import type { FileSource } from '../../model/file.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { readBase64 } from '../files.ts';
import { getString, sayWithExtra } from '../words.ts';

const office = 'application/vnd.openxmlformats-officedocument';

/** Media types of the documents that Converse takes, by its names for them. */
const mimes: Record<string, string> = {
	pdf: 'application/pdf',
	csv: 'text/csv',
	doc: 'application/msword',
	docx: `${office}.wordprocessingml.document`,
	xls: 'application/vnd.ms-excel',
	xlsx: `${office}.spreadsheetml.sheet`,
	html: 'text/html',
	txt: 'text/plain',
	md: 'text/markdown'
};

/** An image or a document as a block; undefined where Converse has no format for it or can't fetch it. */
export function sayFile(part: FilePart): Json | undefined {
	const format = formatOf(part);
	const source = saySource(part.source);
	if (format === undefined || source === undefined) return undefined;
	if (part.type === 'image') return sayWithExtra('converse', part, { image: { format, source } });
	const name = sayName(part.name);
	return sayWithExtra('converse', part, { document: { format, name, source } });
}

function formatOf({ type, mime, name, source }: FilePart): string | undefined {
	const ending = /\.(\w+)$/.exec(name ?? ('url' in source ? source.url : ''))?.[1]?.toLowerCase();
	if (type === 'image') {
		if (mime === '') return ending === 'jpg' ? 'jpeg' : ending;
		return /^image\/(.+)$/.exec(mime)?.[1];
	}
	const known = Object.keys(mimes).find((format) => mimes[format] === mime);
	return known ?? (ending !== undefined && Object.hasOwn(mimes, ending) ? ending : undefined);
}

/** Converse fetches from S3 alone. */
function saySource(source: FileSource): JsonObject | undefined {
	if ('base64' in source) return { bytes: source.base64 };
	if (!('url' in source) || !source.url.startsWith('s3://')) return undefined;
	return { s3Location: { uri: source.url } };
}

/** A document's name in the characters that Converse takes; it must have one. */
function sayName(name = ''): string {
	const allowed = name
		.replace(/[^A-Za-z0-9\-()[\] ]+/g, ' ')
		.replace(/ {2,}/g, ' ')
		.trim();
	return allowed === '' ? 'Document' : allowed;
}

/** What a block says of an image or a document, without what stands beside its words. */
export function guessFile(wire: Json): Part | undefined {
	const image = getOwn(wire, 'image');
	const document = getOwn(wire, 'document');
	const format = getString(image, 'format') ?? getString(document, 'format');
	const source = readSource(getOwn(image ?? document, 'source'));
	if (format === undefined || source === undefined) return undefined;
	if (image !== undefined) return { type: 'image', mime: `image/${format}`, source };
	const name = getString(document, 'name');
	const mime = Object.hasOwn(mimes, format) ? mimes[format] : undefined;
	if (mime === undefined || name === undefined) return undefined;
	return { type: 'document', mime, name, source };
}

function readSource(source: unknown): FileSource | undefined {
	const bytes = getString(source, 'bytes');
	if (bytes !== undefined) return readBase64(bytes);
	const location = getOwn(source, 's3Location');
	const uri = isJsonObject(location) ? getString(location, 'uri') : undefined;
	return uri === undefined ? undefined : { url: uri };
}
