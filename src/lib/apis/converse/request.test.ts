import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../../model/draft.ts';
import { newMessage } from '../../model/draft.ts';
import type { Target } from '../../model/request.ts';
import type { Loss } from '../api.ts';
import { buildBody, model, newAnswer, newDraft } from '../test-kit.ts';
import { build } from './request.ts';

const runtime: Target = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-west-2.amazonaws.com'
};

const hello = { role: 'user', content: [{ text: 'Hello' }] };

describe('a Converse request', () => {
	it('holds nothing that nobody set', () => {
		expect(build(newDraft(), runtime)).toEqual({
			request: {
				method: 'POST',
				url: `${runtime.base}/model/${model}/converse`,
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ messages: [hello] }, null, 2)
			},
			losses: [],
			mends: []
		});
	});

	it('asks for an event stream only when the draft streams', () => {
		const { request } = build(newDraft({ stream: true }), runtime);
		expect(request.url).toMatch(/\/converse-stream$/);
		expect(request.headers.Accept).toBe('application/vnd.amazon.eventstream');
		expect(build(newDraft({ stream: false }), runtime).request.url).toMatch(/\/converse$/);
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
		const { request } = build(newDraft({ model }), runtime);
		expect(request.url.endsWith(`${end}/converse`)).toBe(true);
		expect(new URL(request.url).pathname.split('/')).toHaveLength(4);
	});

	it('puts each parameter in its place', () => {
		const params = { temperature: 0, topP: 1, maxTokens: 5, stopSequences: ['a'] };
		expect(buildBody(build, { params }).body).toEqual({
			messages: [hello],
			inferenceConfig: params
		});
	});

	it('sends a guardrail in the body', () => {
		const guardrail = { id: 'g', version: '1', trace: 'enabled' };
		expect(buildBody(build, { guardrail }).body).toEqual({
			messages: [hello],
			guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1', trace: 'enabled' }
		});
	});

	it.each<[string, Partial<Draft>, Loss[]]>([
		['a chain', { chain: { responseId: 'r', after: '' } }, [{ code: 'chain' }]],
		['a parameter of another API', { params: { store: true } }, [{ code: 'param', name: 'store' }]],
		[
			'a role it has not',
			{ messages: [newMessage('tool', '1')] },
			[{ code: 'role', role: 'tool' }]
		],
		[
			'arguments that are not JSON',
			{ messages: [newAnswer(model, { type: 'tool-call', id: 't', name: 'n', input: '{"cut' })] },
			[{ code: 'cut-call', name: 'n' }]
		],
		[
			'a control whose field was typed into the body otherwise',
			{ params: { maxTokens: 5 }, extra: { converse: { inferenceConfig: 'x' } } },
			[{ code: 'typed', path: 'inferenceConfig' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(buildBody(build, fields).losses).toEqual(losses);
	});

	it('does not send a message of which nothing is left', () => {
		const messages = [
			newMessage('user', 'Hello'),
			newAnswer('x.y', { type: 'reasoning', text: 'Hm' })
		];
		expect(buildBody(build, { messages }).body).toEqual({ messages: [hello] });
	});
});

describe('reasoning on its way back', () => {
	const sonnet = 'us.anthropic.claude-sonnet-5';
	const signed: Part = { type: 'reasoning', text: 'Hm', signature: 's' };
	const block = { reasoningContent: { reasoningText: { text: 'Hm', signature: 's' } } };
	const redacted: Part = { type: 'reasoning', text: '', redacted: 'r' };

	const foreign = 'openai.gpt-oss-120b-1:0';
	const edited: Message = { id: '', role: 'assistant', parts: [signed] };

	it.each<[string, Message, unknown[], Loss[]?]>([
		['signed, to its own family', newAnswer('anthropic.claude-opus-5', signed), [block]],
		[
			'redacted, to its own family',
			newAnswer(sonnet, redacted),
			[{ reasoningContent: { redactedContent: 'r' } }]
		],
		['signed by another family', newAnswer(foreign, signed), [], [lossOf(foreign)]],
		['signed, in an answer that was edited', { ...edited, by: sonnet }, [block]],
		[
			'signed by another family, in an answer that was edited',
			{ ...edited, by: foreign },
			[],
			[lossOf(foreign)]
		],
		['not signed', newAnswer(sonnet, { type: 'reasoning', text: 'Hm' }), []],
		[
			'encrypted by another API',
			{ id: '', role: 'assistant', parts: [{ type: 'reasoning', text: '', encrypted: 'e' }] },
			[]
		],
		['signed, out of an import', { id: '', role: 'assistant', parts: [signed] }, [block]]
	])('%s', (_, { parts, ...message }, sent, lost = []) => {
		const text: Part = { type: 'text', text: 'Hi' };
		const messages = [{ ...message, parts: [...parts, text] }];
		const { body, losses } = buildBody(build, { model: sonnet, messages });
		expect(body).toEqual({ messages: [{ role: 'assistant', content: [...sent, { text: 'Hi' }] }] });
		expect(losses).toEqual(lost);
	});
});

function lossOf(model: string): Loss {
	return { code: 'foreign-reasoning', model };
}
