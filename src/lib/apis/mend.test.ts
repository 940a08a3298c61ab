import { describe, expect, it } from 'vitest';
import type { ApiId, Draft, Message, Part } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import { newSimulator } from '../simulator/simulator.ts';
import type { Built, MendCode } from './api.ts';
import { apis } from './index.ts';
import { mantle, newDraft } from './test-kit.ts';

const text = (words: string): Part => ({ type: 'text', text: words });
const call = (id: string, input = '{}'): Part => ({ type: 'tool-call', id, name: 'n', input });
const thought: Part = { type: 'reasoning', text: 'Hm' };
const sealed: Part = { ...thought, signature: 's', encrypted: 'e' };

/** A conversation of the page's own: user and answer by turns unless said otherwise, with the ids m0, m1 … */
function converse(...turns: (Part[] | [Message['role'], Part[]])[]): Message[] {
	return turns.map((turn, i): Message => {
		const isNamed = typeof turn[0] === 'string';
		const role = isNamed ? (turn[0] as Message['role']) : i % 2 === 0 ? 'user' : 'assistant';
		return { id: `m${i}`, role, parts: (isNamed ? turn[1] : turn) as Part[] };
	});
}

function build(api: ApiId, fields: Partial<Draft>): Built {
	return apis[api].build(newDraft(fields), mantle);
}

/** What is sent, in short: `user: Hi | assistant: (call t1)`. */
function sentBy({ request }: Built): string {
	const body = JSON.parse(request.body ?? '') as { messages?: Json[]; input?: Json[] };
	const items = (body.messages ?? body.input ?? []) as Record<string, Json>[];
	return items.map((item) => [item.role ?? item.type, shorten(item)].join(': ')).join(' | ');
}

function shorten(item: Record<string, Json>): string {
	const pieces: string[] = [];
	JSON.stringify(item, (key, value: Json) => {
		if (key === 'text' || key === 'content' || key === 'toolUseId' || key === 'call_id') {
			if (typeof value === 'string') pieces.push(value);
		}
		if (key === 'tool_calls') pieces.push(...(value as { id: string }[]).map(({ id }) => id));
		return value;
	});
	return pieces.join(' + ');
}

const codesOf = ({ mends }: Built): string =>
	mends.map((one) => `${one.code} ${one.message}`).join();

/** What a request says of the arguments of its one call: as JSON text on the OpenAI APIs. */
function inputIn({ request }: Built): Json | undefined {
	let found: Json | undefined;
	JSON.parse(request.body ?? '', (key, value: Json) => {
		if (key === 'arguments') found = JSON.parse(value as string) as Json;
		if (key === 'input' && !Array.isArray(value)) found = value;
		return value;
	});
	return found;
}

const ids = Object.keys(apis) as ApiId[];
const hi = [text('Hi')];
const hello = [text('Hello')];
const more = [text('More')];

