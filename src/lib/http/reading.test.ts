import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import { citationsOf } from '../model/citations.ts';
import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { Answer } from '../model/run.ts';
import {
	answerWith,
	encodeEvent,
	join,
	messages,
	respond,
	respondJson,
	sayOutcome,
	types
} from './test-kit.ts';

function sse(...events: Json[]): Response {
	return respond(
		events.map((event) => `data: ${JSON.stringify(event)}\n\n`),
		types.sse
	);
}

function read(api: ApiId, response: Response): Promise<Answer> {
	return answerWith(response, { api: apis[api] });
}

const chat = 'chat-completions';
const chunk = (content: Json, rest: object = {}): Json => {
	return { choices: [{ index: 0, delta: { content }, ...rest }] };
};
const textDelta = (delta: string): Json => {
	return { type: 'response.output_text.delta', output_index: 0, content_index: 0, delta };
};
const message = (text: string): Json => {
	return { type: 'message', content: [{ type: 'output_text', text }] };
};

describe('a placeholder is not a value', () => {
	it.each<[string, ApiId, () => Response, string]>([
		['an empty reason', chat, () => sse(chunk('Hi', { finish_reason: '' })), 'cut-short'],
		[
			'an empty stopReason',
			'converse',
			() => respond([messages.hi, encodeEvent('messageStop', { stopReason: '' })], types.messages),
			'cut-short'
		],
		[
			'no stopReason',
			'converse',
			() => respond([messages.hi, encodeEvent('messageStop', {})], types.messages),
			'cut-short'
		],
		[
			'an empty error',
			chat,
			() => sse({ error: {}, ...(chunk('Hi', { finish_reason: 'stop' }) as object) }),
			'finished stop'
		],
		[
			'an error of null',
			chat,
			() => sse({ error: null, ...(chunk('Hi', { finish_reason: 'stop' }) as object) }),
			'finished stop'
		],
		[
			'an empty status',
			'responses',
			() => sse({ type: 'response.completed', response: { status: '' } }),
			'finished completed'
		]
	])('%s', async (_, api, response, outcome) => {
		expect(sayOutcome((await read(api, response())).outcome)).toBe(outcome);
	});

	it('in an id, a model and usage leaves what was known', async () => {
		const known = { id: 'c1', model: 'm', usage: { prompt_tokens: 1, completion_tokens: 2 } };
		const empty = { id: '', model: '', usage: {}, choices: [] };
		const { responseId, model, usage } = await read(chat, sse({ ...known, choices: [] }, empty));
		expect({ responseId, model, raw: usage?.raw }).toEqual({
			responseId: 'c1',
			model: 'm',
			raw: known.usage
		});
	});
});

describe('the status in the body', () => {
	const failed = { status: 'failed', error: { code: 'server_error', message: 'It broke.' } };
	const ended = (name: string, response: Json): Json => ({ type: `response.${name}`, response });
	it.each<[string, () => Response, string]>([
		[
			'completed, incomplete inside',
			() =>
				sse(
					ended('completed', {
						status: 'incomplete',
						incomplete_details: { reason: 'max_output_tokens' }
					})
				),
			'finished max_output_tokens'
		],
		[
			'completed, failed inside',
			() => sse(ended('completed', failed)),
			'stream-error server_error: It broke.'
		],
		[
			'incomplete, completed inside',
			() => sse(ended('incomplete', { status: 'completed' })),
			'finished completed'
		],
		[
			'a whole queued',
			() => respondJson({ id: 'r', status: 'queued', output: [] }),
			'unfinished queued'
		],
		[
			'a whole in_progress',
			() => respondJson({ id: 'r', status: 'in_progress', output: [] }),
			'unfinished in_progress'
		],
		[
			'a whole cancelled',
			() => respondJson({ id: 'r', status: 'cancelled', output: [] }),
			'unfinished cancelled'
		],
		['a whole failed', () => respondJson(failed), 'error-in-200 server_error: It broke.']
	])('beats the name of the event: %s', async (_, response, outcome) => {
		expect(sayOutcome((await read('responses', response())).outcome)).toBe(outcome);
	});
});

describe('an error is found', () => {
	const error = { message: 'No', code: 'overloaded' };
	it.each<[string, () => Response, string]>([
		[
			'at the top, beside a text',
			() => sse({ ...(chunk('Hi') as object), error }),
			'stream-error overloaded: No'
		],
		['in a choice', () => sse(chunk('Hi', { error })), 'stream-error overloaded: No'],
		['in a choice, as words', () => sse(chunk('Hi', { error: 'No' })), 'stream-error -: No'],
		[
			'beside its reason',
			() => sse({ ...(chunk('Hi', { finish_reason: 'error' }) as object), error }),
			'stream-error overloaded: No'
		],
		['in its reason alone', () => sse(chunk('Hi', { finish_reason: 'error' })), 'stream-error -: '],
		['as words at the top', () => sse(chunk('Hi'), { error: 'No' }), 'stream-error -: No'],
		['as the last event', () => sse(chunk('Hi'), { error }), 'stream-error overloaded: No']
	])('%s', async (_, response, outcome) => {
		const answer = await read(chat, response());
		expect(sayOutcome(answer.outcome)).toBe(outcome);
		expect(answer.parts).toEqual([{ type: 'text', text: 'Hi' }]);
	});
});

