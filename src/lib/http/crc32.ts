const table = Int32Array.from({ length: 256 }, (_, index) => {
	let crc = index;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc;
});

/** CRC-32 (IEEE 802.3) of the bytes `from` up to `to`, unsigned. */
export function crc32(bytes: Uint8Array, from: number, to: number): number {
	let crc = ~0;
	for (let i = from; i < to; i++) {
		crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
	}
	return ~crc >>> 0;
}
