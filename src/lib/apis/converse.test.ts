import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../model/draft.ts';
import { newMessage } from '../model/draft.ts';
import { Fold } from '../model/fold.ts';
import type { Json } from '../model/json.ts';
import type { Target } from '../model/request.ts';
import { ReadError } from './api.ts';
import type { Loss } from './api.ts';
import { converse } from './converse.ts';

const runtime: Target = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-west-2.amazonaws.com'
};
const sonnet = 'us.anthropic.claude-sonnet-5';

function newDraft(fields: Partial<Draft> = {}): Draft {
	return { model: sonnet, messages: [newMessage('user', 'Hello')], params: {}, ...fields };
}

function newAnswer(model: string, ...parts: Part[]): Message {
	return { id: 'a', role: 'assistant', parts, from: { run: 'r', model } };
}

function build(draft: Draft): { body: unknown; losses: Loss[] } {
	const { request, losses } = converse.build(draft, runtime);
	return { body: JSON.parse(request.body ?? '') as Json, losses };
}

const hello = { role: 'user', content: [{ text: 'Hello' }] };

describe('a Converse request', () => {
	it('holds nothing that nobody set', () => {
		expect(converse.build(newDraft(), runtime)).toEqual({
			request: {
				method: 'POST',
				url: `${runtime.base}/model/${sonnet}/converse`,
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ messages: [hello] }, null, 2)
			},
			losses: []
		});
		expect(build({ model: '', messages: [], params: {} }).body).toEqual({});
	});

	it('asks for an event stream only when the draft streams', () => {
		const { request } = converse.build(newDraft({ stream: true }), runtime);
		expect(request.url).toMatch(/\/converse-stream$/);
		expect(request.headers.Accept).toBe('application/vnd.amazon.eventstream');
		expect(converse.build(newDraft({ stream: false }), runtime).request.url).toMatch(/\/converse$/);
	});

	it.each([
		[
			'arn:aws:bedrock:us-west-2:1:application-inference-profile/a',
			'application-inference-profile%2Fa'
		],
		['a b?#', 'a%20b%3F%23'],
		['../../x', '..%2F..%2Fx'],
		['\ud800', '%EF%BF%BD']
	])('keeps the model %j in one segment of the path', (model, end) => {
		const { request } = converse.build(newDraft({ model }), runtime);
		expect(request.url.endsWith(`${end}/converse`)).toBe(true);
		expect(new URL(request.url).pathname.split('/')).toHaveLength(4);
	});

	it('puts each parameter in its place', () => {
		const params = { temperature: 0, topP: 1, maxTokens: 5, stopSequences: ['a'] };
		expect(build(newDraft({ params })).body).toEqual({
			messages: [hello],
			inferenceConfig: params
		});
	});

	it('sends a guardrail in the body', () => {
		const guardrail = { id: 'g', version: '1', trace: 'enabled' };
		expect(build(newDraft({ guardrail })).body).toEqual({
			messages: [hello],
			guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' }
		});
	});

	it('never holds a local id or where an answer came from', () => {
		const answer = newAnswer(sonnet, { type: 'text', text: 'Hi' });
		const { request } = converse.build(
			newDraft({ messages: [newMessage('user', 'x'), answer] }),
			runtime
		);
		expect(request.body).not.toMatch(/"(id|from|run|as|extra)"/);
	});

	it.each<[string, Partial<Draft>, Loss[]]>([
		['a chain', { chain: { responseId: 'r', covers: 1 } }, [{ code: 'chain' }]],
		['a parameter of another API', { params: { store: true } }, [{ code: 'param', name: 'store' }]],
		[
			'a field of another API',
			{ extra: { responses: { truncation: 'auto' } } },
			[{ code: 'extra', api: 'responses' }]
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
			'a role it has not',
			{ messages: [newMessage('tool', '1')] },
			[{ code: 'role', role: 'tool' }]
		],
		[
			'arguments that are not JSON',
			{ messages: [newAnswer(sonnet, { type: 'tool-call', id: 't', name: 'n', input: '{"cut' })] },
			[{ code: 'part', type: 'tool-call' }]
		],
		[
			'a verbatim field that a word has replaced',
			{ params: { maxTokens: 5 }, extra: { converse: { inferenceConfig: 'x' } } },
			[{ code: 'extra', api: 'converse' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(build(newDraft(fields)).losses).toEqual(losses);
	});

	it('does not send a message of which nothing is left', () => {
		const messages = [
			newMessage('user', 'Hello'),
			newAnswer('x.y', { type: 'reasoning', text: 'Hm' })
		];
		expect(build(newDraft({ messages })).body).toEqual({ messages: [hello] });
	});
});

describe('reasoning on its way back', () => {
	const signed: Part = { type: 'reasoning', text: 'Hm', signature: 's' };
	const block = { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } };
	const redacted: Part = { type: 'reasoning', text: '', redacted: 'r' };

	it.each<[string, Message, unknown[]]>([
		['signed, to its own family', newAnswer('anthropic.claude-opus-5', signed), [block]],
		[
			'redacted, to its own family',
			newAnswer(sonnet, redacted),
			[{ reasoningContent: { redactedContent: 'r' } }]
		],
		['signed by another family', newAnswer('openai.gpt-oss-120b-1:0', signed), []],
		['not signed', newAnswer(sonnet, { type: 'reasoning', text: 'Hm' }), []],
		[
			'encrypted by another API',
			{ id: '', role: 'assistant', parts: [{ type: 'reasoning', text: '', encrypted: 'e' }] },
			[]
		],
		['signed, out of an import', { id: '', role: 'assistant', parts: [signed] }, [block]]
	])('%s', (_, { parts, ...message }, sent) => {
		const text: Part = { type: 'text', text: 'Hi' };
		const { body, losses } = build(
			newDraft({ messages: [{ ...message, parts: [...parts, text] }] })
		);
		expect(body).toEqual({ messages: [{ role: 'assistant', content: [...sent, { text: 'Hi' }] }] });
		expect(losses).toEqual([]);
	});
});

