import { describe, expect, it } from 'vitest';
import type { Part } from './draft.ts';
import type { StreamEvent } from './event.ts';
import { Fold } from './fold.ts';

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
				{ type: 'text', text: 'cd' }
			]);
		}
	);

	it('looks for a tag at the start of each block', () => {
		const { parts } = foldAll(text('0', '<think>a</think>b'), text('1', '<think>c</think>d'));
		expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text', 'reasoning', 'text']);
	});

	it('puts thoughts of a field and of a tag into one part', () => {
		const { parts } = foldAll(
			{ type: 'reasoning-delta', block: '0', text: 'a' },
			text('0', '<think>b</think>c')
		);
		expect(parts).toEqual([
			{ type: 'reasoning', text: 'ab' },
			{ type: 'text', text: 'c' }
		]);
	});

	it('shows what is held back when a block ends, and at the latest when all does', () => {
		const fold = foldAll(text('0', '<th'), text('1', '<re'), { type: 'block-end', block: '0' });
		expect(fold.parts).toEqual([{ type: 'text', text: '<th' }]);
		fold.end(9);
		fold.end(10);
		expect(fold.parts).toEqual([
			{ type: 'text', text: '<th' },
			{ type: 'text', text: '<re' }
		]);
	});

	it('makes no part of an empty delta, nor of one for a call that never began', () => {
		const events: StreamEvent[] = [
			text('0', ''),
			{ type: 'reasoning-delta', block: '0', text: '' },
			{ type: 'tool-call-delta', block: '9', input: '{}' },
			{ type: 'block-end', block: '7' }
		];
		expect(foldAll(...events).parts).toEqual([]);
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
			{ type: 'trace', value: { x: 1 } },
			{ type: 'response-end', reason: 'stop' },
			error('first'),
			error('second')
		);
		expect(fold).toMatchObject({ responseId: 'r', model: 'm', reason: 'stop', trace: { x: 1 } });
		expect(fold.usage).toEqual({ input: 1, output: 2, cacheRead: 3, raw: { b: 2 } });
		expect(fold.error?.message).toBe('first');
	});

	it('notes the first token of any kind and the first text', () => {
		const fold = new Fold();
		fold.add({ type: 'response-start' }, 1);
		fold.add(text('0', '<think>'), 2);
		fold.add(text('0', 'a'), 3);
		fold.add(text('0', '</think>b'), 4);
		fold.add(text('0', 'c'), 5);
		expect(fold.times).toEqual({ firstToken: 3, firstText: 4 });
		expect(foldAll({ type: 'tool-call-start', block: '0', id: '', name: '' }).times).toEqual({
			firstToken: 0
		});
	});
});

describe('what is fresh', () => {
	it('is exactly the text that came since it was taken, however often', () => {
		const fold = new Fold();
		const drawn: string[] = [];
		const draw = (): void => {
			for (const { part, text } of fold.takeFresh()) drawn[part] = (drawn[part] ?? '') + text;
		};
		for (let i = 0; i < 500; i++) {
			const block = String(i % 7);
			const type = i % 2 === 0 ? 'text-delta' : 'reasoning-delta';
			fold.add({ type, block, text: i < 7 ? '<think>x</think>' : `${i} ` }, i);
			if (i % 11 === 0) draw();
		}
		fold.end(500);
		draw();
		expect(drawn).toEqual(fold.parts.map((part) => ('text' in part ? part.text : '')));
		expect(fold.takeFresh()).toEqual([]);
	});

	it('is one piece for deltas of one part in a row', () => {
		const fold = foldAll(text('0', 'a'), text('0', 'b'), text('1', 'c'), text('0', 'd'));
		expect(fold.takeFresh()).toEqual([
			{ part: 0, text: 'ab' },
			{ part: 1, text: 'c' },
			{ part: 0, text: 'd' }
		]);
	});

	it('stays exact over ten thousand blocks', () => {
		const fold = new Fold();
		for (let i = 0; i < 10_000; i++) fold.add(text(String(i), `${i}`), i);
		expect(fold.takeFresh()).toHaveLength(10_000);
		expect(fold.parts.at(-1)).toEqual({ type: 'text', text: '9999' });
	});
});
