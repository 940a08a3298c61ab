import { afterEach, describe, expect, it } from 'vitest';
import { formatBytes, formatDuration } from './format.ts';
import { text } from './index.ts';
import { setLanguage } from './language.ts';
import { section } from './section.ts';
import { newMarkedLanguage } from './test-language.ts';

const known = { marked: newMarkedLanguage };

afterEach(() => setLanguage('en'));

describe('another language', () => {
	it('changes every section, also for who has it in hand, and English comes back', async () => {
		const english = structuredClone(JSON.parse(JSON.stringify(text)));
		const { history } = text;
		expect(await setLanguage('marked', known)).toBe('marked');
		expect(history.name).toBe('‹History›');
		expect(history.searched(2)).toBe('‹2 messages searched›');
		expect(text.workspace.examples[0]?.title).toBe('‹Stream a haiku›');
		const unchanged = Object.values(text).flatMap((words) =>
			Object.values(words).filter((word) => typeof word === 'string' && !word.startsWith('‹'))
		);
		expect(unchanged).toEqual([]);
		expect(await setLanguage('en', known)).toBe('en');
		expect(history.searched(2)).toBe('2 messages searched');
		expect(JSON.parse(JSON.stringify(text))).toEqual(english);
	});

	it('is laid over a section that is loaded after it', async () => {
		const words = { late: { one: 'eins', call: () => 'rief' } };
		await setLanguage('xx', { xx: async () => ({ locale: 'de', words: words as object }) });
		const late = section('late', { one: 'one', two: 'two', call: () => 'called' });
		expect([late.one, late.two, late.call()]).toEqual(['eins', 'two', 'rief']);
		await setLanguage('en');
		expect([late.one, late.two, late.call()]).toEqual(['one', 'two', 'called']);
	});

	it('writes numbers its own way', async () => {
		await setLanguage('marked', known);
		expect([formatBytes(2600), formatDuration(4660)]).toEqual(['2,6 kB', '4,66 s']);
		await setLanguage('en');
		expect([formatBytes(2600), formatDuration(4660)]).toEqual(['2.6 kB', '4.66 s']);
	});

	it('that is loaded last but was asked for before another is not spoken', async () => {
		let finish: (language: object) => void = () => undefined;
		const slow = () => new Promise<never>((resolve) => (finish = resolve as typeof finish));
		const first = setLanguage('slow', { slow });
		await setLanguage('marked', known);
		finish({ locale: 'fr', words: { common: { close: 'Fermer' } } });
		expect(await first).toBeUndefined();
		expect(text.common.close).toBe('‹Close›');
	});

	it.each(['nowhere', 'constructor'])('that there is none of (%s) is English', async (id) => {
		expect(await setLanguage(id)).toBe('en');
		expect(text.common.close).toBe('Close');
	});

	it('that cannot be loaded changes nothing', async () => {
		const broken = () => Promise.reject(new Error('offline'));
		await expect(setLanguage('broken', { broken })).rejects.toThrow('offline');
		expect(text.common.close).toBe('Close');
	});
});
