import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../model/draft.ts';
import type { StreamEvent } from '../../model/event.ts';
import { foldEvents, model } from '../test-kit.ts';
import { parseBody, parseEvent } from './events.ts';

/** Events of frames whose SSE field `event` is their type, or left out. */
function parse(frames: object[], named = true): StreamEvent[] {
	return frames.flatMap((frame) =>
		parseEvent(named && 'type' in frame ? String(frame.type) : 'message', frame)
	);
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
		['in one body', parseBody(whole)]
	])('%s folds into the same parts, reason and usage', (_, events) => {
		expect(foldEvents(events)).toMatchObject({
			parts,
			responseId: 'resp_1',
			model,
			reason: 'completed',
			usage: { input: 1, output: 2, reasoning: 6, cacheRead: 4, cacheWrite: 5, raw: usage }
		});
	});

	it('has the arguments that came, when it is cut before the call is whole', () => {
		expect(foldEvents(parse(stream.slice(0, 18))).parts.at(-1)).toEqual({
			type: 'tool-call',
			id: 'call_1',
			name: 'n',
			input: '{"a"'
		});
	});

	it.each(['reasoning_text', 'reasoning_summary_text', 'reasoning'])('thinks in %s', (name) => {
		const frame = { type: `response.${name}.delta`, output_index: 0, delta: 'Hm' };
		const done = { type: `response.${name}.done`, output_index: 0, text: 'Hm' };
		expect(foldEvents(parse([frame, done])).parts).toEqual([{ type: 'reasoning', text: 'Hm' }]);
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
		expect(foldEvents(parseBody(failed))).toMatchObject({ error });
		expect(foldEvents(parseBody({ status: 'failed' })).error?.message).toBe('');
		expect(foldEvents(parseBody(failed)).reason).toBeUndefined();
	});

	it.each([
		[{ reason: 'max_output_tokens' }, 'max_output_tokens'],
		[null, 'incomplete']
	])('is incomplete for %j', (incomplete_details, reason) => {
		const response = { status: 'incomplete', incomplete_details, usage };
		const frame = { type: 'response.incomplete', response };
		for (const events of [parse([frame]), parseBody(response)]) {
			expect(foldEvents(events)).toMatchObject({ reason, usage: { input: 1 } });
		}
	});

	it.each(['queued', 'in_progress', 'cancelled', undefined])(
		'has no end while it is %s',
		(status) => {
			const { reason, error } = foldEvents(parseBody({ id: 'resp_1', status }));
			expect({ reason, error }).toEqual({ reason: undefined, error: undefined });
		}
	);

	it.each([{}, { type: 5 }, { type: 'response.audio.delta', delta: 'x' }])(
		'takes %j for nothing',
		(data) => {
			expect(parseEvent('', data)).toEqual([]);
		}
	);

	it.each(stream.map(({ type }) => type))('survives a %s without anything in it', (type) => {
		for (const data of [{ type }, { type, response: null, item: 5, delta: {} }]) {
			expect(foldEvents(parseEvent(type, data)).parts.length).toBeLessThan(2);
		}
	});

	it.each(['constructor', '__proto__', 'toString'])('keeps a delta named %s as one', (name) => {
		const data = { type: `response.${name}.delta`, output_index: 0, delta: 'x' };
		expect(foldEvents(parseEvent('', data)).parts).toEqual([
			{ type: 'opaque', api: 'responses', value: { delta: 'x' } }
		]);
	});
});
