import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../model/draft.ts';
import { newMessage } from '../model/draft.ts';
import { Fold } from '../model/fold.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import type { Loss } from './api.ts';
import { chatCompletions } from './chat-completions.ts';

const mantle: Target = { endpoint: 'mantle', base: 'https://bedrock-mantle.us-east-1.api.aws/v1' };
const runtime: Target = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1'
};
const model = 'openai.gpt-oss-120b';

function newDraft(fields: Partial<Draft> = {}): Draft {
	return { model, messages: [newMessage('user', 'Hello')], params: {}, ...fields };
}

function newAnswer(...parts: Part[]): Message {
	return { id: 'a', role: 'assistant', parts, from: { run: 'r', model } };
}

function build(draft: Draft): { body: unknown; losses: Loss[] } {
	const { request, losses } = chatCompletions.build(draft, mantle);
	return { body: JSON.parse(request.body ?? '') as Json, losses };
}

const hello = { role: 'user', content: 'Hello' };

describe('a Chat Completions request', () => {
	it('holds nothing that nobody set', () => {
		expect(chatCompletions.build(newDraft(), mantle)).toEqual({
			request: {
				method: 'POST',
				url: 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ model, messages: [hello] }, null, 2)
			},
			losses: []
		});
		expect(build({ model: '', messages: [], params: {} }).body).toEqual({});
	});

	it.each([true, false])('says stream: %s when the draft does', (stream) => {
		expect(build(newDraft({ stream })).body).toEqual({ model, messages: [hello], stream });
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
		expect(build(newDraft({ params })).body).toEqual({
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
		const { body } = build(newDraft({ system: newMessage(role, 'Be brief.') }));
		expect(body).toEqual({ model, messages: [{ role, content: 'Be brief.' }, hello] });
	});

	it('sends several texts as a list, and one as a string', () => {
		const parts: Part[] = [
			{ type: 'text', text: 'a' },
			{ type: 'text', text: 'b' }
		];
		const { body } = build(newDraft({ messages: [{ id: '', role: 'user', parts }] }));
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
			{ type: 'reasoning', text: 'Hm', signature: 's', encrypted: 'e' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 't', name: 'n', input: '{"cut' }
		);
		const silent = newAnswer({ type: 'reasoning', text: 'Hm' });
		const { body, losses } = build(newDraft({ messages: [answer, silent] }));
		const call = { id: 't', type: 'function', function: { name: 'n', arguments: '{"cut' } };
		expect(body).toEqual({
			model,
			messages: [{ role: 'assistant', content: 'Hi', tool_calls: [call] }]
		});
		expect(losses).toEqual([]);
	});

	it('has no content beside tool calls or a refusal alone, and an empty one in an empty message', () => {
		const messages = [
			newAnswer({ type: 'tool-call', id: 't', name: 'n', input: '' }),
			newAnswer({ type: 'refusal', text: 'No' }),
			newAnswer()
		];
		const call = { id: 't', type: 'function', function: { name: 'n', arguments: '' } };
		expect(build(newDraft({ messages })).body).toMatchObject({
			messages: [
				{ role: 'assistant', tool_calls: [call] },
				{ role: 'assistant', refusal: 'No' },
				{ role: 'assistant', content: '' }
			]
		});
	});

	it('never holds a local id or where an answer came from', () => {
		const { request } = chatCompletions.build(
			newDraft({ messages: [newMessage('user', 'x'), newAnswer({ type: 'text', text: 'Hi' })] }),
			mantle
		);
		expect(request.body).not.toMatch(/"(id|from|run|as|extra|parts)"/);
	});

	const guardrail = { id: 'g', version: '1' };
	it.each<[string, Partial<Draft>, Loss[]]>([
		['a chain', { chain: { responseId: 'r', covers: 1 } }, [{ code: 'chain' }]],
		['a parameter of another API', { params: { store: true } }, [{ code: 'param', name: 'store' }]],
		['a guardrail on mantle', { guardrail }, [{ code: 'guardrail' }]],
		[
			'a part of another API',
			{
				messages: [
					{
						id: '',
						role: 'user',
						parts: [{ type: 'opaque', api: 'converse', value: { image: {} } }]
					}
				]
			},
			[{ code: 'part', type: 'opaque' }]
		],
		[
			'a message that another API kept whole',
			{
				messages: [
					{ id: '', role: 'opaque', parts: [{ type: 'opaque', api: 'responses', value: 1 }] }
				]
			},
			[{ code: 'part', type: 'opaque' }]
		],
		[
			'the fields of another API',
			{
				extra: { converse: { toolConfig: {} } },
				system: { ...newMessage('system', ''), extra: { converse: { a: 1 } } }
			},
			[{ code: 'extra', api: 'converse' }]
		],
		[
			'a verbatim field that a word has replaced',
			{ params: { stopSequences: ['a'] }, extra: { 'chat-completions': { stop: 'b' } } },
			[{ code: 'extra', api: 'chat-completions' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(build(newDraft(fields)).losses).toEqual(losses);
	});
});

describe('a guardrail', () => {
	function headersFor(trace?: string): HttpRequest['headers'] {
		const guardrail = { id: 'g', version: 'DRAFT', ...(trace !== undefined && { trace }) };
		return chatCompletions.build(newDraft({ guardrail }), runtime).request.headers;
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
		const { guardrail } = chatCompletions.read({ method: 'POST', url, headers, body: '{}' });
		expect(guardrail).toEqual({ id: 'g', version: '1', trace });
		expect(headersFor(trace)['X-Amzn-Bedrock-Trace']).toBe(header);
	});
});

describe('where a request was sent', () => {
	it.each([
		['https://bedrock-runtime.eu-west-1.amazonaws.com/openai/v1', { endpoint: 'runtime' }],
		[
			'https://bedrock-mantle.eu-west-1.api.aws/openai/v1',
			{ endpoint: 'mantle', prefix: '/openai/v1' }
		],
		['https://bedrock-mantle.eu-west-1.api.aws/v1', { endpoint: 'mantle', prefix: '/v1' }],
		['https://gateway.example.com/api/v1', {}]
	])('%s is read as %j', (base, found) => {
		const request: HttpRequest = {
			method: 'POST',
			url: `${base}/chat/completions`,
			headers: {},
			body: '{}'
		};
		expect(chatCompletions.read(request)).toEqual({
			model: '',
			messages: [],
			params: {},
			...found
		});
	});
});

type Chunk = Pick<OpenAI.ChatCompletionChunk, 'id' | 'model'> & {
	choices: unknown[];
	usage?: unknown;
};

function newChunk(delta?: unknown, finish_reason: string | null = null): Chunk {
	const choices = delta === undefined ? [] : [{ index: 0, delta, finish_reason }];
	return { id: 'chatcmpl-1', model, choices };
}

function foldChunks(...chunks: unknown[]): Fold {
	const fold = new Fold();
	for (const chunk of chunks) {
		for (const event of chatCompletions.parseEvent('message', chunk)) fold.add(event, 0);
	}
	return fold;
}

describe('a Chat Completions stream', () => {
	it('folds into reasoning, text, tool calls, a reason and usage', () => {
		const fold = foldChunks(
			newChunk({ role: 'assistant', content: '' }),
			newChunk({ reasoning: 'H' }),
			newChunk({ reasoning_content: 'm', reasoning: null }),
			newChunk({ content: 'H' }),
			newChunk({
				content: 'i',
				tool_calls: [
					{ index: 0, id: 'a', type: 'function', function: { name: 'n', arguments: '' } }
				]
			}),
			newChunk({
				tool_calls: [
					{ index: 0, function: { arguments: '{"x"' } },
					{ index: 1, id: 'b', function: { name: 'm', arguments: '{}' } }
				]
			}),
			newChunk({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
			newChunk({}, 'tool_calls'),
			{
				...newChunk(),
				usage: {
					prompt_tokens: 1,
					completion_tokens: 2,
					completion_tokens_details: null,
					prompt_tokens_details: { cached_tokens: 3 }
				}
			}
		);
		expect(fold.parts).toEqual([
			{ type: 'reasoning', text: 'Hm' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 'a', name: 'n', input: '{"x":1}' },
			{ type: 'tool-call', id: 'b', name: 'm', input: '{}' }
		]);
		expect(fold).toMatchObject({ responseId: 'chatcmpl-1', model, reason: 'tool_calls' });
		expect(fold.usage).toEqual({
			input: 1,
			output: 2,
			cacheRead: 3,
			raw: expect.anything() as unknown
		});
	});

	it('shows what was held back as a possible tag when the answer finishes', () => {
		expect(foldChunks(newChunk({ content: '<thi' })).parts).toEqual([]);
		expect(foldChunks(newChunk({ content: '<thi' }), newChunk({}, 'stop')).parts).toEqual([
			{ type: 'text', text: '<thi' }
		]);
	});

	it('does not lose arguments when a server repeats the name with every piece', () => {
		const piece = (text: string): Chunk =>
			newChunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'n', arguments: text } }] });
		expect(foldChunks(piece('{'), piece('}')).parts).toEqual([
			{ type: 'tool-call', id: 'a', name: 'n', input: '{}' }
		]);
	});

	it('shows the first choice only, and a refusal', () => {
		const second = { index: 1, delta: { content: 'second' }, finish_reason: null };
		const chunk = { choices: [{ delta: { refusal: 'No' }, finish_reason: null }, second] };
		expect(foldChunks(chunk).parts).toEqual([{ type: 'refusal', text: 'No' }]);
	});

	it.each([null, 5, 'x', []])('takes %j for nothing', (data) => {
		expect(chatCompletions.parseEvent('', data)).toEqual([]);
		expect(chatCompletions.parseBody(data)).toEqual([]);
	});

	it.each([
		{ choices: null },
		{ choices: [null] },
		{ choices: [{ delta: 5 }] },
		{ choices: [{ delta: { tool_calls: [null, 5, {}], content: {} } }] },
		{ choices: [], usage: null }
	])('finds no text in %j', (data) => {
		expect(chatCompletions.parseEvent('', data)).toEqual([{ type: 'response-start' }]);
	});
});

