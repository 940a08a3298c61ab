import { describe, expect, it } from 'vitest';
import { LeadingTag } from './leading-tag.ts';
import type { TagPiece } from './leading-tag.ts';

interface Sides {
	reasoning: string;
	text: string;
}

function split(deltas: string[]): Sides {
	const tag = new LeadingTag();
	const pieces = [...deltas.flatMap((delta) => tag.add(delta)), ...tag.end()];
	const side = (kind: TagPiece['kind']): string =>
		pieces.map((piece) => (piece.kind === kind ? piece.text : '')).join('');
	return { reasoning: side('reasoning'), text: side('text') };
}

const rows: [string, Sides][] = [
	['<reasoning>Hm.</reasoning>Hi.', { reasoning: 'Hm.', text: 'Hi.' }],
	['<think>\nHm.\n</think>\n\nHi.\n', { reasoning: 'Hm.', text: 'Hi.\n' }],
	[' \n<thinking>Hm, a < b.</thinking>Hi.', { reasoning: 'Hm, a < b.', text: 'Hi.' }],
	['<think>a\n\nb </thin</think>c', { reasoning: 'a\n\nb </thin', text: 'c' }],
	['<think></think>Hi.', { reasoning: '', text: 'Hi.' }],
	['<think>\n\n</think>\n', { reasoning: '', text: '' }],
	['<think>Never closed \n', { reasoning: 'Never closed \n', text: '' }],
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

	it('lets text through at once when it cannot be a tag', () => {
		const tag = new LeadingTag();
		expect(tag.add('<')).toEqual([]);
		expect(tag.add('b')).toEqual([{ kind: 'text', text: '<b' }]);
		expect(tag.add('<think>')).toEqual([{ kind: 'text', text: '<think>' }]);
		expect(tag.end()).toEqual([]);
	});

	it('lets thoughts through at once but for what may be the closing tag', () => {
		const tag = new LeadingTag();
		expect(tag.add('<think>a </thi')).toEqual([{ kind: 'reasoning', text: 'a' }]);
		expect(tag.add('s')).toEqual([{ kind: 'reasoning', text: ' </this' }]);
	});
});
