import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../../model/draft.ts';
import { newMessage } from '../../model/draft.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { HttpRequest, Target } from '../../model/request.ts';
import type { Loss } from '../api.ts';
import { buildBody, mantle, model, newAnswer, newDraft } from '../test-kit.ts';
import { read } from './read.ts';
import { build } from './request.ts';

const runtime: Target = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1'
};

const hello = { role: 'user', content: 'Hello' };

describe('a Chat Completions request', () => {
	it('holds nothing that nobody set', () => {
		expect(build(newDraft(), mantle)).toEqual({
			request: {
				method: 'POST',
				url: 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ model, messages: [hello] }, null, 2)
			},
			losses: [],
			mends: []
		});
	});

	it.each([true, false])('says stream: %s when the draft does', (stream) => {
		expect(buildBody(build, { stream }).body).toEqual({ model, messages: [hello], stream });
	});

	it('puts each parameter in its place', () => {
		const params: Draft['params'] = {
			temperature: 0,
			topP: 1,
			maxTokens: 5,
			maxCompletionTokens: 6,
			stopSequences: ['a'],
			reasoningEffort: 'low',
			includeUsage: false
		};
		expect(buildBody(build, { params }).body).toEqual({
			model,
			messages: [hello],
			temperature: 0,
			top_p: 1,
			max_tokens: 5,
			max_completion_tokens: 6,
			stop: ['a'],
			reasoning_effort: 'low',
			stream_options: { include_usage: false }
		});
	});

	it.each(['system', 'developer'] as const)('begins with the %s prompt', (role) => {
		const { body } = buildBody(build, { system: newMessage(role, 'Be brief.') });
		expect(body).toEqual({ model, messages: [{ role, content: 'Be brief.' }, hello] });
	});

	it('sends several texts as a list, and one as a string', () => {
		const parts: Part[] = [
			{ type: 'text', text: 'a' },
			{ type: 'text', text: 'b' }
		];
		const { body } = buildBody(build, { messages: [{ id: '', role: 'user', parts }] });
		expect(body).toMatchObject({
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'a' },
						{ type: 'text', text: 'b' }
					]
				}
			]
		});
	});

	it('sends an answer back without its reasoning, which is no loss', () => {
		const answer = newAnswer(
			model,
			{ type: 'reasoning', text: 'Hm', signature: 's', encrypted: 'e' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 't', name: 'n', input: '{"cut' }
		);
		const silent = newAnswer(model, { type: 'reasoning', text: 'Hm' });
		const { body, losses } = buildBody(build, { messages: [answer, silent] });
		const call = { id: 't', type: 'function', function: { name: 'n', arguments: '{"cut' } };
		expect(body).toEqual({
			model,
			messages: [{ role: 'assistant', content: 'Hi', tool_calls: [call] }]
		});
		expect(losses).toEqual([]);
	});

	it('has no content beside tool calls or a refusal alone, and an empty one in an empty message', () => {
		const messages = [
			newAnswer(model, { type: 'tool-call', id: 't', name: 'n', input: '' }),
			newAnswer(model, { type: 'refusal', text: 'No' }),
			newAnswer(model)
		];
		const call = { id: 't', type: 'function', function: { name: 'n', arguments: '' } };
		expect(buildBody(build, { messages }).body).toMatchObject({
			messages: [
				{ role: 'assistant', tool_calls: [call] },
				{ role: 'assistant', refusal: 'No' },
				{ role: 'assistant', content: '' }
			]
		});
	});

	const guardrail = { id: 'g', version: '1' };
	it.each<[string, Partial<Draft>, Loss[]]>([
		['a chain', { chain: { responseId: 'r', after: '' } }, [{ code: 'chain' }]],
		['a parameter of another API', { params: { store: true } }, [{ code: 'param', name: 'store' }]],
		['a guardrail on mantle', { guardrail }, [{ code: 'guardrail' }]],
		[
			'a control whose field was typed into the body otherwise',
			{ params: { stopSequences: ['a'] }, extra: { 'chat-completions': { stop: 'b' } } },
			[{ code: 'typed', path: 'stop' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(buildBody(build, fields).losses).toEqual(losses);
	});
});

describe('a guardrail', () => {
	function headersFor(trace?: string): HttpRequest['headers'] {
		const guardrail = { id: 'g', version: 'DRAFT', ...(trace !== undefined && { trace }) };
		return build(newDraft({ guardrail }), runtime).request.headers;
	}

	it('goes into headers on runtime', () => {
		expect(headersFor()).toEqual({
			'Content-Type': 'application/json',
			'X-Amzn-Bedrock-GuardrailIdentifier': 'g',
			'X-Amzn-Bedrock-GuardrailVersion': 'DRAFT'
		});
	});

	it.each([
		['ENABLED', 'enabled'],
		['ENABLED_FULL', 'enabled_full'],
		['Enabled', 'Enabled']
	])('with the trace header %s is %s in the draft, and back', (header, trace) => {
		const headers = {
			'x-amzn-bedrock-guardrailidentifier': 'g',
			'x-amzn-bedrock-guardrailversion': '1',
			'x-amzn-bedrock-trace': header
		};
		const url = `${runtime.base}/chat/completions`;
		const { guardrail } = read({ method: 'POST', url, headers, body: '{}' });
		expect(guardrail).toEqual({ id: 'g', version: '1', trace });
		expect(headersFor(trace)['X-Amzn-Bedrock-Trace']).toBe(header);
	});
});

describe('the sources of an answer', () => {
	const annotations: Json = [{ type: 'url_citation', url_citation: { url: 'https://a.example' } }];
	const cited = (more: JsonObject = {}): Part => ({
		...{ type: 'text', text: 'Grass is green.' },
		extra: { 'chat-completions': { annotations, ...more } }
	});
	const answer = (...parts: Part[]): Message => ({ id: 'a', role: 'assistant', parts });

	it.each<[string, Message, Json]>([
		['a text', answer(cited()), 'Grass is green.'],
		[
			'two texts',
			answer(cited(), { type: 'text', text: 'Yes.' }),
			[
				{ type: 'text', text: 'Grass is green.' },
				{ type: 'text', text: 'Yes.' }
			]
		],
		[
			'a text with other fields',
			answer(cited({ cache_control: {} })),
			[{ type: 'text', text: 'Grass is green.', cache_control: {} }]
		]
	])('do not go back with %s', (_, message, content) => {
		const { body } = buildBody(build, { messages: [message] });
		expect(body).toMatchObject({ messages: [{ role: 'assistant', content }] });
		expect(JSON.stringify(body)).not.toContain('annotations');
	});

	it('stay in a request that somebody wrote', () => {
		const content = [{ type: 'text', text: 'Hi', annotations }];
		const body = JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] });
		const url = `${runtime.base}/chat/completions`;
		const draft = read({ method: 'POST', url, headers: {}, body });
		expect(JSON.parse(build(draft, runtime).request.body ?? '')).toEqual(JSON.parse(body));
	});
});
