import type { Random } from '../random.ts';

// A word with the white space before it, one Han character, or one other sign.
const PIECE =
	/\s*(?:\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+|[^\s\p{L}\p{M}\p{N}])|\s+$/gu;

/** Cuts a text into the pieces that count as tokens here. Joined, they are the text again. */
export function splitPieces(text: string): string[] {
	return text.match(PIECE) ?? [];
}

/** How many tokens a text is. */
export function countTokens(text: string): number {
	return splitPieces(text).length;
}

/** Joins pieces into deltas of one to three, as models send them. */
export function groupPieces(pieces: readonly string[], random: Random): string[] {
	const deltas: string[] = [];
	for (let at = 0; at < pieces.length;) {
		const size = random.pick([1, 1, 1, 2, 2, 3]);
		deltas.push(pieces.slice(at, at + size).join(''));
		at += size;
	}
	return deltas;
}
