const utf8 = new TextEncoder();
/** Characters that are written at once. */
const sliceLength = 4096;
/** Room for a slice and the second half of a pair, all of them escaped as `\u0000`. */
const room = new Uint8Array(6 * (sliceLength + 1) + 2);

/**
 * Bytes of `text` as a string of JSON in UTF-8, with its quotes: those of
 * `new TextEncoder().encode(JSON.stringify(text))`, with no more memory than a slice of it takes. The browser's own
 * functions take 2 ms for the first 120 kB, where a loop over the characters took 9.
 */
export function bytesAsJson(text: string): number {
	let bytes = 2;
	for (let at = 0; at < text.length;) {
		const end = endOfSlice(text, at + sliceLength);
		bytes += utf8.encodeInto(JSON.stringify(text.slice(at, end)), room).written - 2;
		at = end;
	}
	return bytes;
}

/** Where a slice ends that would end at `at`: half of a surrogate pair would be escaped. */
function endOfSlice(text: string, at: number): number {
	const isInPair = (text.charCodeAt(at - 1) & 0xfc00) === 0xd800;
	return isInPair ? at + 1 : at;
}
