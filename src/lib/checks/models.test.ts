import { describe, expect, it } from 'vitest';
import type { ApiId, Draft } from '../model/draft.ts';
import { modelLacks } from './model-lacks.ts';
import { modelPlace } from './model-place.ts';
import { find } from './test-kit.ts';

const arn = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc123';

describe('where a model is', () => {
	it.each<[ApiId, Partial<Draft>, string | undefined, object?]>([
		['converse', { model: 'us.anthropic.claude-sonnet-5' }, undefined],
		['converse', { model: 'nobody.knows-it' }, undefined],
		['converse', { model: arn }, undefined],
		['chat-completions', { model: 'openai.gpt-oss-120b' }, undefined],
		['chat-completions', { model: 'us.openai.gpt-6-luna', endpoint: 'runtime' }, undefined],
		[
			'responses',
			{ model: 'zai.glm-5' },
			'model-other-api',
			{ go: { api: 'converse', model: 'zai.glm-5' } }
		],
		['responses', { model: arn }, 'model-application-profile', { go: { api: 'converse' } }],
		[
			'converse',
			{ model: 'eu.anthropic.claude-sonnet-5' },
			'model-geography',
			{ change: { model: 'us.anthropic.claude-sonnet-5' } }
		],
		[
			'converse',
			{ model: 'anthropic.claude-sonnet-5' },
			'model-profile',
			{ change: { model: 'us.anthropic.claude-sonnet-5' } }
		],
		[
			'converse',
			{ model: 'openai.gpt-oss-120b' },
			'model-id',
			{ change: { model: 'openai.gpt-oss-120b-1:0' } }
		],
		[
			'chat-completions',
			{ model: 'us.openai.gpt-6-luna', endpoint: 'mantle' },
			'model-id',
			{ change: { model: 'openai.gpt-6-luna' } }
		],
		[
			'responses',
			{ model: 'openai.gpt-oss-20b', endpoint: 'runtime' },
			'model-endpoint',
			{ change: { endpoint: undefined, model: 'openai.gpt-oss-20b' } }
		]
	])('%s, %j: %s', (api, draft, code, fix) => {
		const found = find(modelPlace, api, draft);
		expect(found.map((one) => one.code)).toEqual(code === undefined ? [] : [code]);
		if (fix !== undefined) expect(found[0]?.fix).toMatchObject(fix);
	});
});

describe('what a model takes', () => {
	const image = { type: 'image', mime: 'image/png', source: { base64: '' } } as const;
	const messages: Draft['messages'] = [{ id: 'm1', role: 'user', parts: [image] }];
	const tools: Draft['tools'] = [{ type: 'function', name: 'f' }];
	it.each<[string, Partial<Draft>, string[]]>([
		['openai.gpt-oss-120b', { messages, tools }, ['model-file']],
		['us.anthropic.claude-sonnet-5', { messages, tools }, []],
		['google.gemma-3-12b-it', { messages, tools }, ['model-tools']],
		['us.amazon.nova-pro-v1:0', { params: { reasoningEffort: 'low' } }, ['model-reasoning']],
		['us.amazon.nova-pro-v1:0', { params: { reasoningEffort: 'none' } }, []],
		['nobody.knows-it', { messages, tools, params: { reasoningEffort: 'low' } }, []]
	])('%s with %j: %j', (model, draft, codes) => {
		const found = find(modelLacks, 'chat-completions', { ...draft, model });
		expect(found.map(({ code }) => code)).toEqual(codes);
		expect(found.every(({ fix }) => fix !== undefined)).toBe(true);
	});
});
