import { describe, expect, it } from 'vitest';
import type { Part } from '../model/draft.ts';
import { AnswerView } from './answer-view.svelte.ts';

/** What a view shows: type and text of each part. */
const shownBy = (view: AnswerView): unknown[] =>
	view.parts.map((part) => [part.type, part.type === 'other' ? part.part : part.source.text]);

describe('AnswerView', () => {
	it('shows the parts of a finished answer', () => {
		const other: Part = { type: 'opaque', api: 'responses', value: 1 };
		const view = new AnswerView([
			{ type: 'reasoning', text: 'r' },
			{ type: 'text', text: 't' },
			{ type: 'tool-call', id: 'i', name: 'n', input: '{}' },
			other
		]);
		expect(shownBy(view)).toEqual([
			['reasoning', 'r'],
			['text', 't'],
			['tool-call', '{}'],
			['other', other]
		]);
	});

	it('grows texts and inputs in place, without a new list of parts', () => {
		const text = { type: 'text' as const, text: 'a' };
		const call = { type: 'tool-call' as const, id: 'i', name: 'n', input: '{' };
		const view = new AnswerView([], false);
		view.update([text], [{ part: 0, added: 'a' }]);
		const first = view.parts;
		text.text += 'b';
		view.update([text], [{ part: 0, added: 'b' }]);
		expect(view.parts).toBe(first);
		view.update([text, call], [{ part: 1, replaced: true }]);
		call.input += '}';
		view.update([text, call], [{ part: 1, added: '}' }]);
		expect(shownBy(view)).toEqual([
			['text', 'ab'],
			['tool-call', '{}']
		]);
		expect(view.parts[0]).toBe(first[0]);
	});

	it('gives a replaced part a new view with a key of its own, and so those behind it', () => {
		const text: Part = { type: 'text', text: '<think>a</think>b' };
		const view = new AnswerView([], false);
		view.update([text], [{ part: 0, added: text.text }]);
		const before = view.parts[0];
		view.update(
			[
				{ type: 'reasoning', text: 'a' },
				{ type: 'text', text: 'b' }
			],
			[
				{ part: 0, replaced: true },
				{ part: 1, replaced: true }
			]
		);
		expect(shownBy(view)).toEqual([
			['reasoning', 'a'],
			['text', 'b']
		]);
		expect(view.parts.map((part) => part.key)).not.toContain(before?.key);
	});

	it('does not show a part of which nothing was told', () => {
		const view = new AnswerView([], false);
		view.update(
			[
				{ type: 'reasoning', text: '' },
				{ type: 'text', text: 'b' }
			],
			[{ part: 1, added: 'b' }]
		);
		expect(shownBy(view)).toEqual([['text', 'b']]);
	});

	it('shows fewer parts when there are fewer', () => {
		const view = new AnswerView([{ type: 'text', text: 'a' }], false);
		view.update([], []);
		expect(shownBy(view)).toEqual([]);
	});
});
