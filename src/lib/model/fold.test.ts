import { describe, expect, it } from 'vitest';
import type { Part } from './draft.ts';
import type { StreamEvent } from './event.ts';
import { Fold } from './fold.ts';
import type { Change } from './fold.ts';
import type { JsonObject } from './json.ts';

function foldAll(...events: StreamEvent[]): Fold {
	const fold = new Fold();
	events.forEach((event, t) => fold.add(event, t));
	return fold;
}

function text(block: string, text: string): StreamEvent {
	return { type: 'text-delta', block, text };
}

describe('a fold', () => {
	it('keeps parts in the order in which their blocks began', () => {
		const { parts } = foldAll(
			{ type: 'reasoning-delta', block: '1', text: 'a' },
			text('0', 'b'),
			{ type: 'tool-call-start', block: '2', id: 't', name: 'n' },
			{ type: 'reasoning-delta', block: '1', text: 'c' },
			text('0', 'd'),
			{ type: 'tool-call-delta', block: '2', input: '{}' },
			{ type: 'refusal-delta', block: '0', text: 'e' }
		);
		expect(parts).toEqual([
			{ type: 'reasoning', text: 'ac' },
			{ type: 'text', text: 'bd' },
			{ type: 'tool-call', id: 't', name: 'n', input: '{}' },
			{ type: 'refusal', text: 'e' }
		]);
	});

	it.each(Array.from('<think>ab</think>cd', (_, at) => at))(
		'sets leading thoughts apart when the text is cut at %i',
		(at) => {
			const whole = '<think>ab</think>cd';
			const fold = foldAll(text('0', whole.slice(0, at)), text('0', whole.slice(at)), {
				type: 'block-end',
				block: '0'
			});
			expect(fold.parts).toEqual([
				{ type: 'reasoning', text: 'ab' },
				{ type: 'text', text: 'cd', lead: '<think>ab</think>' }
			]);
		}
	);

	it('looks for a tag at the start of each block', () => {
		const { parts } = foldAll(text('0', '<think>a</think>b'), text('1', '<think>c</think>d'));
		expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'reasoning', 'text']);
	});

	it('keeps thoughts of a field apart from those of a tag', () => {
		const { parts } = foldAll(
			{ type: 'reasoning-delta', block: '0', text: 'a' },
			text('1', '<think>b</think>c')
		);
		expect(parts).toEqual([
			{ type: 'reasoning', text: 'a' },
			{ type: 'reasoning', text: 'b' },
			{ type: 'text', text: 'c', lead: '<think>b</think>' }
		]);
	});

	it('shows thoughts in tags as text until these are closed, and for good where they never are', () => {
		const fold = foldAll(text('0', '<think>a'), text('0', 'b'));
		expect(fold.parts).toEqual([{ type: 'text', text: '<think>ab' }]);
		expect(fold.times).toEqual({ firstToken: 0 });
		expect(fold.end(9)).toEqual([]);
		expect(fold.parts).toEqual([{ type: 'text', text: '<think>ab' }]);
	});

	it('makes no part of an empty delta, and one of a call that never began', () => {
		const events: StreamEvent[] = [
			text('0', ''),
			{ type: 'reasoning-delta', block: '0', text: '' },
			{ type: 'block-end', block: '7' }
		];
		expect(foldAll(...events).parts).toEqual([]);
		expect(foldAll({ type: 'tool-call-delta', block: '9', input: '{}' }).parts).toEqual([
			{ type: 'tool-call', id: '', name: '', input: '{}' }
		]);
	});

	it('takes a repeated start for the same call, and another id for another', () => {
		const start = (id: string): StreamEvent => ({
			type: 'tool-call-start',
			block: '0',
			id,
			name: 'n'
		});
		const input = (input: string): StreamEvent => ({ type: 'tool-call-delta', block: '0', input });
		const fold = foldAll(start('a'), input('{'), start('a'), input('}'), start(''));
		expect(fold.parts).toEqual([{ type: 'tool-call', id: 'a', name: 'n', input: '{}' }]);
		fold.add(start('b'), 0);
		expect(fold.parts).toEqual([{ type: 'tool-call', id: 'b', name: 'n', input: '' }]);
	});

	it('joins the pieces of a signature, and seals thoughts that have no text', () => {
		const seal = { type: 'reasoning-seal' } as const;
		const { parts } = foldAll(
			{ type: 'reasoning-delta', block: '0', text: 'a' },
			{ ...seal, block: '0', signature: 's' },
			{ ...seal, block: '0', signature: 't' },
			{ ...seal, block: '1', redacted: 'r' },
			{ ...seal, block: '2', encrypted: 'e' }
		);
		expect(parts).toEqual([
			{ type: 'reasoning', text: 'a', signature: 'st' },
			{ type: 'reasoning', text: '', redacted: 'r' },
			{ type: 'reasoning', text: '', encrypted: 'e' }
		]);
	});

	it('puts a whole part in the place of its block', () => {
		const whole: Part = { type: 'tool-call', id: 't', name: 'n', input: '{}' };
		const { parts } = foldAll(
			{ type: 'tool-call-start', block: '0', id: 't', name: 'n' },
			text('1', 'a'),
			{ type: 'part', block: '0', part: whole }
		);
		expect(parts).toEqual([whole, { type: 'text', text: 'a' }]);
	});

	it('merges usage, keeps the last names and reason, and the first error', () => {
		const error = (message: string): StreamEvent => ({
			type: 'error',
			error: { status: 200, message, raw: '' }
		});
		const fold = foldAll(
			{ type: 'response-start', id: 'r' },
			{ type: 'response-start', model: 'm' },
			{ type: 'usage', input: 1, output: 1, raw: { a: 1 } },
			{ type: 'usage', output: 2, cacheRead: 3, raw: { b: 2 } },
			{ type: 'details', values: { trace: { x: 1 } } },
			{ type: 'response-end', reason: 'stop' },
			error('late')
		);
		expect(fold).toMatchObject({
			responseId: 'r',
			model: 'm',
			reason: 'stop',
			details: { trace: { x: 1 } }
		});
		expect(fold.usage).toEqual({ input: 1, output: 2, cacheRead: 3, raw: { b: 2 } });
		expect(fold.error).toBeUndefined();
		expect(fold.notes).toEqual(['error-after-end']);
		expect(foldAll(error('first'), error('second')).error?.message).toBe('first');
	});

	it('notes the first token of any kind and the first text', () => {
		const fold = new Fold();
		fold.add({ type: 'response-start' }, 1);
		fold.add(text('0', '<think>'), 2);
		fold.add(text('0', 'a'), 3);
		fold.add(text('0', '</think>b'), 4);
		fold.add(text('0', 'c'), 5);
		expect(fold.times).toEqual({ firstToken: 2, firstText: 4 });
		expect(foldAll({ type: 'tool-call-start', block: '0', id: '', name: '' }).times).toEqual({
			firstToken: 0
		});
	});
});

