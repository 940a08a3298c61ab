/** Bytes at a time: as many arguments as one call safely takes. */
const slice = 0x8000;

/** Bytes as base64, with padding. */
export function toBase64(bytes: Uint8Array): string {
	const pieces: string[] = [];
	for (let at = 0; at < bytes.length; at += slice) {
		pieces.push(String.fromCharCode(...bytes.subarray(at, at + slice)));
	}
	return btoa(pieces.join(''));
}

/** The bytes of a base64 text. Throws for what is none. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	const binary = atob(text);
	const bytes = new Uint8Array(binary.length);
	for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
	return bytes;
}

/** How many bytes a base64 text stands for. */
export function base64Bytes(text: string): number {
	const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	return Math.floor((text.length * 3) / 4) - padding;
}
