const DIMENSIONS = 1024;

/** A vector of length 1 for a text: texts that share words point into similar directions. */
export function embed(text: string): number[] {
	const vector = new Array<number>(DIMENSIONS).fill(0);
	for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
		const hash = hashOf(word);
		for (const turn of [0, 7, 13]) {
			const at = ((hash >>> turn) ^ (turn * 131)) % DIMENSIONS;
			vector[at] = (vector[at] ?? 0) + ((hash >>> (turn + 3)) & 1 ? 1 : -1);
		}
	}
	const norm = Math.hypot(...vector) || 1;
	return vector.map((value) => Math.fround(value / norm));
}

/** A vector as base64 of its little-endian 32-bit floats. */
export function encodeBase64(vector: readonly number[]): string {
	const view = new DataView(new ArrayBuffer(vector.length * 4));
	for (const [at, value] of vector.entries()) view.setFloat32(at * 4, value, true);
	return btoa(String.fromCharCode(...new Uint8Array(view.buffer)));
}

function hashOf(word: string): number {
	let hash = 0x811c9dc5;
	for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
	return hash >>> 0;
}
