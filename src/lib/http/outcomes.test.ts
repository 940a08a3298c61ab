import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import type { ApiId } from '../model/draft.ts';
import {
	answerWith,
	chatEvents,
	converseBody,
	converseMessages,
	encodeEvent,
	encodeException,
	encodeWords,
	messages,
	respond,
	respondJson,
	sayOutcome,
	types
} from './test-kit.ts';

const { start, hi, messageStop } = messages;
const throttled = encodeException('throttlingException', '{"message":"Too many requests"}');
const finished = 'finished end_turn';

/** A response whose type and status only a browser can make. */
function opaqueRedirect(): Response {
	return Object.defineProperty(new Response(), 'type', { value: 'opaqueredirect' });
}

describe('the outcome of a Converse request', () => {
	const message = (...pieces: Uint8Array[]) => respond(pieces, types.messages);
	it.each<[string, () => Response, string]>([
		['a whole stream', () => message(...converseMessages), finished],
		['no metadata', () => message(start, hi, messageStop), finished],
		['no messageStop', () => message(start, hi), 'cut-short'],
		['an empty stream', () => message(), 'cut-short'],
		[
			'an exception',
			() => message(start, hi, throttled),
			'stream-error throttlingException: Too many requests'
		],
		['an exception after messageStop', () => message(start, messageStop, throttled), finished],
		[
			'an exception in plain words',
			() => message(start, encodeException('modelStreamErrorException', 'went wrong')),
			'stream-error modelStreamErrorException: went wrong'
		],
		[
			'an error message',
			() =>
				message(
					start,
					encodeWords(
						{ 'message-type': 'error', 'error-code': 'InternalError', 'error-message': 'Boom' },
						''
					)
				),
			'stream-error InternalError: Boom'
		],
		[
			'an exception named as an event',
			() => message(start, encodeEvent('validationException', { message: 'No' })),
			'stream-error validationException: No'
		],
		[
			'an unknown event, a heartbeat',
			() => message(start, encodeEvent('brandNew', {}), encodeWords({}, ''), messageStop),
			finished
		],
		[
			'a broken payload',
			() => message(start, encodeWords({ 'event-type': 'messageStop' }, '{'), messageStop),
			'not-an-answer 200: {'
		],
		[
			'an end whose reason is no word',
			() => message(encodeWords({ 'event-type': 'messageStop' }, '{"stopReason":{"toString":1}}')),
			'cut-short'
		],
		[
			'bytes of something else',
			() => message(new TextEncoder().encode('<html>')),
			'bad-frame not-a-stream'
		],
		[
			'a stream as SSE',
			() => respond(['event: messageStop\ndata: {"stopReason":"end_turn"}\n\n'], types.sse),
			finished
		],
		['a body', () => respondJson(converseBody), finished],
		[
			'a body without an end',
			() => respondJson({ output: {} }),
			'not-an-answer 200: {"output":{}}'
		],
		['a body cut off', () => respond(['{"output":'], types.json), 'not-an-answer 200: {"output":'],
		['no body', () => new Response(null, { status: 204 }), 'not-an-answer 204: '],
		['HTML', () => respond(['<h1>Hi</h1>'], 'text/html'), 'not-an-answer 200: <h1>Hi</h1>'],
		[
			'an unknown operation',
			() => respondJson({ Output: { __type: 'c#UnknownOperationException' }, Version: '1.0' }),
			'error-in-200 UnknownOperationException: '
		],
		[
			'an unknown operation in XML',
			() => respond(['<UnknownOperationException/>'], 'text/xml'),
			'error-in-200 UnknownOperationException: '
		],
		['an error in a 200', () => respondJson({ error: { message: 'No' } }), 'error-in-200 -: No'],
		['403', () => respondJson({ Message: 'Expired' }, 403), 'http-error -: Expired'],
		[
			'502 of a proxy',
			() => respond(['<title>Bad</title>'], 'text/html', { status: 502 }),
			'http-error -: Bad'
		],
		['an error without a body', () => new Response(null, { status: 503 }), 'http-error -: '],
		[
			'an error that calls itself a stream',
			() => respond(['{"message":"No"}'], types.messages, { status: 400 }),
			'http-error -: No'
		],
		['a redirect', opaqueRedirect, 'unreachable redirect'],
		[
			'a redirect outside a browser',
			() => Response.redirect('https://example.com/'),
			'unreachable redirect'
		]
	])('%s', async (_, response, outcome) => {
		const run = await answerWith(response());
		expect(sayOutcome(run.outcome)).toBe(outcome);
	});

	it.each<[string, Uint8Array[], string, string]>([
		['between frames', [start, hi], types.messages, 'cut-short'],
		['inside a frame', [start, hi.subarray(0, 20)], types.messages, 'cut-short inside a frame'],
		['inside a body', [new TextEncoder().encode('{"outp')], types.json, 'cut-short inside a frame'],
		['before a body', [], types.json, 'cut-short']
	])('is cut short when the network breaks %s', async (_, chunks, type, outcome) => {
		const run = await answerWith(respond(chunks, type, { then: 'break' }));
		expect(sayOutcome(run.outcome)).toBe(outcome);
	});

	it('keeps what there is of an error when the network breaks in it', async () => {
		const response = respond(['Service Unav'], 'text/plain', { status: 503, then: 'break' });
		expect(sayOutcome((await answerWith(response)).outcome)).toBe('http-error -: Service Unav');
	});
});

