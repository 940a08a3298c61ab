// An incremental decoder of `application/vnd.amazon.eventstream` for the bare page, which checks both checksums.

const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n += 1) {
	let c = n;
	for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	TABLE[n] = c >>> 0;
}

/** CRC-32 (IEEE) of bytes[from, to), continued from an earlier value. */
function crc32(bytes, from = 0, to = bytes.length, before = 0) {
	let c = ~before;
	for (let i = from; i < to; i += 1) c = TABLE[(c ^ bytes[i]) & 255] ^ (c >>> 8);
	return ~c >>> 0;
}

/**
 * Incremental decoder: feed it chunks of any size; `onFrame(headers, payload)` gets each whole frame.
 * Payloads are views: use them at once. Throws on a wrong checksum or length. String headers only.
 */
export function createDecoder(onFrame) {
	const text = new TextDecoder();
	let rest = new Uint8Array(0);
	// Neighbouring frames mostly have the same headers, byte for byte: then the parsed ones are used again.
	let lastBytes = new Uint8Array(0);
	let lastHeaders = {};

	function same(bytes, from, length) {
		if (lastBytes.length !== length) return false;
		for (let i = 0; i < length; i += 1) if (bytes[from + i] !== lastBytes[i]) return false;
		return true;
	}

	function readHeaders(bytes, view, from, length) {
		if (same(bytes, from, length)) return lastHeaders;
		const headers = {};
		for (let at = from; at < from + length;) {
			const nameEnd = at + 1 + bytes[at];
			if (bytes[nameEnd] !== 7) throw new Error(`header type ${bytes[nameEnd]}`);
			const valueEnd = nameEnd + 3 + view.getUint16(nameEnd + 1);
			headers[text.decode(bytes.subarray(at + 1, nameEnd))] = text.decode(
				bytes.subarray(nameEnd + 3, valueEnd)
			);
			at = valueEnd;
		}
		lastBytes = bytes.slice(from, from + length);
		lastHeaders = Object.freeze(headers);
		return headers;
	}

	function frame(bytes, view, start, total) {
		const headerLength = view.getUint32(start + 4);
		const end = start + total;
		const prelude = crc32(bytes, start, start + 8);
		if (prelude !== view.getUint32(start + 8)) throw new Error('prelude checksum');
		if (crc32(bytes, start + 8, end - 4, prelude) !== view.getUint32(end - 4))
			throw new Error('message checksum');
		const headersEnd = start + 12 + headerLength;
		const headers = readHeaders(bytes, view, start + 12, headerLength);
		onFrame(headers, bytes.subarray(headersEnd, end - 4));
	}

	return {
		push(chunk) {
			let bytes = chunk;
			if (rest.length > 0) {
				bytes = new Uint8Array(rest.length + chunk.length);
				bytes.set(rest);
				bytes.set(chunk, rest.length);
			}
			const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
			let at = 0;
			while (bytes.length - at >= 12) {
				const total = view.getUint32(at);
				if (total < 16 || total > 25165824) throw new Error(`frame length ${total}`);
				if (bytes.length - at < total) break;
				frame(bytes, view, at, total);
				at += total;
			}
			rest = bytes.slice(at);
		},
		end() {
			if (rest.length > 0) throw new Error(`cut short: ${rest.length} bytes left`);
		}
	};
}
