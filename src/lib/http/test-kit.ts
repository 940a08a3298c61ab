import { EventStreamCodec } from '@smithy/eventstream-codec';
import type { MessageHeaders } from '@smithy/eventstream-codec';
import type { Api } from '../apis/api.ts';
import { converse } from '../apis/converse/converse.ts';
import type { Exchange } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Answer, Outcome } from '../model/run.ts';
import { execute } from './execute.ts';
import type { Execution } from './execute.ts';

const utf8 = new TextEncoder();
const codec = new EventStreamCodec(
	(bytes) => (typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)),
	(text) => utf8.encode(text)
);

/** One message as AWS's own encoder writes it. */
export function encodeMessage(headers: MessageHeaders, payload: string | Uint8Array): Uint8Array {
	const body = typeof payload === 'string' ? utf8.encode(payload) : payload;
	return codec.encode({ headers, body });
}

/** A message with text headers only, whose names get their colon. */
export function encodeWords(words: Record<string, string>, payload: string): Uint8Array {
	const headers = Object.entries(words).map(([name, value]) => {
		return [`:${name}`, { type: 'string' as const, value }] as const;
	});
	return encodeMessage(Object.fromEntries(headers), payload);
}

/** A message of a Converse stream. */
export function encodeEvent(type: string, payload: unknown): Uint8Array {
	const words = {
		'event-type': type,
		'content-type': 'application/json',
		'message-type': 'event'
	};
	return encodeWords(words, JSON.stringify(payload));
}

/** An exception inside a stream. */
export function encodeException(type: string, payload: string): Uint8Array {
	return encodeWords({ 'exception-type': type, 'message-type': 'exception' }, payload);
}

/** The messages of a short Converse stream: `Hi you`, its end and its usage. */
export const messages = {
	start: encodeEvent('messageStart', { role: 'assistant' }),
	hi: encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hi' } }),
	you: encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: ' you' } }),
	blockStop: encodeEvent('contentBlockStop', { contentBlockIndex: 0 }),
	messageStop: encodeEvent('messageStop', { stopReason: 'end_turn' }),
	metadata: encodeEvent('metadata', {
		usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }
	})
};

/** Those messages, in order. */
export const converseMessages = Object.values(messages);

/** The same answer as two Chat Completions chunks and their usage. */
export const chatEvents = [
	'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n',
	'data: {"choices":[{"index":0,"delta":{"content":" you"},"finish_reason":"stop"}]}\n\n',
	'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n',
	'data: [DONE]\n\n'
];

/** Bytes in one piece. */
export function join(pieces: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
	const bytes = pieces.map((piece) => (typeof piece === 'string' ? utf8.encode(piece) : piece));
	return Uint8Array.from(Buffer.concat(bytes));
}

/** Bytes cut into pieces of `size`. */
export function cut(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer>[] {
	const count = Math.ceil(bytes.length / size);
	return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/**
 * A response whose body gives `chunks` one at a time, then does as `then` says; before a stall it calls `onstall`, when
 * all chunks have been read and the next one is asked for.
 */
export function respond(
	chunks: readonly (Uint8Array | string)[],
	contentType: string,
	{
		status = 200,
		headers = {},
		then = 'close' as 'close' | 'break' | 'stall',
		onstall = () => {}
	} = {}
): Response {
	const rest = chunks.values();
	const pull = (controller: ReadableStreamDefaultController) => {
		const chunk = rest.next().value;
		if (chunk !== undefined) {
			controller.enqueue(typeof chunk === 'string' ? utf8.encode(chunk) : chunk);
		} else if (then === 'close') controller.close();
		else if (then === 'break') controller.error(new TypeError('network error'));
		else {
			onstall();
			return new Promise<void>(() => undefined);
		}
		return undefined;
	};
	// Asked for one chunk at a time, and for none ahead.
	const body = new ReadableStream({ pull }, { highWaterMark: 0 });
	return new Response(body, { status, headers: { 'content-type': contentType, ...headers } });
}

/** The content types of the framings. */
export const types = {
	messages: 'application/vnd.amazon.eventstream',
	sse: 'text/event-stream; charset=utf-8',
	json: 'application/json'
};

/** A response with one JSON value. */
export function respondJson(value: unknown, status = 200): Response {
	return respond([JSON.stringify(value)], types.json, { status });
}

/** A Converse answer that is not streamed. */
export const converseBody = {
	output: { message: { role: 'assistant', content: [{ text: 'Hi' }] } },
	stopReason: 'end_turn',
	usage: { inputTokens: 1, outputTokens: 2 }
};

/** The request that is sent here. */
export function newRequest(api: Api = converse): HttpRequest {
	const draft = { model: 'amazon.nova-lite-v1:0', messages: [], params: {}, stream: true };
	const base = 'https://bedrock-runtime.us-west-2.amazonaws.com';
	return api.build(draft, { endpoint: 'runtime', base }).request;
}

/** Executes a request that is answered with `response`, or by a fetch. */
export function executeWith(
	response: Response | NonNullable<Execution['fetch']>,
	{ api = converse, ...rest }: Partial<Execution> = {}
): Promise<{ exchange: Exchange; answer: Answer }> {
	const fetch = typeof response === 'function' ? response : async () => response;
	const signal = new AbortController().signal;
	const page = { online: () => true };
	const request = newRequest(api);
	return execute({ api, request, startedAt: 0, signal, fetch, page, ...rest });
}

/** The answer alone. */
export async function answerWith(
	response: Response | NonNullable<Execution['fetch']>,
	changes: Partial<Execution> = {}
): Promise<Answer> {
	return (await executeWith(response, changes)).answer;
}

/** The words of an outcome that tables compare: its kind, and what tells it from others of that kind. */
export function sayOutcome(outcome: Outcome | undefined): string {
	switch (outcome?.end) {
		case undefined:
			return 'none';
		case 'finished':
			return `finished ${outcome.reason}`;
		case 'stopped':
		case 'page-closed':
			return outcome.end;
		case 'unfinished':
			return `unfinished ${outcome.status}`;
		case 'cut-short':
			return outcome.midFrame ? 'cut-short inside a frame' : 'cut-short';
		case 'bad-frame':
			return `bad-frame ${outcome.code}`;
		case 'stream-error':
		case 'http-error':
		case 'error-in-200':
			return `${outcome.end} ${outcome.error.code ?? '-'}: ${outcome.error.message}`;
		case 'not-an-answer':
			return `not-an-answer ${outcome.status}: ${outcome.text}`;
		case 'unreachable':
			return `unreachable ${outcome.cause}`;
	}
}
