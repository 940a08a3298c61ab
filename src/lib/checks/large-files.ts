import { fileLimits } from '../apis/file-limits.ts';
import { base64Bytes, fromBase64 } from '../model/base64.ts';
import type { FilePart } from '../model/draft.ts';
import { imageSize } from '../model/sniff.ts';
import { attachedTo, warnOf } from './attached.ts';
import type { Check, Warning } from './check.ts';

/** An image or a document that is too large by what the service counts: the base64 of an image, the bytes of a document. */
export const largeFiles: Check = (checked) => {
	const limits = fileLimits[checked.api.id];
	if (limits === undefined) return [];
	return attachedTo(checked).flatMap((attached): Warning[] => {
		const { type, source } = attached.part;
		if (!('base64' in source)) return [];
		const bytes = base64Bytes(source.base64);
		if (type === 'image') {
			const side = sideOf(attached.part, source.base64);
			if (source.base64.length > limits.image.base64)
				return [
					warnOf(
						attached,
						{ code: 'large-image', values: { bytes: source.base64.length } },
						'scale'
					)
				];
			if (side > limits.image.side)
				return [
					warnOf(
						attached,
						{ code: 'wide-image', values: { side, most: limits.image.side } },
						'scale'
					)
				];
		}
		if (type === 'document' && bytes > limits.documentBytes)
			return [warnOf(attached, { code: 'large-document', values: { bytes } }, 'remove')];
		return [];
	});
};

/** Reading a header costs a little, and parts are never changed in place. */
const sides = new WeakMap<FilePart, number>();

/** The longer side of an image in px; 0 where it is not told. */
function sideOf(part: FilePart, base64: string): number {
	let side = sides.get(part);
	if (side === undefined) {
		const size = imageSize(fromBase64(base64.slice(0, 349_524)));
		sides.set(part, (side = size === undefined ? 0 : Math.max(size.width, size.height)));
	}
	return side;
}