describe('reading what is no Converse request', () => {
	const url = `${runtime.base}/model/m/converse`;
	it.each([
		[{ url: `${runtime.base}/model/m/invoke`, body: '{}' }, 'wrong-path'],
		[{ url: 'no address', body: '{}' }, 'wrong-path'],
		[{ url: `${runtime.base}/model/%FF/converse`, body: '{}' }, 'wrong-path'],
		[{ url }, 'no-body'],
		[{ url, body: '[]' }, 'body-not-object'],
		[{ url, body: `{"a":${'['.repeat(9999)}${']'.repeat(9999)}}` }, 'too-deep']
	])('says so: %#', (request, code) => {
		const read = (): Draft => converse.read({ method: 'POST', headers: {}, ...request });
		expect(read).toThrow(ReadError);
		expect(read).toThrow(code);
	});
});

describe('a Converse stream', () => {
	it('folds into reasoning, text, a tool call, a reason and usage', () => {
		const frames: [string, unknown][] = [
			['messageStart', { role: 'assistant', p: 'abc' }],
			['contentBlockDelta', { contentBlockIndex: 0, delta: { reasoningContent: { text: 'Hm' } } }],
			[
				'contentBlockDelta',
				{ contentBlockIndex: 0, delta: { reasoningContent: { signature: 's1' } } }
			],
			[
				'contentBlockDelta',
				{ contentBlockIndex: 0, delta: { reasoningContent: { signature: 's2' } } }
			],
			['contentBlockStop', { contentBlockIndex: 0 }],
			['contentBlockDelta', { contentBlockIndex: 1, delta: { text: 'Hi' } }],
			[
				'contentBlockStart',
				{ contentBlockIndex: 2, start: { toolUse: { toolUseId: 't', name: 'n' } } }
			],
			['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: '{"a"' } } }],
			['contentBlockDelta', { contentBlockIndex: 2, delta: { toolUse: { input: ':1}' } } }],
			['somethingNew', { contentBlockIndex: 3 }],
			['messageStop', { stopReason: 'tool_use' }],
			[
				'metadata',
				{
					usage: { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3 },
					trace: { guardrail: {} }
				}
			]
		];
		const fold = new Fold();
		for (const [event, data] of frames) {
			for (const one of converse.parseEvent(event, data)) fold.add(one, 0);
		}
		expect(fold.parts).toEqual([
			{ type: 'reasoning', text: 'Hm', signature: 's1s2' },
			{ type: 'text', text: 'Hi' },
			{ type: 'tool-call', id: 't', name: 'n', input: '{"a":1}' }
		]);
		expect(fold.reason).toBe('tool_use');
		expect(fold.usage).toMatchObject({ input: 1, output: 2, cacheRead: 3 });
		expect(fold.trace).toEqual({ guardrail: {} });
	});

	it('keeps a block it has no word for', () => {
		const image = { image: { format: 'png', source: { bytes: '' } } };
		expect(converse.parseBody({ output: { message: { content: [image] } } })).toEqual([
			{ type: 'part', block: '0', part: { type: 'opaque', api: 'converse', value: image } }
		]);
	});

	it.each([
		null,
		5,
		'x',
		[],
		{},
		{ delta: null },
		{ delta: 5 },
		{ start: null },
		{ output: 5 },
		{ usage: [] }
	])('takes %j for nothing', (data) => {
		for (const event of ['contentBlockStart', 'contentBlockDelta', 'metadata', '']) {
			expect(converse.parseEvent(event, data)).toEqual([]);
		}
		expect(converse.parseBody(data)).toEqual([]);
	});
});
