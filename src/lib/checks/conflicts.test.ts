import { describe, expect, it } from 'vitest';
import { applyChange } from '../model/draft-change.ts';
import { conflicts } from './conflicts.ts';
import { find } from './test-kit.ts';

describe('parameters of which some models take only one', () => {
	it.each([
		['converse', { temperature: 0, topP: 1 }, 'topP', 'temperature', 'topP'],
		['chat-completions', { temperature: 0, topP: 1 }, 'top_p', 'temperature', 'topP'],
		[
			'chat-completions',
			{ maxTokens: 5, maxCompletionTokens: 5 },
			'max_completion_tokens',
			'max_tokens',
			'maxCompletionTokens'
		]
	] as const)('%s with %o: said once, at the later one', (api, params, name, other, param) => {
		const [warning, ...more] = find(conflicts, api, { params });
		expect(more).toEqual([]);
		expect(warning).toMatchObject({ values: { name, other }, at: { param } });
		const change = warning?.fix !== undefined && 'change' in warning.fix ? warning.fix.change : {};
		const mended = applyChange({ model: 'm', messages: [], params }, change);
		expect(find(conflicts, api, mended)).toEqual([]);
	});

	it.each([
		['responses', { maxTokens: 16, maxCompletionTokens: 5 }],
		['converse', { temperature: 0 }]
	] as const)('%s with %o: nothing', (api, params) => {
		expect(find(conflicts, api, { params })).toEqual([]);
	});
});
