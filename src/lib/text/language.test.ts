import { expect, it } from 'vitest';
import { text } from './index.ts';
import { setLanguage } from './language.ts';
import type { Words } from './language.ts';

/** A language that says every word backwards. */
const backwards = { xx: async () => turn(await import('./en.ts')) as Words };

function turn(words: unknown): unknown {
	if (typeof words === 'string') return [...words].reverse().join('');
	if (Array.isArray(words)) return words.map(turn);
	if (typeof words === 'function') return (...args: unknown[]) => turn(words(...args));
	if (typeof words !== 'object' || words === null) return words;
	return Object.fromEntries(Object.entries(words).map(([key, value]) => [key, turn(value)]));
}

it('changes every word, also for who has a section in hand, and changes it back', async () => {
	const { history } = text;
	await setLanguage('xx', backwards);
	expect(history.name).toBe('yrotsiH');
	expect(text.history.searched(2)).toBe('dehcraes segassem 2');
	expect(text.common.deleted.message).toBe('.deteled egasseM');
	expect(text.workspace.examples[0]?.title).toBe('ukiah a maertS');
	await setLanguage('en', backwards);
	expect(history.name).toBe('History');
	expect(text.history.searched(2)).toBe('2 messages searched');
	expect(text.workspace.examples[0]?.title).toBe('Stream a haiku');
});

it('stays English for a language that there is none of', async () => {
	await setLanguage('nowhere');
	expect(text.common.close).toBe('Close');
});
