import { describe, expect, it } from 'vitest';
import { requestApis } from '../apis/outgoing.ts';
import { targetFor } from '../catalog/targets.ts';
import { applyChange } from '../model/draft-change.ts';
import type { ApiId, Draft, Output } from '../model/draft.ts';
import type { JsonObject } from '../model/json.ts';
import type { Warning } from './check.ts';
import { checks as words } from '../text/en/checks.ts';
import { warningsOf } from './index.ts';

function warn(api: ApiId, draft: Draft): Warning[] {
	const target = targetFor(requestApis[api], draft, 'us-west-2');
	return warningsOf({ draft, api: requestApis[api], target });
}

function newDraft({ model = 'm', params = {}, ...others }: Partial<Draft>): Draft {
	return { model, messages: [], params, ...others };
}

const own = (fields: JsonObject): Partial<Draft> => ({
	extra: { converse: { additionalModelRequestFields: fields } }
});
const closed: JsonObject = {
	...{ type: 'object', additionalProperties: false },
	...{ properties: { a: { type: 'string' } }, required: ['a'] }
};
const newOutput = (schema: JsonObject): Output & { type: 'schema' } => ({
	type: 'schema',
	schema: JSON.stringify(schema)
});
const tools: Draft['tools'] = [{ type: 'function', name: 'f' }];
const opus45 = 'us.anthropic.claude-opus-4-5-20251101-v1:0';
const opus46 = 'global.anthropic.claude-opus-4-6-v1';
const opus47 = 'us.anthropic.claude-opus-4-7';
const sol = 'openai.gpt-5.6-sol';

/** Requests, and the codes of all that is known to go wrong with them. */
const wrong: [ApiId, Partial<Draft>, string[]][] = [
	['converse', { params: { temperature: 1.4 } }, ['outside']],
	['chat-completions', { params: { temperature: 2.1, seed: -1 } }, ['outside', 'too-small']],
	['responses', { params: { maxTokens: 15 } }, ['too-small']],
	['converse', { params: { stopSequences: ['a', 'b', 'a'] } }, ['stop-twice']],
	['converse', { params: { stopSequences: ['\n', 'b'] } }, ['stop-blank']],
	['chat-completions', { params: { stopSequences: ['a', 'b', 'c', 'd', 'e'] } }, ['too-many']],
	['responses', { params: { reasoningEffort: 'minimal' } }, ['effort']],
	[
		'chat-completions',
		{ model: 'openai.gpt-oss-120b', params: { reasoningEffort: 'minimal' } },
		['effort']
	],
	[
		'chat-completions',
		{ model: 'deepseek.v3.2', params: { reasoningEffort: 'low' } },
		['no-effort']
	],
	[
		'chat-completions',
		{ model: sol, tools, params: { reasoningEffort: 'low' } },
		['effort-with-tools']
	],
	['responses', { params: { reasoningEffort: 'high', maxTokens: 500 } }, ['eaten']],
	['chat-completions', { model: sol, params: { maxTokens: 5000 } }, ['renamed']],
	['responses', { model: sol, params: { topP: 0.5 } }, ['refused']],
	[
		'converse',
		{ model: opus47, params: { temperature: 0.5, topP: 1 } },
		['refused', 'refused', 'conflict']
	],
	[
		'converse',
		{ model: opus47, ...own({ thinking: { type: 'enabled', budget_tokens: 2000 } }) },
		['thinking-form']
	],
	['converse', { model: opus45, ...own({ thinking: { type: 'adaptive' } }) }, ['thinking-form']],
	[
		'converse',
		{ model: 'anthropic.claude-3-haiku-20240307-v1:0', ...own({ thinking: { type: 'adaptive' } }) },
		['no-thinking']
	],
	[
		'converse',
		{ model: opus46, ...own({ thinking: { type: 'adaptive', budget_tokens: 2000 } }) },
		['budget-with-adaptive']
	],
	[
		'converse',
		{
			model: opus45,
			params: { maxTokens: 2048 },
			...own({ thinking: { type: 'enabled', budget_tokens: 2048 } })
		},
		['budget']
	],
	[
		'converse',
		{ model: opus45, ...own({ thinking: { type: 'enabled', budget_tokens: 100 } }) },
		['too-small']
	],
	[
		'converse',
		{
			model: opus46,
			params: { temperature: 0 },
			...own({ thinking: { type: 'adaptive' }, top_k: 5 })
		},
		['with-thinking', 'with-thinking']
	],
	['converse', { output: newOutput({ type: 'object' }) }, ['open-object']],
	[
		'converse',
		{ output: newOutput({ properties: { a: { anyOf: [{ type: 'object' }, { type: 'null' }] } } }) },
		['open-object']
	],
	['converse', { output: { type: 'schema', schema: '[' } }, ['schema-no-json']],
	['converse', { model: 'us.openai.gpt-6-sol', output: newOutput(closed) }, ['schema-strict']],
	[
		'chat-completions',
		{
			output: {
				...newOutput({ ...closed, properties: { a: {}, b: {} } }),
				...{ name: 'n', strict: true }
			}
		},
		['optional-property']
	],
	[
		'responses',
		{ output: { ...newOutput({ type: 'object' }), strict: true } },
		['open-object', 'schema-no-name']
	],
	['chat-completions', { params: { includeUsage: true } }, ['needs-stream']],
	['responses', { params: { parallelToolCalls: false } }, ['needs-tools']],
	['chat-completions', { params: { topLogprobs: 2 } }, ['needs-logprobs']],
	[
		'chat-completions',
		{ params: { temperature: 1 }, extra: { 'chat-completions': { temperature: 'hot' } } },
		['typed-too']
	]
];

