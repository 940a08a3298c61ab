import { expect, it } from 'vitest';
import { applyChange } from './draft-change.ts';
import type { DraftChange } from './draft-change.ts';
import type { Draft } from './draft.ts';

const draft: Draft = {
	model: 'a',
	prefix: '/v1',
	messages: [],
	params: { maxTokens: 100, temperature: 0 },
	chain: { responseId: 'r', after: '' }
};

it.each<[string, DraftChange, Draft]>([
	['nothing', {}, draft],
	['a field', { model: 'b' }, { ...draft, model: 'b' }],
	[
		'a field that goes',
		{ chain: undefined, prefix: undefined },
		{ model: 'a', messages: [], params: draft.params }
	],
	[
		'a parameter whose value moves',
		{ params: { maxTokens: undefined, maxCompletionTokens: 100 } },
		{ ...draft, params: { temperature: 0, maxCompletionTokens: 100 } }
	]
])('applies %s', (_, change, wanted) => {
	const before = structuredClone(draft);
	expect(applyChange(draft, change)).toStrictEqual(wanted);
	expect(draft).toStrictEqual(before);
});
