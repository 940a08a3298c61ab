import { nextTask } from '../model/next-task.ts';

/** Bytes below which deflating is not worth its time: a millisecond, for 6 kB less on the disk. */
const worthwhile = 8192;
/** Bytes that are deflated in one task: browsers do it on the page's own thread, some milliseconds for these. */
const sliceLength = 131_072;

/**
 * Some bytes, given in `pieces` that follow each other, deflated (raw, RFC 1951) as one; undefined where that is not
 * smaller, not worth it, or the browser cannot. They are not joined before: memory that is new to the page takes several
 * milliseconds a megabyte.
 */
export async function deflate(
	pieces: readonly Uint8Array<ArrayBuffer>[]
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const length = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
	if (length < worthwhile || typeof CompressionStream === 'undefined') return undefined;
	const { readable, writable } = new CompressionStream('deflate-raw');
	const deflated = new Response(readable).arrayBuffer();
	const writer = writable.getWriter();
	// Written over once the stream has taken it.
	const slice = new Uint8Array(Math.min(length, sliceLength));
	let filled = 0;
	for (const piece of pieces) {
		for (let at = 0; at < piece.byteLength;) {
			if (filled === slice.byteLength) {
				await writer.write(slice);
				await nextTask();
				filled = 0;
			}
			const part = piece.subarray(at, at + slice.byteLength - filled);
			slice.set(part, filled);
			filled += part.byteLength;
			at += part.byteLength;
		}
	}
	await writer.write(slice.subarray(0, filled));
	await writer.close();
	const bytes = new Uint8Array(await deflated);
	return bytes.byteLength < length ? bytes : undefined;
}

/** The `length` bytes that were deflated; undefined where `deflated` is no such thing or holds more. */
export async function inflate(
	deflated: Uint8Array<ArrayBuffer>,
	length: number
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
	const bytes = new Uint8Array(length);
	let at = 0;
	try {
		const reader = stream.getReader();
		for (let next = await reader.read(); !next.done; next = await reader.read()) {
			if (at + next.value.byteLength > length) {
				await reader.cancel();
				return undefined;
			}
			bytes.set(next.value, at);
			at += next.value.byteLength;
		}
	} catch {
		// Not deflated bytes: the record is broken.
		return undefined;
	}
	return at === length ? bytes : undefined;
}
