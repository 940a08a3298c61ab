import { describe, expect, it } from 'vitest';
import type { Chain, Draft, Guardrail, Message, Part, Tool } from './draft.ts';
import { parseDraft } from './draft-schema.ts';
import { paramNames } from './param-names.ts';

/** Every field there is, so that one added to the type and forgotten in the schema fails here. */
type Full<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

const strange = JSON.parse('{"__proto__":{"a":1},"constructor":[null],"prototype":true,"x":1.5}');
const extra = { converse: strange, 'chat-completions': { n: 1 }, responses: {} };
const parts: { [T in Part['type']]: Full<Part & { type: T }> } = {
	text: { type: 'text', text: 'Hi \ud83d\ude00', lead: '<think>a</think>', json: true, extra },
	reasoning: {
		...{ type: 'reasoning', text: '', signature: 's', redacted: 'r', encrypted: 'e' },
		extra
	},
	refusal: { type: 'refusal', text: 'no', extra },
	image: { type: 'image', mime: 'image/png', name: 'a', source: { base64: 'AA==' }, extra },
	document: { type: 'document', mime: '', name: 'b', source: { url: 's3://b/c' }, extra },
	audio: { type: 'audio', mime: 'audio/wav', name: 'c', source: { file: 'ab'.repeat(32) }, extra },
	video: { type: 'video', mime: 'video/mp4', name: 'd', source: { base64: '' }, extra },
	'tool-call': { type: 'tool-call', id: 't', name: 'n', input: '{"cut', extra },
	'tool-result': {
		...{ type: 'tool-result', id: 't', parts: [{ type: 'text', text: 'no' }], status: 'error' },
		extra
	},
	opaque: { type: 'opaque', api: 'responses', value: [strange], extra }
};
const message: Full<Message> = {
	...{ id: 'm1', role: 'user', parts: Object.values(parts), as: 'list' },
	from: { run: 'r1', model: 'a.b' },
	by: 'a.b',
	extra
};
const guardrail: Full<Guardrail> = { id: 'g', version: '1', trace: 'enabled', processing: 'sync' };
const chain: Full<Chain> = { responseId: 'resp_1', after: 'm1' };
const tools: Full<Tool>[] = [
	{
		...{ type: 'function', name: 'n', description: 'd', schema: strange, strict: true },
		off: true,
		extra
	},
	{ type: 'opaque', api: 'converse', value: [strange], off: true }
];
const full: Full<Draft> = {
	...{ model: 'a.b-v1:0', endpoint: 'mantle', prefix: '/v1', stream: false },
	system: message,
	messages: [message],
	params: Object.fromEntries(paramNames.map((name, i) => [name, [i, strange]])),
	tools,
	toolChoice: { name: 'n' },
	output: { type: 'schema', name: 'n', description: 'd', schema: '{}', strict: true },
	...{ guardrail, chain, mend: false, extra }
};
const small: Draft = { model: '', messages: [], params: {} };

/** `depth` arrays, one in the other. */
const nest = (depth: number): unknown => (depth === 0 ? 0 : [nest(depth - 1)]);
const draftWith = (value: unknown): unknown => ({ ...small, params: { temperature: value } });

describe('a draft', () => {
	it('keeps every field, and keys like __proto__ as data', () => {
		const parsed = parseDraft(full);
		expect(parsed).toEqual(full);
		expect(Object.keys(parsed?.extra?.converse ?? {})).toEqual(Object.keys(strange));
		expect(JSON.stringify(parsed?.messages)).toBe(JSON.stringify(full.messages));
		expect('a' in {}).toBe(false);
	});

	it('keeps absent what is absent', () => {
		expect(parseDraft(small)).toStrictEqual(small);
		expect(parseDraft({ ...small, stream: undefined, chain: undefined })).toStrictEqual(small);
	});

	it('loses what it has no field for', () => {
		const crafted = {
			...{ ...small, host: 'evil.test', base: 'https://evil.test', headers: { a: 'b' } },
			...{ authorization: 'Bearer x', key: 'k', region: 'us-east-1' },
			params: { temperature: 1, headers: {}, constructor: 1 },
			guardrail: { ...guardrail, headers: { host: 'evil.test' } }
		};
		const params = { temperature: 1 };
		expect(parseDraft(crafted)).toStrictEqual({ ...small, params, guardrail });
	});

	it('is a copy', () => {
		expect(parseDraft(full)?.extra?.converse).not.toBe(strange);
	});

	it('makes half a surrogate pair whole', () => {
		const halves = { '\ud83d': '\ude00', ok: '\ud83d\ude00' };
		expect(parseDraft(draftWith(halves))?.params.temperature).toEqual({
			...{ '\ufffd': '\ufffd', ok: '\ud83d\ude00' }
		});
	});

	it('may be 100 deep', () => {
		expect(parseDraft(draftWith(nest(98)))).toBeDefined();
		expect(parseDraft(draftWith(nest(99)))).toBeUndefined();
		expect(parseDraft(draftWith(nest(5000)))).toBeUndefined();
	});

	const loop: unknown[] = [];
	loop.push(loop);
	const refused: Record<string, unknown> = {
		...{ nothing: undefined, null: null, 'a number': 1, 'a string': '{}', 'a list': [small] },
		'no messages': { model: '', params: {} },
		'no params': { model: '', messages: [] },
		'messages in an object': { ...small, messages: {} },
		'a message without an id': { ...small, messages: [{ role: 'user', parts: [] }] },
		'an unknown role': { ...small, messages: [{ id: '', role: 'root', parts: [] }] },
		'an unknown part': { ...small, system: { ...message, parts: [{ type: 'script' }] } },
		'an opaque part without a value': {
			...{ ...small, system: { ...message, parts: [{ type: 'opaque', api: 'converse' }] } }
		},
		'an endpoint that is a host': { ...small, endpoint: 'https://evil.test' },
		'a prefix that is none': { ...small, prefix: '//evil.test' },
		'a chain after nothing': { ...small, chain: { responseId: 'resp_1' } },
		'a chain after a number': { ...small, chain: { ...chain, after: 1 } },
		'a chain of the first version': { ...small, chain: { responseId: 'resp_1', covers: 1 } },
		'a tool without a name': { ...small, tools: [{ type: 'function' }] },
		'a file that is no hash': {
			...small,
			system: { ...message, parts: [{ ...parts.image, source: { file: '../x' } }] }
		},
		'extra that is a list': { ...small, extra: { converse: [] } },
		...{ NaN: draftWith(NaN), Infinity: draftWith(-Infinity), 'a loop': draftWith(loop) },
		...{ 'a Date': draftWith(new Date()), 'a Map': draftWith(new Map()) },
		...{ bytes: draftWith(new Uint8Array(1)), 'a big integer': draftWith(1n) },
		...{ 'a function': draftWith(() => 0), 'a hole': draftWith(new Array(1)) }
	};
	it.each(Object.keys(refused))('is not made of %s', (name) => {
		expect(parseDraft(refused[name])).toBeUndefined();
	});
});
