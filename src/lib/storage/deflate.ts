import { nextTask } from '../model/next-task.ts';

/** Bytes below which deflating is not worth its time: a millisecond, for 6 kB less on the disk. */
const worthwhile = 8192;
/** Bytes that are deflated in one task: browsers do it on the page's own thread, some milliseconds for these. */
const sliceLength = 131_072;

/**
 * `bytes` deflated (raw, RFC 1951), in tasks of some milliseconds; undefined where that is not smaller, not worth it, or the
 * browser cannot.
 */
export async function deflate(
	bytes: Uint8Array<ArrayBuffer>
): Promise<Uint8Array<ArrayBuffer> | undefined> {
	const { byteLength: length } = bytes;
	if (length < worthwhile || typeof CompressionStream === 'undefined') return undefined;
	const { readable, writable } = new CompressionStream('deflate-raw');
	const deflated = new Response(readable).arrayBuffer();
	const writer = writable.getWriter();
	for (let at = 0; at < length; at += sliceLength) {
		await writer.write(bytes.subarray(at, at + sliceLength));
		await nextTask();
	}
	await writer.close();
	const smaller = new Uint8Array(await deflated);
	return smaller.byteLength < length ? smaller : undefined;
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
