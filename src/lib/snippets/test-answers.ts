import { EventStreamCodec } from '@smithy/eventstream-codec';
import { isStreamed } from './client.ts';
import type { Case } from './test-cases.ts';

/** What the loopback server answers. */
export interface Answer {
	status: number;
	type: string;
	bytes: Buffer;
}

/** The text of every plain answer. */
export const answerText = 'Hello, 世界 🌍!\nIt\'s "fine".';

/** The service's words in every failure. */
export const failureWords = 'Too many tokens, please wait 慢';

/** Bytes as the service would send them for a case. */
export function answerFor(one: Case): Answer {
	const { api, request, answer } = one;
	if (answer === 'error') return toJson({ message: failureWords }, 429);
	if (answer === 'unknown-operation') {
		return toJson({ Output: { __type: 'com.amazon.coral.service#UnknownOperationException' } });
	}
	if (!isStreamed(request, api)) return toJson(bodies[api](answer === 'tool-call'));
	const frames = streams[api](answer === 'stream-error');
	const end = frames.length - closing[api];
	const cut = [
		...frames.slice(0, end),
		...frames.slice(end, end + 1).map((it) => it.subarray(0, 20))
	];
	return {
		status: 200,
		type: api === 'converse' ? 'application/vnd.amazon.eventstream' : 'text/event-stream',
		bytes: Buffer.concat(answer === 'cut' ? cut : frames)
	};
}

function toJson(value: object, status = 200): Answer {
	return { status, type: 'application/json', bytes: Buffer.from(JSON.stringify(value)) };
}

/** Reasoning stands before the text, which comes in two parts. */
export const bodies: Record<Case['api'], (callsTool: boolean) => object> = {
	converse: (callsTool) => ({
		output: {
			message: {
				role: 'assistant',
				content: [
					{ reasoningContent: { reasoningText: { text: 'Hmm', signature: 'abc' } } },
					...(callsTool ? [] : halves().map((text) => ({ text }))),
					{ toolUse: { toolUseId: 't1', name: 'find_it', input: {} } }
				]
			}
		},
		stopReason: 'end_turn',
		usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
		metrics: { latencyMs: 5 }
	}),
	'chat-completions': (callsTool) => ({
		id: 'c',
		choices: [
			{
				finish_reason: 'stop',
				message: callsTool
					? { role: 'assistant', tool_calls: [{ id: 't1', function: { name: 'find_it' } }] }
					: { role: 'assistant', reasoning: 'Hmm', content: answerText }
			}
		]
	}),
	responses: (callsTool) => ({
		id: 'r',
		object: 'response',
		status: 'completed',
		error: null,
		output: [
			{ type: 'reasoning', content: [{ type: 'reasoning_text', text: 'Hmm' }], summary: [] },
			...(callsTool
				? [{ type: 'function_call', name: 'find_it', arguments: '{}' }]
				: [
						{
							type: 'message',
							role: 'assistant',
							content: halves().map((text) => ({ type: 'output_text', text, annotations: [] }))
						}
					])
		]
	})
};

function halves(): string[] {
	return [answerText.slice(0, 9), answerText.slice(9)];
}

/** How many frames at the end of a stream say that it ended. */
const closing: Record<Case['api'], number> = { converse: 2, 'chat-completions': 3, responses: 1 };

/** Payloads of a stream by API: reasoning first, then text, then what ends it. */
const streams: Record<Case['api'], (fails: boolean) => Buffer[]> = {
	converse: (fails) => [
		encode('messageStart', { role: 'assistant' }),
		encode('contentBlockDelta', { delta: { reasoningContent: { text: 'Hmm' } }, p: 'abc' }),
		...halves().map((text) => encode('contentBlockDelta', { delta: { text }, p: 'abcd' })),
		...(fails ? [encode('throttlingException', { message: failureWords }, 'exception')] : []),
		encode('messageStop', { stopReason: 'end_turn' }),
		encode('metadata', { usage: { inputTokens: 1 }, metrics: { latencyMs: 1 } })
	],
	'chat-completions': (fails) => [
		sse({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] }),
		sse({ choices: [{ index: 0, delta: { reasoning: 'Hmm' } }] }),
		...halves().map((content) => sse({ choices: [{ index: 0, delta: { content } }] })),
		...(fails ? [sse({ error: { message: failureWords } })] : []),
		sse({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
		sse({ choices: [], usage: { total_tokens: 3 } }),
		Buffer.from('data: [DONE]\n\n')
	],
	responses: (fails) => [
		Buffer.from(': ping\r\n\r\n'),
		named({ type: 'response.created', response: { id: 'r', error: null } }),
		named({ type: 'response.reasoning_text.delta', delta: 'Hmm' }),
		...halves().map((delta) => named({ type: 'response.output_text.delta', delta })),
		fails
			? named({ type: 'response.failed', response: { error: { message: failureWords } } })
			: named({ type: 'response.completed', response: { status: 'completed', error: null } })
	]
};

function sse(data: object): Buffer {
	return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}

function named(data: { type: string; [key: string]: unknown }): Buffer {
	return Buffer.from(`event: ${data.type}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`);
}

const codec = new EventStreamCodec(
	(bytes) => Buffer.from(bytes).toString(),
	(text) => Buffer.from(text)
);

function encode(type: string, payload: object, kind: 'event' | 'exception' = 'event'): Buffer {
	return Buffer.from(
		codec.encode({
			headers: {
				[`:${kind}-type`]: { type: 'string', value: type },
				':content-type': { type: 'string', value: 'application/json' },
				':message-type': { type: 'string', value: kind }
			},
			body: Buffer.from(JSON.stringify(payload))
		})
	);
}
