import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../model/draft.ts';
import { newMessage } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { Fold } from '../model/fold.ts';
import type { Json } from '../model/json.ts';
import type { Target } from '../model/request.ts';
import type { Loss } from './api.ts';
import { responses } from './responses.ts';

const mantle: Target = { endpoint: 'mantle', base: 'https://bedrock-mantle.us-east-1.api.aws/v1' };
const model = 'openai.gpt-oss-120b';

function newDraft(fields: Partial<Draft> = {}): Draft {
	return { model, messages: [newMessage('user', 'Hello')], params: {}, ...fields };
}

function newAnswer(from: string, ...parts: Part[]): Message {
	return { id: 'a', role: 'assistant', parts, from: { run: 'r', model: from } };
}

function build(draft: Draft): { body: unknown; losses: Loss[] } {
	const { request, losses } = responses.build(draft, mantle);
	return { body: JSON.parse(request.body ?? '') as Json, losses };
}

const hello = { role: 'user', content: 'Hello' };

describe('a Responses request', () => {
	it('holds nothing that nobody set', () => {
		expect(responses.build(newDraft(), mantle)).toEqual({
			request: {
				method: 'POST',
				url: 'https://bedrock-mantle.us-east-1.api.aws/v1/responses',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ model, input: [hello] }, null, 2)
			},
			losses: []
		});
		expect(build({ model: '', messages: [], params: {} }).body).toEqual({});
	});

	it('puts each parameter in its place', () => {
		const params: Draft['params'] = {
			temperature: 0,
			topP: 1,
			maxTokens: 16,
			reasoningEffort: 'low',
			store: false
		};
		const extra: Draft['extra'] = { responses: { reasoning: { summary: 'auto' } } };
		expect(build(newDraft({ params, extra, stream: true })).body).toEqual({
			model,
			input: [hello],
			temperature: 0,
			top_p: 1,
			max_output_tokens: 16,
			reasoning: { effort: 'low', summary: 'auto' },
			store: false,
			stream: true
		});
	});

	it('makes the blocks of a system prompt paragraphs of its instructions', () => {
		const system: Message = {
			id: '',
			role: 'system',
			parts: [
				{ type: 'text', text: 'Be brief.' },
				{ type: 'text', text: 'Be kind.' }
			]
		};
		expect(build(newDraft({ system })).body).toMatchObject({
			instructions: 'Be brief.\n\nBe kind.'
		});
	});

	it('keeps a bare string until a second message comes', () => {
		const first: Message = { ...newMessage('user', 'Hello'), as: 'bare' };
		expect(build(newDraft({ messages: [first] })).body).toEqual({ model, input: 'Hello' });
		const messages = [first, newMessage('user', 'You there?')];
		expect(build(newDraft({ messages })).body).toEqual({
			model,
			input: [hello, { role: 'user', content: 'You there?' }]
		});
	});

	it('names the texts of a list by the role', () => {
		const messages = (['user', 'developer', 'assistant'] as const).map((role): Message => {
			return { ...newMessage(role, 'x'), as: 'list' };
		});
		expect(build(newDraft({ messages })).body).toMatchObject({
			input: [
				{ content: [{ type: 'input_text', text: 'x' }] },
				{ content: [{ type: 'input_text', text: 'x' }] },
				{ content: [{ type: 'output_text', text: 'x' }] }
			]
		});
	});

	it('never holds a local id or where an answer came from', () => {
		const answer = newAnswer(model, { type: 'text', text: 'Hi' });
		const { request } = responses.build(
			newDraft({ messages: [newMessage('user', 'x'), answer] }),
			mantle
		);
		expect(request.body).not.toMatch(/"(id|from|run|as|extra|parts)"/);
	});

	it.each<[string, Partial<Draft>, Loss[]]>([
		['a guardrail', { guardrail: { id: 'g', version: '1' } }, [{ code: 'guardrail' }]],
		[
			'a parameter of another API',
			{ params: { stopSequences: ['a'] } },
			[{ code: 'param', name: 'stopSequences' }]
		],
		[
			'a role it has not',
			{ messages: [newMessage('tool', '1')] },
			[{ code: 'role', role: 'tool' }]
		],
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
			'a part of a system prompt',
			{
				system: {
					id: '',
					role: 'system',
					parts: [{ type: 'opaque', api: 'converse', value: { cachePoint: {} } }]
				}
			},
			[{ code: 'part', type: 'opaque' }]
		],
		[
			'the fields of another API',
			{ extra: { 'chat-completions': { seed: 1 } } },
			[{ code: 'extra', api: 'chat-completions' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(build(newDraft(fields)).losses).toEqual(losses);
	});
});

