import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import type { ApiId, Message } from '../model/draft.ts';
import { checkRecord } from '../model/record.ts';
import { turnKind } from '../model/turn-schema.ts';
import type { Target } from '../model/request.ts';
import { stringifyJson } from '../model/json-text.ts';
import type { Json } from '../model/json.ts';
import type { Answer } from '../model/run.ts';
import { readExchange } from './read-answer.ts';
import { encodeWords, join } from './test-kit.ts';

/** As a service may write them: JavaScript would write each otherwise. */
const digits = '{"big":12345678901234567890,"one":1.0,"$number":"1.0"}';

const target: Target = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-west-2.amazonaws.com'
};

function readText(api: ApiId, contentType: string, bytes: Uint8Array<ArrayBuffer>): Answer {
	return readExchange(apis[api], {
		request: { method: 'POST', url: target.base, headers: {}, body: '{}' },
		...{ startedAt: 0, status: 200, headers: { 'content-type': contentType } },
		...{ chunks: [{ t: 1, bytes }], end: 'whole', times: { headers: 0, end: 2 } }
	});
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const whole = (api: ApiId, text: string) => readText(api, 'application/json', utf8(text));
const sse = (api: ApiId, ...data: string[]) =>
	readText(api, 'text/event-stream', utf8(data.map((one) => `data: ${one}\n\n`).join('')));

function frames(all: [event: string, payload: string][]): Uint8Array<ArrayBuffer> {
	const words = (event: string) => ({ 'message-type': 'event', 'event-type': event });
	return join(all.map(([event, payload]) => encodeWords(words(event), payload)));
}

/** The answer as it is stored, opened again and sent back after a result of its tool: the text of the body. */
function sendBack(api: ApiId, { parts }: Answer): string {
	const message: Message = { id: 'a', role: 'assistant', parts, from: { run: 'r', model: 'm' } };
	const turn = { v: 2 as const, id: 'a', conversation: 'c', at: 0, message };
	const stored = structuredClone(checkRecord(turnKind, turn)).message ?? message;
	const result: Message = {
		...{ id: 'b', role: 'tool' },
		parts: [{ type: 'tool-result', id: 't', parts: [{ type: 'text', text: '1' }] }]
	};
	const hi: Message = { id: 'h', role: 'user', parts: [{ type: 'text', text: 'Hi' }] };
	const draft = { model: 'm', messages: [hi, stored, result], params: {} };
	return apis[api].build(draft, target).request.body ?? '';
}

const flat = (body: string) => body.replace(/\s+/g, '');

const escaped = JSON.stringify(digits).slice(1, -1);
const end = { converse: '"stopReason":"tool_use"', chat: '"finish_reason":"tool_calls"' };
const call = `{"toolUse":{"toolUseId":"t","name":"n","input":${digits}}}`;
const chatCall = `{"index":0,"id":"t","type":"function","function":{"name":"n","arguments":"${escaped}"},"signature":${digits}}`;
const items = `[{"type":"web_search_call","id":"w","found":${digits}},{"type":"function_call","call_id":"t","name":"n","arguments":"${escaped}","rank":${digits}}]`;

describe('a number in an answer is stored, shown and sent back with its digits', () => {
	it.each<[string, ApiId, Answer, number]>([
		[
			'Converse, whole',
			'converse',
			whole(
				'converse',
				`{"output":{"message":{"role":"assistant","content":[{"video":{"n":${digits}}},{"text":"Hi","mark":${digits}},${call}]}},${end.converse},"additionalModelResponseFields":${digits}}`
			),
			3
		],
		[
			'Converse, streamed',
			'converse',
			readText(
				'converse',
				'application/vnd.amazon.eventstream',
				frames([
					['messageStart', '{"role":"assistant"}'],
					['contentBlockStart', `{"contentBlockIndex":0,"start":{"video":{"n":${digits}}}}`],
					[
						'contentBlockStart',
						'{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t","name":"n"}}}'
					],
					[
						'contentBlockDelta',
						`{"contentBlockIndex":1,"delta":{"toolUse":{"input":"${escaped}"}}}`
					],
					['messageStop', `{${end.converse},"additionalModelResponseFields":${digits}}`]
				])
			),
			2
		],
		[
			'Chat Completions, whole',
			'chat-completions',
			whole(
				'chat-completions',
				`{"choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"x","n":${digits}}],"tool_calls":[${chatCall}]},${end.chat}}],"x":${digits}}`
			),
			3
		],
		[
			'Chat Completions, streamed',
			'chat-completions',
			sse(
				'chat-completions',
				`{"choices":[{"index":0,"delta":{"tool_calls":[${chatCall}]}}],"x":${digits}}`,
				`{"choices":[{"index":0,"delta":{},${end.chat}}]}`
			),
			2
		],
		[
			'Responses, whole',
			'responses',
			whole('responses', `{"id":"r","status":"completed","output":${items},"x":${digits}}`),
			3
		],
		[
			'Responses, streamed',
			'responses',
			sse(
				'responses',
				`{"type":"response.completed","response":{"id":"r","status":"completed","output":${items},"x":${digits}}}`
			),
			3
		]
	])('on %s', (_, api, answer, places) => {
		expect(answer.outcome.end).toBe('finished');
		expect(stringifyJson((answer.details ?? null) as Json)).toContain(digits);
		// Arguments that are a text on the wire stand in it with their quotes escaped.
		const body = flat(sendBack(api, answer)).replaceAll('\\"', '"');
		expect(body.split(digits)).toHaveLength(places + 1);
	});
});
