import { describe, expect, it } from 'vitest';
import { LeadingTag } from './leading-tag.ts';
import type { LeadingThoughts } from './leading-tag.ts';

interface Sides {
	reasoning: string;
	text: string;
}

function split(deltas: string[]): Sides {
	const tag = new LeadingTag();
	let text = '';
	let found: LeadingThoughts | undefined;
	for (const delta of deltas) {
		text += delta;
		if (delta !== '' && !tag.decided) found ??= tag.look(text, delta);
	}
	found ??= tag.end(text);
	return { reasoning: found?.reasoning ?? '', text: text.slice(found?.length ?? 0) };
}

const rows: [string, Sides][] = [
	['<reasoning>Hm.</reasoning>Hi.', { reasoning: 'Hm.', text: 'Hi.' }],
	['<think>\nHm.\n</think>\n\nHi.\n', { reasoning: 'Hm.', text: 'Hi.\n' }],
	[' \n<thinking>Hm, a < b.</thinking>Hi.', { reasoning: 'Hm, a < b.', text: 'Hi.' }],
	['<think>a\n\nb </thin</think>c', { reasoning: 'a\n\nb </thin', text: 'c' }],
	['<think></think>Hi.', { reasoning: '', text: 'Hi.' }],
	['<think>\n\n</think>\n', { reasoning: '', text: '' }],
	['<think>Never closed \n', { reasoning: '', text: '<think>Never closed \n' }],
	[
		'<thinking> is an HTML-like tag, closed by </thinking>.',
		{ reasoning: '', text: '<thinking> is an HTML-like tag, closed by </thinking>.' }
	],
	['<think> and </think> are tags.', { reasoning: '', text: '<think> and </think> are tags.' }],
	[
		'<think>` ends with `</think>`, always.',
		{ reasoning: '', text: '<think>` ends with `</think>`, always.' }
	],
	[
		'<think>Write <think> first</think> so.',
		{ reasoning: '', text: '<think>Write <think> first</think> so.' }
	],
	['<think> the user greets me</think>Hi', { reasoning: 'the user greets me', text: 'Hi' }],
	['<think>a</think> \n', { reasoning: 'a', text: '' }],
	['<think>a</think><think>b</think>', { reasoning: 'a', text: '<think>b</think>' }],
	['<thinker>Hi.', { reasoning: '', text: '<thinker>Hi.' }],
	['<think', { reasoning: '', text: '<think' }],
	['  Hi <think>x</think>', { reasoning: '', text: '  Hi <think>x</think>' }],
	['<b>Hi</b>', { reasoning: '', text: '<b>Hi</b>' }],
	['<reasoning>𝕌 ñ</think></reasoning>ß', { reasoning: '𝕌 ñ</think>', text: 'ß' }],
	['\n\n', { reasoning: '', text: '\n\n' }],
	['', { reasoning: '', text: '' }]
];

describe('a leading tag', () => {
	it.each(rows)('splits %j', (whole, sides) => {
		expect(split([whole])).toEqual(sides);
	});

	it.each(rows)('splits %j alike wherever it is cut, once or twice', (whole, sides) => {
		for (let first = 0; first <= whole.length; first++) {
			for (let second = first; second <= whole.length; second++) {
				const deltas = [whole.slice(0, first), whole.slice(first, second), whole.slice(second)];
				expect(split(deltas), JSON.stringify(deltas)).toEqual(sides);
			}
		}
		expect(split([...whole])).toEqual(sides);
	});

	it('is decided at once where the text begins otherwise', () => {
		const tag = new LeadingTag();
		tag.look('<', '<');
		expect(tag.decided).toBe(false);
		tag.look('<b', 'b');
		expect(tag.decided).toBe(true);
	});

	it('searches what is new, and not long thoughts again with each delta', () => {
		const tag = new LeadingTag();
		tag.look('<think>', '<think>');
		tag.look('<think>thoughts', 'thoughts');
		// No text changes its beginning: whoever finds this closing tag has searched it anew.
		const changed = '<think></think>thoughts';
		expect(tag.look(changed, 's')).toBeUndefined();
		expect(tag.opened).toBe(true);
		expect(tag.look('<think>thoughts</think>Hi', '</think>Hi')?.length).toBe(23);
	});
});