describe('a Chat Completions body', () => {
	function foldBody(message: unknown, finish_reason: string | null = 'stop'): Fold {
		const fold = new Fold();
		const body = { id: 'c', model, choices: [{ message, finish_reason }] };
		for (const event of chatCompletions.parseBody(body)) fold.add(event, 0);
		return fold;
	}

	it('may hold a list of texts, and calls without an index', () => {
		const call = (id: string): unknown => ({
			id,
			type: 'function',
			function: { name: 'n', arguments: '{}' }
		});
		const content = [
			{ type: 'text', text: '<think>a</think>b' },
			{ type: 'text', text: 'c' }
		];
		expect(foldBody({ content, tool_calls: [call('x'), call('y')] }).parts).toEqual([
			{ type: 'reasoning', text: 'a' },
			{ type: 'text', text: 'bc' },
			{ type: 'tool-call', id: 'x', name: 'n', input: '{}' },
			{ type: 'tool-call', id: 'y', name: 'n', input: '{}' }
		]);
	});

	it('shows the same thoughts under two names once', () => {
		const { parts } = foldBody({ content: null, reasoning: 'Hm', reasoning_content: 'Hm' });
		expect(parts).toEqual([{ type: 'reasoning', text: 'Hm' }]);
	});

	it('has no end without a reason', () => {
		expect(foldBody({ content: 'Hi' }, null).reason).toBeUndefined();
	});
});
