import type { JsonObject } from '../json.ts';
import { isObject, objectOf, objectsOf, stringOf } from '../json.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { readPicture } from '../pictures.ts';
import { breakConstraint } from './words.ts';

const MAX_IMAGES = 20;
const MAX_DOCUMENTS = 5;
/** 3.75 MB, counted in the characters of its base64. */
const MAX_IMAGE_BASE64 = 5 * 1024 * 1024;
/** px */
const MAX_IMAGE_SIDE = 8000;
const MAX_DOCUMENT_BYTES = 4.5 * 1024 * 1024;

interface File {
	kind: 'image' | 'document' | 'video' | 'audio';
	at: string;
	role: string;
	value: JsonObject;
}

/**
 * What is wrong with the images and documents of a Converse request, or undefined.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 */
export function findFileProblem(messages: readonly JsonObject[]): Problem | undefined {
	const files = messages.flatMap(filesOf);
	const documents = files.filter(({ kind }) => kind === 'document');
	return (
		findPlaceProblem(files) ??
		findLoneDocument(messages) ??
		findNameProblem(documents) ??
		findCountProblem(files) ??
		firstOf(files, findSizeProblem)
	);
}

function filesOf(message: JsonObject, index: number): File[] {
	return objectsOf(message['content']).flatMap((block, place) =>
		(['image', 'document', 'video', 'audio'] as const).flatMap((kind) => {
			const value = block[kind];
			const at = `messages.${index}.content.${place}.${kind}`;
			return isObject(value) ? [{ kind, at, role: stringOf(message['role']), value }] : [];
		})
	);
}

function findPlaceProblem(files: readonly File[]): Problem | undefined {
	const stray = files.find(({ role }) => role !== 'user');
	return (
		stray &&
		newInvalid(
			`The ${stray.kind} field at ${stray.at} can only be included in messages with the user role. Remove the ${stray.kind} and try again.`
		)
	);
}

function findLoneDocument(messages: readonly JsonObject[]): Problem | undefined {
	const lone = messages.some(({ content }) => {
		const blocks = objectsOf(content);
		return blocks.some(({ document }) => isObject(document)) && !blocks.some(hasText);
	});
	return lone
		? newInvalid(
				'A text block must be included when using documents. Add a text block and retry your request.'
			)
		: undefined;
}

function hasText({ text, guardContent }: JsonObject): boolean {
	return typeof text === 'string' || isObject(objectOf(guardContent)['text']);
}

function findNameProblem(documents: readonly File[]): Problem | undefined {
	const names = documents.map(({ value }) => stringOf(value['name']));
	// The service's own words leave the underscore out, but it was seen to take one.
	if (!names.every((name) => /^[\w \-()[\]]{1,200}$/.test(name) && !name.includes('  '))) {
		return newInvalid(
			"The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Check that the file name conforms to these restrictions and retry your request."
		);
	}
	return new Set(names).size < names.length
		? newInvalid(
				"Messages can't contain duplicate document names. Rename the document and retry your request."
			)
		: undefined;
}

function findCountProblem(files: readonly File[]): Problem | undefined {
	const count = (kind: File['kind']): number => files.filter((file) => file.kind === kind).length;
	if (count('image') > MAX_IMAGES)
		return newInvalid(`You can't include more than ${MAX_IMAGES} images in a request.`);
	if (count('document') > MAX_DOCUMENTS)
		return newInvalid(`You can't include more than ${MAX_DOCUMENTS} documents in a request.`);
	return undefined;
}

function findSizeProblem({ kind, at, value }: File): Problem | undefined {
	const source = objectOf(value['source']);
	const { bytes } = source;
	const cited = objectOf(value['citations'])['enabled'] === true;
	if (kind === 'document' && bytes === undefined && source['s3Location'] === undefined && !cited)
		return newInvalid(
			`DocumentSource object at ${at}.source must set one of the following keys: bytes, s3Location.`
		);
	if (typeof bytes !== 'string') return undefined;
	if (bytes === '' || bytes.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bytes))
		return newInvalid(
			`The format of the value at ${at}.source.bytes is invalid. Provide a base64-encoded string for the field and try again.`
		);
	if (kind === 'image' && bytes.length > MAX_IMAGE_BASE64)
		return newInvalid(
			`The model returned the following errors: ${at}.source.bytes: image exceeds 5 MB maximum: ${bytes.length} bytes > ${MAX_IMAGE_BASE64} bytes`
		);
	const picture = kind === 'image' ? readPicture(bytes) : undefined;
	if (picture?.pixels?.some((side) => side > MAX_IMAGE_SIDE))
		return newInvalid(
			`The model returned the following errors: ${at}.source.bytes: At least one of the image dimensions exceed max allowed size: ${MAX_IMAGE_SIDE} pixels`
		);
	if (picture !== undefined && picture.format !== value['format'])
		return newInvalid(
			`The model returned the following errors: ${at}.source.bytes: The image was specified using the image/${stringOf(value['format'])} media type, but the image appears to be a image/${picture.format} image`
		);
	if (kind === 'document' && (bytes.length * 3) / 4 > MAX_DOCUMENT_BYTES)
		return breakConstraint(
			"'bytes'",
			`${at}.source.bytes`,
			`have length less than or equal to ${MAX_DOCUMENT_BYTES}`
		);
	return undefined;
}

function firstOf<T>(entries: readonly T[], find: (entry: T) => Problem | undefined) {
	for (const entry of entries) {
		const problem = find(entry);
		if (problem !== undefined) return problem;
	}
	return undefined;
}
