import { diffArrays } from 'diff';
import { markdownOf } from '../../model/markdown.ts';
import type { Turn } from '../../model/turn.ts';

/** A piece of a text: on both sides, or on this one alone. */
export interface Piece {
	text: string;
	isOwn: boolean;
}

/** What stands side by side: two turns in the same place, one of which may be absent. */
export interface Pair {
	left: Turn | undefined;
	right: Turn | undefined;
}

/** Changes beyond which two texts are not compared: to look for more takes longer than anybody waits. */
const mostChanges = 4000;

// Letters of scripts that write no spaces are words of their own: `Intl.Segmenter` takes seconds for a long text.
const alone =
	'[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}]';
const word = new RegExp(`\\s+|${alone}|(?:(?!${alone})[\\p{L}\\p{M}\\p{N}_])+|[^]`, 'gu');

/** Where two branches part: how many turns they begin with alike, and what follows, side by side. */
export function pairUp(
	left: readonly Turn[],
	right: readonly Turn[]
): { common: number; pairs: Pair[] } {
	const parts = left.findIndex(({ id }, i) => right[i]?.id !== id);
	const common = parts === -1 ? left.length : parts;
	const length = Math.max(left.length, right.length) - common;
	const pairs = Array.from({ length }, (_, i) => {
		return { left: left[common + i], right: right[common + i] };
	});
	return { common, pairs };
}

/** What is compared of a turn: all of it but its thoughts, as Markdown. */
export function comparedText(turn: Turn | undefined): string {
	return markdownOf(turn?.message.parts.filter(({ type }) => type !== 'reasoning') ?? []);
}

/** Two texts word by word; undefined where they are too long or too different. */
export function diffWords(
	left: string,
	right: string
): { left: Piece[]; right: Piece[] } | undefined {
	const options = { maxEditLength: mostChanges, timeout: 200 };
	const changes = diffArrays(left.match(word) ?? [], right.match(word) ?? [], options);
	if (changes === undefined) return undefined;
	const sides: { left: Piece[]; right: Piece[] } = { left: [], right: [] };
	for (const { added, removed, value } of changes) {
		const piece: Piece = { text: value.join(''), isOwn: added || removed };
		if (!added) sides.left.push(piece);
		if (!removed) sides.right.push(piece);
	}
	return sides;
}
