import type { Mend } from '../../apis/api.ts';
import { text } from '../../text/index.ts';

/** What was mended, as parts of a sentence. */
export function phrasesOf(mends: readonly Mend[]): string {
	const groups = Object.entries(Object.groupBy(mends, ({ code }) => code));
	return groups
		.map(([code, same]) => text.mends.codes[code as Mend['code']](same.length))
		.join(', ');
}
