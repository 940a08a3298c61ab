import { isFilePart } from './draft.ts';
import type { FilePart, Part } from './draft.ts';
import { getOwn } from './json.ts';

/**
 * The attachment that a part is, also where it is kept as it came: an image that a model made, in a block of Converse or
 * as what an image tool of Responses gave. Undefined for any other part.
 */
export function shownFile(part: Part): FilePart | undefined {
	if (isFilePart(part)) return part;
	if (part.type !== 'opaque') return undefined;
	const image = getOwn(part.value, 'image');
	const made = getOwn(part.value, 'type') === 'image_generation_call';
	const [base64, format] = made
		? [getOwn(part.value, 'result'), getOwn(part.value, 'output_format') ?? 'png']
		: [getOwn(getOwn(image, 'source'), 'bytes'), getOwn(image, 'format')];
	if (typeof base64 !== 'string' || typeof format !== 'string') return undefined;
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
	return { type: 'image', mime: `image/${format}`, source: { base64 } };
}
