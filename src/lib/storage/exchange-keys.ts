const packedMark = '-packed';

/** Where the pieces of all answers lie. */
export const exchangePrefix = 'exchange/';

/**
 * Key of a piece: its run, its place, when it was written (epoch ms) and its bytes. Time and size stand in the key, so
 * that what to drop is known without reading a single answer.
 */
export function pieceKey(run: string, first: number, at: number, bytes: number): string {
	return `${exchangePrefix}${run}/${String(first).padStart(9, '0')}-${at}-${bytes}`;
}

/** Key of a piece that is packed, that is deflated if it gets smaller; `key` is that of the piece as it came. */
export function packedKey(key: string, bytes: number): string {
	return `${key.replace(/-\d+(-left)?$/, '')}-${bytes}${packedMark}`;
}

/** Whether the piece with that key is packed. */
export function isPacked(key: string): boolean {
	return key.endsWith(packedMark);
}