describe.each(ids)('the page’s own transcript on %s', (api) => {
	/** Two user messages in a row: only Converse has to join them. */
	const twoUsers = api === 'converse' ? 'user: Hi + More' : 'user: Hi | user: More';
	const joined = api === 'converse' ? ',joined m2' : '';

	it.each<[string, Message[], string, string]>([
		['as it is', converse(hi, hello, more), 'user: Hi | assistant: Hello | user: More', ''],
		['an answer that never came', converse(hi, [], more), twoUsers, `empty-message m1${joined}`],
		['a blank answer', converse(hi, [text(' \n')], more), twoUsers, `empty-message m1${joined}`],
		[
			'an answer stopped while it thought',
			converse(hi, [thought], more),
			twoUsers,
			`empty-message m1${joined}`
		],
		[
			'a blank text beside another',
			converse(hi, [text(''), text('Hello')], more),
			'user: Hi | assistant: Hello | user: More',
			'blank-text m1'
		],
		[
			'a blank message of the user',
			converse(hi, hello, [text('  ')]),
			'user: Hi | assistant: Hello',
			'empty-message m2'
		],
		[
			'a refusal without words',
			converse(hi, [{ type: 'refusal', text: '' }], more),
			twoUsers,
			`empty-message m1${joined}`
		],
		[
			'a call that was cut',
			converse(hi, [text('Hello'), call('t1', '{"ci')], more),
			'user: Hi | assistant: Hello | user: More',
			'cut-call m1'
		],
		[
			'a call without a result',
			converse(hi, [text('Hello'), call('t1')], more),
			'user: Hi | assistant: Hello | user: More',
			'unanswered-call m1'
		],
		[
			'nothing but a call that was cut',
			converse(hi, [call('t1', '{"ci')], more),
			twoUsers,
			`cut-call m1,empty-message m1${joined}`
		],
		[
			'thoughts in an answer that became a message of the user',
			converse(hi, hello, [sealed, { type: 'text', text: 'More', lead: '<think>Hm</think>' }]),
			'user: Hi | assistant: Hello | user: More',
			'misplaced-reasoning m2'
		],
		[
			'white space at the end of an answer to go on with, and nowhere else',
			converse([text('Hi\n')], [text('Hello ')], more, [text('A,'), text(' B \n')]),
			'user: Hi\n | assistant: Hello  | user: More | assistant: A, +  B',
			'trailing-space m3'
		]
	])('%s', (_, messages, sent, mends) => {
		const built = build(api, { messages });
		expect(sentBy(built)).toBe(sent);
		expect(codesOf(built)).toBe(mends);
		const isCut = mends.startsWith('cut-call');
		expect(built.losses).toEqual(isCut ? [{ code: 'cut-call', name: 'n' }] : []);
	});

	it('a call that was cut, with the error that it was answered with: its arguments as text in an object', () => {
		const error: Part = { type: 'tool-result', id: 't1', parts: [text('Not JSON')] };
		const built = build(api, { messages: converse(hi, [call('t1', '{"ci')], ['tool', [error]]) });
		expect(codesOf(built)).toContain('wrapped-input m1');
		expect(built.losses).toEqual([]);
		expect(inputIn(built)).toEqual({ invalid_json: '{"ci' });
	});

	it('keeps a call that has its result, also where that was kept whole', () => {
		const values: Record<ApiId, Json> = {
			converse: { toolResult: { toolUseId: 't1', content: [{ text: 'wet' }] } },
			'chat-completions': { role: 'tool', tool_call_id: 't1', content: 'wet' },
			responses: { type: 'function_call_output', call_id: 't1', output: 'wet' }
		};
		const result: Part[] = [{ type: 'opaque', api, value: values[api] }];
		const messages = converse(hi, [call('t1')], [api === 'converse' ? 'user' : 'opaque', result]);
		const tools: Draft['tools'] = [{ type: 'function', name: 'n', schema: { type: 'object' } }];
		const built = build(api, { messages, tools });
		expect(built.request.body).toContain('wet');
		expect(built.request.body?.match(/t1/g)).toHaveLength(2);
		expect(built.mends).toEqual([]);
	});

	it('leaves out a blank system prompt', () => {
		const system: Message = { id: 's', role: 'system', parts: [text(' ')] };
		const built = build(api, { system });
		expect(built.request.body).toBe(build(api, {}).request.body);
		expect(built.mends).toEqual([{ code: 'blank-system', message: 's' }]);
	});

	it('is sent as it stands where that is wanted', () => {
		const messages = converse(hi, [text('')], more);
		const system: Message = { id: 's', role: 'system', parts: [text(' ')] };
		const built = build(api, { messages, system, mend: false });
		expect(built.mends).toEqual([]);
		const byHand = messages.map((one) => ({ ...one, id: '' }));
		const asTyped = build(api, { messages: byHand, system: { ...system, id: '' } });
		expect(built.request).toEqual(asTyped.request);
	});

	it('is not what somebody wrote by hand: that stays', () => {
		const messages = converse([], [text('')], [text(' ')], [call('t1')], hi, hi);
		const byHand = messages.map((one) => ({ ...one, id: '' }));
		const built = build(api, { messages: byHand });
		expect(built.mends).toEqual([]);
		const body = JSON.parse(built.request.body ?? '') as { messages?: Json[]; input?: Json[] };
		expect(body.messages ?? body.input).toHaveLength(6);
	});

	it('reports once what an empty message has lost', () => {
		const other: ApiId = api === 'converse' ? 'responses' : 'converse';
		const foreign: Part = { type: 'opaque', api: other, value: { image: {} } };
		const built = build(api, { messages: converse(hi, [foreign], more) });
		expect(built.losses).toEqual([{ code: 'part', type: 'opaque' }]);
		expect(codesOf(built)).toBe(`empty-message m1${joined}`);
	});
});

describe('what only some APIs demand', () => {
	it('begins with a user’s message on Converse', () => {
		const messages = converse(['assistant', hello], ['assistant', hello], ['user', hi]);
		const built = build('converse', { messages });
		expect(sentBy(built)).toBe('user: Hi');
		expect(codesOf(built)).toBe('leading-answer m0,leading-answer m1');
		expect(build('responses', { messages }).mends).toEqual([]);
	});

	it('joins answers too, and leaves neighbours apart that somebody wrote', () => {
		const messages = converse(['user', hi], ['assistant', hello], ['assistant', more]);
		expect(sentBy(build('converse', { messages }))).toBe('user: Hi | assistant: Hello + More');
		const [first, second, third] = messages;
		const mixed = [first, second, third && { ...third, id: '' }].flatMap((one) => one ?? []);
		expect(sentBy(build('converse', { messages: mixed }))).toBe(
			'user: Hi | assistant: Hello | assistant: More'
		);
	});

	it.each<[ApiId, MendCode[]]>([
		['converse', ['trailing-reasoning']],
		['chat-completions', []],
		['responses', ['trailing-reasoning']]
	])('ends no answer with reasoning on %s', (api, codes) => {
		const built = build(api, { messages: converse(hi, [text('Hello'), sealed], more) });
		expect(sentBy(built)).toBe('user: Hi | assistant: Hello | user: More');
		expect(built.mends.map(({ code }) => code)).toEqual(codes);
	});

	it('says nothing of messages that the service remembers', () => {
		const messages = converse(hi, [], more, hello, hi);
		const built = build('responses', { messages, chain: { responseId: 'r', after: 'm3' } });
		expect(sentBy(built)).toBe('user: Hi');
		expect(built.mends).toEqual([]);
	});

	const result: Part = { type: 'tool-result', id: 't1', parts: [text('wet')] };
	it.each<[string, Partial<Draft>, string]>([
		[
			'whose call is gone',
			{ messages: converse(hi, hello, ['tool', [result]], hi) },
			'orphan-result m2'
		],
		[
			'whose call the service remembers',
			{
				messages: converse(hi, [call('t1')], ['tool', [result]]),
				chain: { responseId: 'r', after: 'm1' }
			},
			''
		]
	])('looks at a result %s', (_, fields, mends) => {
		expect(codesOf(build('responses', fields)).split(',')[0]).toBe(mends);
	});
});