describe('the outcome of the OpenAI APIs', () => {
	const reason = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
	const hello = 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n';
	it.each<[string, ApiId, string[], string]>([
		['a whole stream', 'chat-completions', chatEvents, 'finished stop'],
		['no [DONE]', 'chat-completions', [hello, reason], 'finished stop'],
		['[DONE] alone', 'chat-completions', [hello, 'data: [DONE]\n\n'], 'cut-short'],
		['no reason', 'chat-completions', [hello], 'cut-short'],
		['a cut event', 'chat-completions', [hello, reason.slice(0, -1)], 'cut-short inside a frame'],
		['keep-alives', 'chat-completions', [': ping\n\n', 'data:\n\n', reason], 'finished stop'],
		[
			'an error envelope',
			'chat-completions',
			[hello, 'data: {"error":{"message":"Too many","code":"429"}}\n\n'],
			'stream-error 429: Too many'
		],
		[
			'an error after the reason',
			'chat-completions',
			[reason, 'data: {"error":"late"}\n\n'],
			'finished stop'
		],
		[
			'an event named error',
			'responses',
			['event: error\ndata: {"type":"error","code":"server_error","message":"No"}\n\n'],
			'stream-error server_error: No'
		],
		[
			'an error event in words',
			'responses',
			['event: error\ndata: overloaded\n\n'],
			'stream-error -: overloaded'
		],
		[
			'broken JSON',
			'chat-completions',
			[hello, 'data: {"choices":\n\n', reason],
			'not-an-answer 200: {"choices":'
		],
		[
			'response.completed',
			'responses',
			['event: response.completed\ndata: {"type":"response.completed","response":{"id":"r"}}\n\n'],
			'finished completed'
		],
		[
			'response.failed',
			'responses',
			[
				'data: {"type":"response.failed","response":{"error":{"code":"server_error","message":"No"}}}\n\n'
			],
			'stream-error server_error: No'
		]
	])('%s', async (_, api, chunks, outcome) => {
		const run = await answerWith(respond(chunks, types.sse), { api: apis[api] });
		expect(sayOutcome(run.outcome)).toBe(outcome);
	});

	it('tells the id and usage of a response that failed', async () => {
		const failed = {
			id: 'resp_1',
			status: 'failed',
			error: { code: 'server_error', message: 'No' },
			usage: { input_tokens: 5 },
			output: []
		};
		expect(await answerWith(respondJson(failed), { api: apis.responses })).toMatchObject({
			outcome: { end: 'error-in-200', error: { code: 'server_error', message: 'No' } },
			responseId: 'resp_1',
			usage: { input: 5 }
		});
	});
});