describe('odd events after the end', () => {
	const end: StreamEvent = { type: 'response-end', reason: 'stop' };
	it.each<[string, StreamEvent, string[]]>([
		['text', text('0', 'more'), ['after-end']],
		['a call', { type: 'tool-call-start', block: '1', id: 'i', name: 'n' }, ['after-end']],
		['another end', { ...end, reason: 'length' }, ['second-end']],
		['nothing', text('0', ''), []]
	])('%s is noted and does not change the reason', (_, event, notes) => {
		const fold = foldAll(text('0', 'Hi'), end, event);
		expect({ reason: fold.reason, notes: fold.notes }).toEqual({ reason: 'stop', notes });
		expect(fold.times.end).toBe(1);
	});
});

describe('several answers to one request', () => {
	it('are kept apart by their index, whichever comes first', () => {
		const fold = foldAll(
			{ ...text('0', 'b'), choice: 1 },
			text('0', 'a'),
			{ type: 'response-end', reason: 'length', choice: 1 },
			{ ...text('0', 'c'), choice: 2 },
			{ type: 'response-end', reason: 'stop' }
		);
		fold.end(9);
		expect(fold).toMatchObject({ parts: [{ text: 'a' }], reason: 'stop' });
		expect(fold.others).toEqual([
			{ index: 1, parts: [{ type: 'text', text: 'b' }], reason: 'length' },
			{ index: 2, parts: [{ type: 'text', text: 'c' }] }
		]);
	});
});

describe('pieces without words', () => {
	const fields = (block: string, value: JsonObject): StreamEvent => {
		return { type: 'fields', block, api: 'converse', fields: value };
	};

	it('are one opaque part, texts and lists going on', () => {
		const { parts } = foldAll(
			fields('0', { toolResult: { toolUseId: 't', status: 'success' } }),
			fields('0', { toolResult: [{ text: 'a' }] }),
			fields('0', { toolResult: [{ text: 'b' }, { json: {} }] }),
			fields('1', { image: { format: 'png' } }),
			fields('1', { image: { source: { bytes: btoa('abcd') } } }),
			fields('1', { image: { source: { bytes: btoa('e') } } })
		);
		const content = [{ text: 'ab' }, { json: {} }];
		expect(parts).toEqual([
			{
				type: 'opaque',
				api: 'converse',
				value: { toolResult: { toolUseId: 't', status: 'success', content } }
			},
			{
				type: 'opaque',
				api: 'converse',
				value: { image: { format: 'png', source: { bytes: btoa('abcde') } } }
			}
		]);
	});

	it('stand beside the words of a part, whichever come first', () => {
		const wanted = [{ type: 'text', text: 'ab', extra: { converse: { odd: 'xy' } } }];
		const odd = (value: string): StreamEvent => fields('0', { odd: value });
		expect(foldAll(text('0', 'a'), odd('x'), text('0', 'b'), odd('y')).parts).toEqual(wanted);
		expect(foldAll(odd('x'), text('0', 'a'), odd('y'), text('0', 'b')).parts).toEqual(wanted);
	});

	it('join what is redacted by its bytes', () => {
		const seal = (redacted: string): StreamEvent => {
			return { type: 'reasoning-seal', block: '0', redacted };
		};
		expect(foldAll(seal(btoa('a')), seal(btoa('bc'))).parts).toEqual([
			{ type: 'reasoning', text: '', redacted: btoa('abc') }
		]);
	});
});