describe('what Converse demands of a whole request', () => {
	const result: Part = { type: 'tool-result', id: 't1', parts: [text('wet')] };
	const used = converse(hi, [text('Hello'), call('t1')], [result, text('More')]);
	const file = (name: string): Part => {
		return { type: 'document', mime: 'application/pdf', name, source: { base64: 'JVBERi0=' } };
	};
	const files = converse([text('Hi'), file('a.pdf')], hello, [text('More'), file('a.pdf')]);
	const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

	async function answerOf({ request }: Built): Promise<string> {
		const fetch = newSimulator({ requireKey: false, speed: 1000, seed: 1 });
		const { url, method, headers, body = '' } = request;
		const response = await fetch(url, { method, headers: { ...headers }, body });
		return `${response.status} ${await response.text()}`;
	}

	function buildOnRuntime(fields: Partial<Draft>): Built {
		const base = 'https://bedrock-runtime.us-west-2.amazonaws.com';
		return apis.converse.build(newDraft({ model, ...fields }), { endpoint: 'runtime', base });
	}

	it.each<[string, Message[], MendCode[], RegExp]>([
		['the tools of its calls, also after they were taken out', used, ['named-tools'], /toolConfig/],
		['documents of different names', files, ['document-name'], /duplicate document names/]
	])('%s', async (_, messages, codes, refusal) => {
		const mended = buildOnRuntime({ messages });
		expect(mended.mends.map(({ code }) => code)).toEqual(codes);
		expect(mended.losses).toEqual([]);
		expect(await answerOf(mended)).toMatch(/^200 /);
		const standing = buildOnRuntime({ messages, mend: false });
		expect(standing.mends).toEqual([]);
		expect(await answerOf(standing)).toMatch(refusal);
	});

	it('arguments that are JSON and no object, in an object', async () => {
		const messages = converse(hi, [call('t1', '["Lisbon"]')], ['tool', [result]]);
		const built = buildOnRuntime({ messages });
		expect(inputIn(built)).toEqual({ invalid_json: '["Lisbon"]' });
		expect(await answerOf(built)).toMatch(/^200 /);
	});

	it('names a tool that the service ran as one of its own', () => {
		const served: Part = {
			...{ type: 'tool-call', id: 's1', name: 'nova_grounding', input: '{}' },
			extra: { converse: { toolUse: { type: 'server_tool_use' } } }
		};
		const given: Part = {
			...{ type: 'opaque', api: 'converse' },
			value: { toolResult: { toolUseId: 's1', content: [{ text: 'x' }], type: 'server_tool_use' } }
		};
		const { request } = buildOnRuntime({
			messages: converse(hi, [served, given, text('So')], more)
		});
		expect((JSON.parse(request.body ?? '') as Record<string, Json>).toolConfig).toEqual({
			tools: [{ systemTool: { name: 'nova_grounding' } }]
		});
	});

	it('names each tool once, beside what is kept of toolConfig', () => {
		const messages = converse(hi, [call('t1'), call('t2')], [result, { ...result, id: 't2' }]);
		const { request } = buildOnRuntime({ messages, toolChoice: 'auto' });
		expect((JSON.parse(request.body ?? '') as Record<string, Json>).toolConfig).toEqual({
			tools: [{ toolSpec: { name: 'n', inputSchema: { json: { type: 'object' } } } }],
			toolChoice: { auto: {} }
		});
	});

	it('says names as they are where they differ, and inside results too where they do not', () => {
		const inner: Part = { ...result, parts: [file('b.pdf'), file('a.pdf')] };
		const messages = converse([text('Hi'), file('a.pdf')], [call('t1')], [inner]);
		const { request, mends } = buildOnRuntime({ messages });
		const names = Array.from(
			(request.body ?? '').matchAll(/"name": "([ab].*)"/g),
			([, name]) => name
		);
		expect(names).toEqual(['a pdf', 'b pdf', 'a pdf (2)']);
		expect(mends.map(({ code }) => code)).toEqual(['document-name', 'named-tools']);
	});

	it('leaves what somebody wrote as it is', () => {
		const byHand = [...used, ...files].map((one) => ({ ...one, id: '' }));
		const { request, mends } = buildOnRuntime({ messages: byHand });
		expect(mends).toEqual([]);
		expect(request.body).not.toContain('toolConfig');
	});
});