describe('a chain', () => {
	const messages = [
		newMessage('user', 'My name is Alice.'),
		newAnswer(model, { type: 'text', text: 'Hi' }),
		newMessage('user', 'Who am I?')
	];
	const last = { role: 'user', content: 'Who am I?' };

	it.each<[number, unknown]>([
		[
			0,
			[{ role: 'user', content: 'My name is Alice.' }, { role: 'assistant', content: 'Hi' }, last]
		],
		[2, [last]],
		[3, undefined]
	])('that covers %i messages sends the others', (covers, input) => {
		const chain = { responseId: 'resp_1', covers, run: 'r' };
		expect(build(newDraft({ messages, chain })).body).toEqual({
			model,
			previous_response_id: 'resp_1',
			...(input !== undefined && { input })
		});
	});

	it('loses nothing of what it covers', () => {
		const tool = newMessage('tool', '1');
		const chain = { responseId: 'resp_1', covers: 1 };
		expect(build(newDraft({ messages: [tool, ...messages], chain })).losses).toEqual([]);
	});

	it('is read with nothing covered', () => {
		const body = JSON.stringify({ model, input: 'x', previous_response_id: 'resp_1' });
		const url = `${mantle.base}/responses`;
		const { chain } = responses.read({ method: 'POST', url, headers: {}, body });
		expect(chain).toEqual({ responseId: 'resp_1', covers: 0 });
	});
});

describe('an answer on its way back', () => {
	const call: Part = { type: 'tool-call', id: 'c', name: 'n', input: '{"cut' };
	const callItem = { type: 'function_call', call_id: 'c', name: 'n', arguments: '{"cut' };
	const text: Part = { type: 'text', text: 'Hi' };
	const textItem = { role: 'assistant', content: 'Hi' };
	const sealed: Part = { type: 'reasoning', text: 'Hm', encrypted: 'e' };
	const sealedItem = {
		type: 'reasoning',
		summary: [{ type: 'summary_text', text: 'Hm' }],
		encrypted_content: 'e'
	};
	const search: Part = { type: 'opaque', api: 'responses', value: { type: 'web_search_call' } };

	it.each<[string, Message, unknown[], Loss[]]>([
		[
			'keeps the order of its parts',
			newAnswer(model, sealed, call, text),
			[sealedItem, callItem, textItem],
			[]
		],
		[
			'with encrypted reasoning of another family',
			newAnswer('xai.grok-4.6', sealed, text),
			[textItem],
			[]
		],
		[
			'with plain reasoning',
			newAnswer(model, { type: 'reasoning', text: 'Hm' }, text),
			[textItem],
			[]
		],
		[
			'with reasoning signed for Converse',
			newAnswer(model, { type: 'reasoning', text: 'Hm', signature: 's' }, text),
			[textItem],
			[]
		],
		[
			'with an item of its own',
			newAnswer(model, search, text),
			[{ type: 'web_search_call' }, textItem],
			[]
		],
		[
			'with an item of another family',
			newAnswer('xai.grok-4.6', search, text),
			[textItem],
			[{ code: 'part', type: 'opaque' }]
		],
		[
			'with a refusal beside its text',
			newAnswer(model, text, { type: 'refusal', text: 'No' }),
			[
				{
					role: 'assistant',
					content: [
						{ type: 'output_text', text: 'Hi' },
						{ type: 'refusal', refusal: 'No' }
					]
				}
			],
			[]
		]
	])('%s', (_, message, items, losses) => {
		expect(build(newDraft({ messages: [newMessage('user', 'Hello'), message] }))).toEqual({
			body: { model, input: [hello, ...items] },
			losses
		});
	});

	it('sends what is kept for a message with its first item of content only', () => {
		const message: Message = {
			id: '',
			role: 'assistant',
			parts: [text, call, text],
			extra: { responses: { phase: 'commentary' } }
		};
		expect(build(newDraft({ messages: [message] })).body).toMatchObject({
			input: [{ ...textItem, phase: 'commentary' }, callItem, textItem]
		});
	});
});