describe('what was asked for decides the framing', () => {
	const stream = join([messages.hi, messages.messageStop]);
	const events = `data: ${JSON.stringify(chunk('Hi', { finish_reason: 'stop' }))}\n\n`;
	const body = JSON.stringify({ choices: [{ message: { content: 'Hi' }, finish_reason: 'stop' }] });
	it.each(['', 'text/plain', 'application/octet-stream', 'binary/octet-stream'])(
		'where the type is %j',
		async (type) => {
			const ends = [
				await read('converse', respond([stream], type)),
				await read(chat, respond([events], type)),
				await read(chat, respond([body], type)),
				await read(chat, respond([`: ping\n\n${events}`], type))
			];
			expect(ends.map(({ outcome }) => sayOutcome(outcome))).toEqual([
				'finished end_turn',
				'finished stop',
				'finished stop',
				'finished stop'
			]);
		}
	);

	it.each(['data: [DONE]', 'data: [DONE]\n', 'data: [DONE]\r\n'])(
		'%j ends a stream without a blank line',
		async (done) => {
			const { outcome } = await read(chat, respond([events, done], types.sse));
			expect(sayOutcome(outcome)).toBe('finished stop');
		}
	);
});

describe('a text that comes once', () => {
	const completed = {
		type: 'response.completed',
		response: { id: 'r', status: 'completed', output: [message('Hi')] }
	};
	it.each<[string, Json[]]>([
		['at the end of all', [completed]],
		['at the end of all, after its deltas', [textDelta('H'), textDelta('i'), completed]],
		['at the end of all, after a part of it', [textDelta('H'), completed]],
		[
			'at the end of its item',
			[{ type: 'response.output_item.done', output_index: 0, item: message('Hi') }]
		],
		[
			'at the end of its text',
			[{ type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'Hi' }]
		],
		[
			'in output_text alone',
			[{ type: 'response.completed', response: { output_text: 'Hi', output: [] } }]
		]
	])('%s', async (_, events) => {
		const { parts } = await read('responses', sse(...events));
		expect(parts).toEqual([{ type: 'text', text: 'Hi' }]);
	});

	it('has an id to be continued', async () => {
		expect((await read('responses', sse(completed))).responseId).toBe('r');
	});
});

describe('several choices', () => {
	const choice = (index: number, content: string, reason: string | null = null): Json => {
		return { choices: [{ index, delta: { content }, finish_reason: reason }] };
	};
	it('are told by index, each with its own end', async () => {
		const answer = await read(
			chat,
			sse(choice(1, 'b', 'length'), choice(0, 'a'), choice(0, 'A', 'stop'))
		);
		expect(answer).toMatchObject({ parts: [{ text: 'aA' }], outcome: { reason: 'stop' } });
		expect(answer.others).toEqual([
			{ index: 1, parts: [{ type: 'text', text: 'b' }], reason: 'length' }
		]);
		const whole = [1, 0].map((index) => ({
			index,
			message: { content: `${index}` },
			finish_reason: 'stop'
		}));
		expect(await read(chat, respondJson({ choices: whole }))).toMatchObject({
			parts: [{ text: '0' }],
			others: [{ index: 1, parts: [{ text: '1' }] }]
		});
	});

	it('do not end for each other', async () => {
		const { outcome } = await read(chat, sse(choice(0, 'a'), choice(1, 'b', 'stop')));
		expect(sayOutcome(outcome)).toBe('cut-short');
	});
});

describe('citations', () => {
	const url = 'https://a.example/';
	const cited = { title: 'A', location: { web: { url } }, sourceContent: [{ text: 'said' }] };
	const content = [{ citationsContent: { content: [{ text: 'Hi' }], citations: [cited] } }];
	const annotation = { type: 'url_citation', url, title: 'A' };
	it.each<[string, ApiId, () => Response, object]>([
		[
			'Converse',
			'converse',
			() => respondJson({ output: { message: { content } }, stopReason: 'end_turn' }),
			{ title: 'A', url, text: 'said' }
		],
		[
			'a Converse stream',
			'converse',
			() =>
				respond(
					[
						messages.hi,
						encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { citation: cited } }),
						messages.messageStop
					],
					types.messages
				),
			{ title: 'A', url, text: 'said' }
		],
		[
			'Chat',
			chat,
			() =>
				sse(chunk('Hi', {}), {
					choices: [
						{
							index: 0,
							delta: { annotations: [{ type: 'url_citation', url_citation: { url, title: 'A' } }] },
							finish_reason: 'stop'
						}
					]
				}),
			{ title: 'A', url }
		],
		[
			'Responses',
			'responses',
			() =>
				sse(textDelta('Hi'), {
					type: 'response.output_text.annotation.added',
					output_index: 0,
					content_index: 0,
					annotation
				}),
			{ title: 'A', url }
		]
	])('of %s stand beside the words', async (_, api, response, citation) => {
		const { parts } = await read(api, response());
		expect(parts).toMatchObject([{ type: 'text', text: 'Hi' }]);
		expect(parts.flatMap(citationsOf)).toEqual([citation]);
	});
});

