import { afterAll, expect, it } from 'vitest';
import { Playground } from '../../state/playground.svelte.ts';
import { setLanguage } from '../../text/language.ts';
import { newMarkedLanguage } from '../../text/test-language.ts';
import { draw } from '../workspace/test-render.ts';
import Page from './Page.svelte';

afterAll(() => setLanguage('en'));

/** Names that are the same in every language, and a digit of a letter’s shape. */
const names = ['Converse', 'Chat Completions', 'Responses', 'POST', 'O', 'Ctrl ↵'];

/** What a first visit reads: texts, names of controls and hints, without the address that is sent to. */
function drawWords(): string[] {
	const playground = new Playground(() => Promise.reject(new Error('Nothing is sent here')), {
		...{ system: '', prompt: '' }
	});
	const html = draw(Page, { playground });
	const attributes = html.matchAll(/ (?:aria-label|title|placeholder|alt)="([^"]*)"/g);
	const texts = html.replace(/<(svg|code|option)\b.*?<\/\1>/gs, '').matchAll(/>([^<]+)/g);
	return [...attributes, ...texts]
		.map(([, words = '']) => words.trim())
		.filter((words) => /\p{L}/u.test(words) && !/\.amazonaws\.com$|^\/model\//.test(words));
}

it('the page says every word in another language, and in English before and after', async () => {
	const english = drawWords();
	expect(english.length).toBeGreaterThan(40);
	expect(english.join()).not.toContain('‹');
	await setLanguage('marked', { marked: newMarkedLanguage });
	const marked = drawWords();
	expect(marked).toHaveLength(english.length);
	expect(marked.filter((words) => !words.includes('‹') && !names.includes(words))).toEqual([]);
	await setLanguage('en');
	expect(drawWords()).toEqual(english);
});