/** Events of frames whose SSE field `event` is their type, or left out. */
function parse(frames: object[], named = true): StreamEvent[] {
	return frames.flatMap((frame) =>
		responses.parseEvent(named && 'type' in frame ? String(frame.type) : 'message', frame)
	);
}

function fold(events: StreamEvent[]): Fold {
	const fold = new Fold();
	for (const event of events) fold.add(event, 0);
	return fold;
}

const functionCall = {
	type: 'function_call',
	id: 'fc_1',
	call_id: 'call_1',
	name: 'n',
	arguments: '{"a":1}',
	status: 'completed'
} satisfies OpenAI.Responses.ResponseFunctionToolCall;

const reasoning = {
	type: 'reasoning',
	id: 'rs_1',
	summary: [
		{ type: 'summary_text', text: 'One' },
		{ type: 'summary_text', text: 'Two' }
	],
	encrypted_content: 'e'
} satisfies OpenAI.Responses.ResponseReasoningItem;

const message = {
	type: 'message',
	id: 'msg_1',
	role: 'assistant',
	status: 'completed',
	content: [
		{ type: 'output_text', text: '<think>x</think>Hi', annotations: [] },
		{ type: 'refusal', refusal: 'No' }
	]
} satisfies OpenAI.Responses.ResponseOutputMessage;

const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' };

const usage = {
	input_tokens: 1,
	output_tokens: 2,
	total_tokens: 3,
	input_tokens_details: { cached_tokens: 4, cache_write_tokens: 5 },
	output_tokens_details: { reasoning_tokens: 6 }
};

const whole = {
	id: 'resp_1',
	model,
	status: 'completed',
	output: [reasoning, message, functionCall, search],
	usage
};