describe('numbers', () => {
	it('of tool input, usage and details keep their digits', async () => {
		const input = '{"id":9007199254740993,"x":1.0,"y":1e400,"z":-0}';
		const toolUse = `{"toolUse":{"toolUseId":"t","name":"n","input":${input}}}`;
		const body = `{"output":{"message":{"content":[${toolUse},{"odd":{"big":12345678901234567890}}]}},"stopReason":"tool_use","trace":{"score":0.50}}`;
		const { parts, details } = await read('converse', respond([body], types.json));
		expect(parts[0]).toEqual({ type: 'tool-call', id: 't', name: 'n', input });
		expect(parts[1]).toMatchObject({
			value: { odd: { big: { $number: '12345678901234567890' } } }
		});
		expect(details).toEqual({ trace: { score: { $number: '0.50' } } });
	});

	it('of usage are counted however they are written', async () => {
		const body = '{"stopReason":"x","usage":{"inputTokens":1.0,"outputTokens":2e1}}';
		expect((await read('converse', respond([body], types.json))).usage).toMatchObject({
			input: 1,
			output: 20
		});
	});

	it('and nests that are too deep to walk are kept', async () => {
		const deep = '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000);
		const body = `{"stopReason":"x","trace":${deep}}`;
		const { details, outcome } = await read('converse', respond([body], types.json));
		expect(sayOutcome(outcome)).toBe('finished x');
		expect(JSON.stringify(details).length).toBeGreaterThan(deep.length);
	});
});

describe('details', () => {
	const trace = { guardrail: { action: 'masked' } };
	it.each<[string, ApiId, () => Response, object]>([
		[
			'Converse',
			'converse',
			() =>
				respondJson({
					output: {},
					stopReason: 'x',
					trace,
					serviceTier: { type: 'flex' },
					performanceConfig: { latency: 'optimized' },
					metrics: { latencyMs: 5 },
					additionalModelResponseFields: { a: 1 }
				}),
			{
				trace,
				serviceTier: { type: 'flex' },
				performanceConfig: { latency: 'optimized' },
				metrics: { latencyMs: 5 },
				additionalModelResponseFields: { a: 1 }
			}
		],
		[
			'a Converse stream',
			'converse',
			() =>
				respond(
					[
						encodeEvent('messageStop', {
							stopReason: 'x',
							additionalModelResponseFields: { a: 1 }
						}),
						encodeEvent('metadata', { trace, p: 'abc' })
					],
					types.messages
				),
			{ trace, additionalModelResponseFields: { a: 1 } }
		],
		[
			'Chat',
			chat,
			() =>
				sse(
					{
						service_tier: 'flex',
						system_fingerprint: 'f',
						'amazon-bedrock-trace': trace,
						choices: [{ delta: { function_call: { name: 'n', arguments: '{' } } }]
					},
					{
						service_tier: 'flex',
						choices: [
							{ delta: { function_call: { arguments: '}' } }, finish_reason: 'function_call' }
						]
					}
				),
			{
				service_tier: 'flex',
				system_fingerprint: 'f',
				trace,
				function_call: { name: 'n', arguments: '{}' }
			}
		],
		[
			'Responses',
			'responses',
			() =>
				respondJson({
					status: 'completed',
					service_tier: 'flex',
					output: [{ ...(message('Hi') as object), phase: 'final' }]
				}),
			// A message's `phase` stays with the message, and goes back with it.
			{ service_tier: 'flex' }
		]
	])('of %s are kept by their own names', async (_, api, response, details) => {
		expect((await read(api, response())).details).toEqual(details);
	});
});

describe('after the end', () => {
	const end = chunk('Hi', { finish_reason: 'stop' });
	it.each<[string, Json[], string[]]>([
		['a text', [end, chunk('more')], ['after-end']],
		['a second end', [end, chunk('', { finish_reason: 'length' })], ['second-end']],
		['an error', [end, { error: 'late' }], ['error-after-end']],
		['usage', [end, { choices: [], usage: { prompt_tokens: 1 } }], []]
	])('%s is noted, and the answer stays finished', async (_, events, notes) => {
		const answer = await read(chat, sse(...events));
		expect(sayOutcome(answer.outcome)).toBe('finished stop');
		expect(answer.notes ?? []).toEqual(notes);
	});
});