const right: [ApiId, Partial<Draft>][] = [
	['converse', { params: { temperature: 1, maxTokens: 1, stopSequences: ['a', 'b'] } }],
	['responses', { params: { maxTokens: 16, topLogprobs: 2 } }],
	['chat-completions', { stream: true, params: { includeUsage: true, temperature: 2 } }],
	['chat-completions', { tools, params: { parallelToolCalls: true } }],
	['chat-completions', { model: sol, tools, params: { reasoningEffort: 'none' } }],
	['responses', { model: sol, tools, params: { reasoningEffort: 'xhigh', maxTokens: 5000 } }],
	['converse', { model: opus47, ...own({ thinking: { type: 'adaptive' } }) }],
	[
		'converse',
		{
			model: opus45,
			params: { maxTokens: 4096, temperature: 1 },
			...own({ thinking: { type: 'enabled', budget_tokens: 2048 } })
		}
	],
	['converse', { extra: { converse: { temperature: 1 } } }],
	['converse', { output: newOutput({ ...closed, properties: { a: {}, b: {} } }) }],
	['responses', { output: { ...newOutput({ type: 'object' }), name: 'n' } }],
	['chat-completions', { output: { type: 'object' } }]
];

describe('what goes wrong with parameters', () => {
	it.each(wrong)('%s with %j: %j', (api, change, codes) => {
		const found = warn(api, newDraft(change));
		expect(found.map(({ code }) => code)).toEqual(codes);
		for (const { code, values = {}, fix } of found) {
			expect(words.sentences[code]?.(values)).not.toMatch(/undefined/);
			if (fix) expect(words.fixes[fix.label]?.(values)).not.toMatch(/undefined/);
		}
	});

	// What is no JSON can only be written anew.
	const mendable = wrong.filter(([, , codes]) => !codes.includes('schema-no-json'));
	it.each(mendable)('%s with %j is mended by its buttons', (api, change) => {
		let draft = newDraft(change);
		for (let [first] = warn(api, draft); first !== undefined; [first] = warn(api, draft)) {
			expect(first.fix).toBeDefined();
			const before = draft;
			draft = applyChange(
				draft,
				first.fix !== undefined && 'change' in first.fix ? first.fix.change : {}
			);
			expect(draft).not.toEqual(before);
		}
	});

	it.each(right)('%s with %j: nothing', (api, change) => {
		expect(warn(api, newDraft(change))).toEqual([]);
	});
});
