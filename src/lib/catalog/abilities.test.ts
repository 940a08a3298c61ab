import { describe, expect, it } from 'vitest';
import { newMessage } from '../model/draft.ts';
import type { Draft, FileType, Part } from '../model/draft.ts';
import { conflictsOf, withoutFiles } from './abilities.ts';

const file = (type: FileType): Part => ({ type, mime: '', source: { base64: '' } });

const draft: Pick<Draft, 'messages' | 'params' | 'tools'> = {
	messages: [
		{
			id: 'a',
			role: 'user',
			parts: [{ type: 'text', text: 'Look' }, file('image'), file('video')]
		},
		{ id: 'b', role: 'user', parts: [file('image')] },
		{
			id: 'c',
			role: 'user',
			parts: [{ type: 'tool-result', id: 'call', parts: [file('image'), file('document')] }]
		},
		newMessage('user', 'Well?')
	],
	params: { reasoningEffort: 'low' },
	tools: [
		{ type: 'function', name: 'f' },
		{ type: 'function', name: 'g', off: true }
	]
};

describe('what of a draft a model is known not to take', () => {
	it.each<[string, Record<string, number>]>([
		['us.anthropic.claude-sonnet-5', { video: 1 }],
		['us.amazon.nova-pro-v1:0', { reasoning: 1 }],
		['openai.gpt-oss-120b', { image: 3, video: 1 }],
		['nobody.no-such-model', {}],
		['', {}]
	])('%s', (model, wanted) => {
		const found = conflictsOf(draft, model).map(({ ability, count }) => [ability, count]);
		expect(Object.fromEntries(found)).toEqual(wanted);
	});

	it('counts tools that are on, and not an effort of none', () => {
		const none = { ...draft, params: { reasoningEffort: 'none' }, messages: [] };
		expect(conflictsOf(none, 'us.amazon.nova-pro-v1:0')).toEqual([]);
		expect(conflictsOf(none, 'google.gemma-3-12b-it')).toEqual([{ ability: 'tools', count: 1 }]);
	});

	it('can be left out: files go, also out of results, and a message of nothing else goes with them', () => {
		const left = withoutFiles(draft.messages, ['image', 'video']);
		expect(left.map(({ id }) => id)).toEqual(['a', 'c', draft.messages[3]?.id]);
		expect(left[0]?.parts).toEqual([{ type: 'text', text: 'Look' }]);
		expect(left[1]?.parts).toEqual([
			{ type: 'tool-result', id: 'call', parts: [file('document')] }
		]);
		expect(left[2]).toBe(draft.messages[3]);
		expect(conflictsOf({ ...draft, messages: left }, 'openai.gpt-oss-120b')).toEqual([]);
	});
});
