// The three wire protocols, as the service streams them.
import { EventStreamCodec } from '@smithy/eventstream-codec';

const codec = new EventStreamCodec(
	(bytes) => new TextDecoder().decode(bytes),
	(text) => new TextEncoder().encode(text)
);

/** One message of an event stream whose headers are all text. */
function encodeMessage(headers, payload) {
	const typed = Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }]);
	return codec.encode({ headers: Object.fromEntries(typed), body: utf8.encode(payload) });
}

const utf8 = new TextEncoder();
const sse = (event, data) =>
	utf8.encode(`${event ? `event: ${event}\n` : ''}data: ${JSON.stringify(data)}\n\n`);
const CREATED = 1795000000;

/** Each protocol: the events before the deltas, the event of one delta, and the events after. */
export const protocols = {
	chat: {
		type: 'text/event-stream; charset=utf-8',
		events(model, { deltas }, body) {
			const chunk = (choices, more) =>
				sse('', {
					id: 'chatcmpl-bench',
					object: 'chat.completion.chunk',
					created: CREATED,
					model,
					choices,
					...more
				});
			const choice = (delta, finish_reason = null) => [
				{ index: 0, delta, logprobs: null, finish_reason }
			];
			const events = [chunk(choice({ role: 'assistant', content: '' }))];
			for (const content of deltas) events.push(chunk(choice({ content })));
			events.push(chunk(choice({}, 'stop')));
			if (body.stream_options?.include_usage) {
				events.push(
					chunk([], {
						usage: {
							prompt_tokens: 12,
							completion_tokens: deltas.length,
							total_tokens: deltas.length + 12
						}
					})
				);
			}
			events.push(utf8.encode('data: [DONE]\n\n'));
			return events;
		}
	},
	responses: {
		type: 'text/event-stream; charset=utf-8',
		events(model, { deltas, text }) {
			let sequence_number = 0;
			const event = (type, data) =>
				sse(type, { type, sequence_number: sequence_number++, ...data });
			const response = (status, output, usage = null) => ({
				id: 'resp_bench',
				object: 'response',
				created_at: CREATED,
				status,
				error: null,
				incomplete_details: null,
				model,
				output,
				parallel_tool_calls: true,
				previous_response_id: null,
				store: true,
				usage
			});
			const where = { item_id: 'msg_bench', output_index: 0, content_index: 0 };
			const part = (text) => ({ type: 'output_text', annotations: [], logprobs: [], text });
			const item = (status, content) => ({
				id: 'msg_bench',
				type: 'message',
				status,
				role: 'assistant',
				content
			});
			const done = item('completed', [part(text)]);
			const events = [
				event('response.created', { response: response('in_progress', []) }),
				event('response.in_progress', { response: response('in_progress', []) }),
				event('response.output_item.added', { output_index: 0, item: item('in_progress', []) }),
				event('response.content_part.added', { ...where, part: part('') })
			];
			for (const delta of deltas)
				events.push(
					event('response.output_text.delta', {
						...where,
						delta,
						logprobs: [],
						obfuscation: 'x'.repeat(16 - Math.min(15, delta.length))
					})
				);
			events.push(
				event('response.output_text.done', { ...where, text, logprobs: [] }),
				event('response.content_part.done', { ...where, part: part(text) }),
				event('response.output_item.done', { output_index: 0, item: done }),
				event('response.completed', {
					response: response('completed', [done], {
						input_tokens: 12,
						input_tokens_details: { cached_tokens: 0 },
						output_tokens: deltas.length,
						output_tokens_details: { reasoning_tokens: 0 },
						total_tokens: deltas.length + 12
					})
				})
			);
			return events;
		}
	},
	converse: {
		type: 'application/vnd.amazon.eventstream',
		events(model, { deltas }) {
			const padding = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
			const event = (name, data, i = 0) =>
				encodeMessage(
					{ ':event-type': name, ':content-type': 'application/json', ':message-type': 'event' },
					JSON.stringify({ ...data, p: padding.slice(0, (i * 7) % 40) })
				);
			const events = [event('messageStart', { role: 'assistant' })];
			deltas.forEach((text, i) =>
				events.push(event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }, i))
			);
			events.push(
				event('contentBlockStop', { contentBlockIndex: 0 }),
				event('messageStop', { stopReason: 'end_turn' }),
				event('metadata', {
					usage: { inputTokens: 12, outputTokens: deltas.length, totalTokens: deltas.length + 12 },
					metrics: { latencyMs: 1234 }
				})
			);
			return events;
		}
	}
};

/** What a request that is not streamed (a title, say) gets: a short answer. */
export function shortAnswer(api, model) {
	if (api === 'converse')
		return {
			output: { message: { role: 'assistant', content: [{ text: 'Bench' }] } },
			stopReason: 'end_turn',
			usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
			metrics: { latencyMs: 1 }
		};
	if (api === 'responses')
		return {
			id: 'resp_short',
			object: 'response',
			created_at: CREATED,
			status: 'completed',
			model,
			output: [
				{
					id: 'msg_short',
					type: 'message',
					status: 'completed',
					role: 'assistant',
					content: [{ type: 'output_text', text: 'Bench', annotations: [] }]
				}
			]
		};
	return {
		id: 'chatcmpl-short',
		object: 'chat.completion',
		created: CREATED,
		model,
		choices: [
			{ index: 0, message: { role: 'assistant', content: 'Bench' }, finish_reason: 'stop' }
		],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
	};
}
