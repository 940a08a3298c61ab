import type { LaneRow } from '../../model/lanes.ts';

/** How long a letter counts to the word that is typed, in ms. */
const pause = 700;

/** Where the keys of an ARIA tree lead: up and down the rows, left to the node above, right to the first after it. */
export function rowFor(key: string, rows: readonly LaneRow[], at: number): number | undefined {
	const level = rows[at]?.level ?? 1;
	switch (key) {
		case 'ArrowDown':
			return Math.min(at + 1, rows.length - 1);
		case 'ArrowUp':
			return Math.max(at - 1, 0);
		case 'Home':
			return 0;
		case 'End':
			return rows.length - 1;
		case 'ArrowLeft': {
			const above = rows.slice(0, at).findLastIndex((row) => row.level === level - 1);
			return above === -1 ? undefined : above;
		}
		case 'ArrowRight': {
			const below = rows[at + 1];
			return below !== undefined && below.level === level + 1 ? at + 1 : undefined;
		}
	}
	return undefined;
}

/** Finds rows by the first letters of their words, as they are typed one after the other. */
export class TypeAhead {
	#typed = '';
	#at = 0;

	/** The next row after `from` that begins with what was typed, round the end; undefined where none does. */
	find(
		letter: string,
		{
			count,
			from,
			words,
			now
		}: { count: number; from: number; words: (i: number) => string; now: number }
	): number | undefined {
		this.#typed = now - this.#at > pause ? letter : this.#typed + letter;
		this.#at = now;
		const typed = this.#typed.toLowerCase();
		// A word that grows may be the one that is there already.
		const start = this.#typed.length > 1 ? from : from + 1;
		for (let step = 0; step < count; step++) {
			const at = (start + step) % count;
			if (words(at).toLowerCase().startsWith(typed)) return at;
		}
		return undefined;
	}
}