describe('a part that is repeated whole', () => {
	const whole = (text: string, block = '0', repeat = false): StreamEvent => {
		return { type: 'part', block, part: { type: 'text', text }, ...(repeat && { repeat: true }) };
	};
	it.each<[string, StreamEvent[], string[]]>([
		['is not doubled', [text('0', 'Hi'), whole('Hi')], ['Hi']],
		['is completed', [text('0', 'Hi'), whole('Hi you')], ['Hi you']],
		['is added where it never came', [whole('Hi')], ['Hi']],
		['is the last word', [text('0', 'Ho'), whole('Hi')], ['Hi']],
		['is nothing where it is empty', [text('0', 'Hi'), whole('')], ['Hi']],
		['is found at another place', [text('1', 'Hi'), whole('Hi', '0', true)], ['Hi']],
		[
			'is added beside another part at its place',
			[{ type: 'reasoning-delta', block: '0', text: 'Hm' }, whole('Hi', '0', true)],
			['Hm', 'Hi']
		],
		[
			'is found once for each',
			[text('0', 'Hi'), text('1', 'Hi'), whole('Hi', '0', true), whole('Hi', '1', true)],
			['Hi', 'Hi']
		],
		[
			'keeps its thoughts',
			[text('0', '<think>a</think>b'), whole('<think>a</think>b')],
			['a', 'b']
		],
		['has new thoughts', [text('0', '<think>a</think>b'), whole('<think>c</think>b')], ['c', 'b']]
	])('%s', (_, events, texts) => {
		const fold = foldAll(...events);
		fold.end(9);
		expect(fold.parts.map((part) => ('text' in part ? part.text : ''))).toEqual(texts);
	});
});

describe('changes', () => {
	it('are enough to draw every part, however they are cut', () => {
		const fold = new Fold();
		const drawn: Part[] = [];
		const draw = (changes: Change[]): void => {
			for (const change of changes) {
				const part = fold.parts[change.part];
				const known = drawn[change.part];
				if (part === undefined) throw new Error('a change of no part');
				if ('replaced' in change || known === undefined) drawn[change.part] = { ...part };
				else if ('text' in part && 'text' in known) {
					known.text += change.added;
				} else if ('input' in part && 'input' in known) {
					known.input += change.added;
				}
			}
		};
		for (let i = 0; i < 500; i++) {
			const block = String(i % 7);
			const types = ['text-delta', 'reasoning-delta', 'refusal-delta'] as const;
			const type = types[(i % 7) % 3] ?? 'text-delta';
			if (i % 7 === 6) draw(fold.add({ type: 'tool-call-delta', block, input: `${i}` }, i));
			else draw(fold.add({ type, block, text: i < 7 ? '<think>x</think>' : `${i} ` }, i));
		}
		draw(fold.end(500));
		expect(drawn).toEqual(fold.parts);
		expect(drawn).toHaveLength(9);
	});

	it('are one for deltas of one part in a row', () => {
		const fold = new Fold();
		const changes: Change[] = [];
		for (const event of [text('0', 'ab'), text('0', 'c'), text('1', 'd'), text('0', 'e')]) {
			fold.add(event, 0, changes);
		}
		expect(changes).toEqual([
			{ part: 0, added: 'abc' },
			{ part: 1, added: 'd' },
			{ part: 0, added: 'e' }
		]);
	});

	it('tell the growth of a call', () => {
		const fold = foldAll({ type: 'tool-call-start', block: '0', id: 'i', name: 'n' });
		const grow = (input: string): Change[] =>
			fold.add({ type: 'tool-call-delta', block: '0', input }, 1);
		expect(grow('{')).toEqual([{ part: 0, added: '{' }]);
		expect(grow('}')).toEqual([{ part: 0, added: '}' }]);
	});

	it('stay exact over ten thousand blocks', () => {
		const fold = new Fold();
		const changes: Change[] = [];
		for (let i = 0; i < 10_000; i++) fold.add(text(String(i), `${i}`), i, changes);
		expect(changes).toHaveLength(10_000);
		expect(fold.parts.at(-1)).toEqual({ type: 'text', text: '9999' });
	});
});
