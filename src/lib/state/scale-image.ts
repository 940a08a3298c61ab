import type { NewFile } from './files.svelte.ts';

/** What an image may be at most: px a side, and characters of its base64. */
export interface ImageLimits {
	side: number;
	base64: number;
}

/** Quality of a JPEG or WebP that is written anew. */
const quality = 0.9;

/**
 * An image made small enough, in its own format where the browser can write that, else as PNG. Undefined where the browser
 * can't read it. Of an animation the first picture stays.
 */
export async function scaleImage(
	{ bytes, mime, name }: NewFile,
	{ side, base64 }: ImageLimits
): Promise<NewFile | undefined> {
	const bitmap = await createImageBitmap(new Blob([bytes], { type: mime })).catch(() => undefined);
	if (bitmap === undefined) return undefined;
	let factor = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
	try {
		for (;;) {
			const blob = await drawn(bitmap, factor, mime);
			const isSmall = Math.ceil(blob.size / 3) * 4 <= base64;
			if (isSmall || bitmap.width * factor < 2) {
				const scaled = new Uint8Array(await blob.arrayBuffer());
				return { bytes: scaled, mime: blob.type, name };
			}
			// Bytes go with the area; a little less, so that the next one is likely to fit.
			factor *= Math.min(0.9, Math.sqrt((base64 * 0.75) / blob.size) * 0.95);
		}
	} finally {
		bitmap.close();
	}
}

function drawn(bitmap: ImageBitmap, factor: number, type: string): Promise<Blob> {
	const width = Math.max(1, Math.round(bitmap.width * factor));
	const height = Math.max(1, Math.round(bitmap.height * factor));
	const canvas = new OffscreenCanvas(width, height);
	canvas.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
	return canvas.convertToBlob({ type, quality });
}