// The stream that makes `whole`, each frame with what the service sends beside.
const stream: { type: OpenAI.Responses.ResponseStreamEvent['type']; [key: string]: unknown }[] = [
	{ type: 'response.created', response: { id: 'resp_1', model, status: 'in_progress' } },
	{ type: 'response.in_progress', response: { id: 'resp_1' } },
	{ type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning' } },
	{ type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 0 },
	{
		type: 'response.reasoning_summary_text.delta',
		output_index: 0,
		summary_index: 0,
		delta: 'One'
	},
	{ type: 'response.reasoning_summary_part.added', output_index: 0, summary_index: 1 },
	{
		type: 'response.reasoning_summary_text.delta',
		output_index: 0,
		summary_index: 1,
		delta: 'Two'
	},
	{ type: 'response.reasoning_summary_text.done', output_index: 0, text: 'Two' },
	{ type: 'response.output_item.done', output_index: 0, item: reasoning },
	{ type: 'response.output_item.added', output_index: 1, item: { type: 'message' } },
	{ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: '<think>x</th' },
	{ type: 'response.output_text.delta', output_index: 1, content_index: 0, delta: 'ink>Hi' },
	{ type: 'response.output_text.done', output_index: 1, content_index: 0, text: '' },
	{ type: 'response.content_part.done', output_index: 1, content_index: 0 },
	{ type: 'response.refusal.delta', output_index: 1, content_index: 1, delta: 'No' },
	{ type: 'response.output_item.done', output_index: 1, item: message },
	{
		type: 'response.output_item.added',
		output_index: 2,
		item: { ...functionCall, arguments: '' }
	},
	{ type: 'response.function_call_arguments.delta', output_index: 2, delta: '{"a"' },
	{ type: 'response.function_call_arguments.delta', output_index: 2, delta: ':1}' },
	{ type: 'response.function_call_arguments.done', output_index: 2, arguments: '{"a":1}' },
	{ type: 'response.output_item.done', output_index: 2, item: functionCall },
	{ type: 'response.output_item.done', output_index: 3, item: search },
	{ type: 'response.completed', response: whole }
];

const parts: Part[] = [
	{ type: 'reasoning', text: 'One\n\nTwo', encrypted: 'e' },
	{ type: 'reasoning', text: 'x' },
	{ type: 'text', text: 'Hi' },
	{ type: 'refusal', text: 'No' },
	{ type: 'tool-call', id: 'call_1', name: 'n', input: '{"a":1}' },
	{ type: 'opaque', api: 'responses', value: search }
];

describe('a Responses answer', () => {
	it.each([
		['streamed', parse(stream)],
		['streamed without event names', parse(stream, false)],
		['in one body', responses.parseBody(whole)]
	])('%s folds into the same parts, reason and usage', (_, events) => {
		expect(fold(events)).toMatchObject({
			parts,
			responseId: 'resp_1',
			model,
			reason: 'completed',
			usage: { input: 1, output: 2, reasoning: 6, cacheRead: 4, cacheWrite: 5, raw: usage }
		});
	});

	it('has the arguments that came, when it is cut before the call is whole', () => {
		expect(fold(parse(stream.slice(0, 18))).parts.at(-1)).toEqual({
			type: 'tool-call',
			id: 'call_1',
			name: 'n',
			input: '{"a"'
		});
	});

	it.each(['reasoning_text', 'reasoning_summary_text', 'reasoning'])('thinks in %s', (name) => {
		const frame = { type: `response.${name}.delta`, output_index: 0, delta: 'Hm' };
		const done = { type: `response.${name}.done`, output_index: 0, text: 'Hm' };
		expect(fold(parse([frame, done])).parts).toEqual([{ type: 'reasoning', text: 'Hm' }]);
	});

	const failure = { code: 'server_error', message: 'It broke.' };
	const error = { status: 200, code: 'server_error', message: 'It broke.' };
	const failed = { status: 'failed', error: failure };
	it.each([
		['response.failed', { type: 'response.failed', response: failed }, failed],
		['error', { type: 'error', ...failure }, { type: 'error', ...failure }],
		['a wrapped error', { type: 'error', error: failure }, { type: 'error', error: failure }]
	])('fails by %s in the words of the service', (_, frame, raw) => {
		expect(parse([frame])).toEqual([
			{ type: 'error', error: { ...error, raw: JSON.stringify(raw) } }
		]);
	});

	it('fails in a body', () => {
		expect(fold(responses.parseBody(failed))).toMatchObject({ error });
		expect(fold(responses.parseBody({ status: 'failed' })).error?.message).toBe('');
		expect(fold(responses.parseBody(failed)).reason).toBeUndefined();
	});

	it.each([
		[{ reason: 'max_output_tokens' }, 'max_output_tokens'],
		[null, 'incomplete']
	])('is incomplete for %j', (incomplete_details, reason) => {
		const response = { status: 'incomplete', incomplete_details, usage };
		const frame = { type: 'response.incomplete', response };
		for (const events of [parse([frame]), responses.parseBody(response)]) {
			expect(fold(events)).toMatchObject({ reason, usage: { input: 1 } });
		}
	});

	it.each(['queued', 'in_progress', 'cancelled', undefined])(
		'has no end while it is %s',
		(status) => {
			const { reason, error } = fold(responses.parseBody({ id: 'resp_1', status }));
			expect({ reason, error }).toEqual({ reason: undefined, error: undefined });
		}
	);

	it.each([null, 5, 'x', [], {}, { type: 5 }, { type: 'response.audio.delta', delta: 'x' }])(
		'takes %j for nothing',
		(data) => {
			expect(responses.parseEvent('', data)).toEqual([]);
		}
	);

	it.each(stream.map(({ type }) => type))('survives a %s without anything in it', (type) => {
		for (const data of [{ type }, { type, response: null, item: 5, delta: {} }]) {
			expect(fold(responses.parseEvent(type, data)).parts.length).toBeLessThan(2);
		}
	});
});
