import { describe, expect, it } from 'vitest';
import type { Draft, Message, Part } from '../../model/draft.ts';
import { newMessage } from '../../model/draft.ts';
import type { Loss } from '../api.ts';
import { buildBody, mantle, model, newAnswer, newDraft } from '../test-kit.ts';
import { read } from './read.ts';
import { build } from './request.ts';

const hello = { role: 'user', content: 'Hello' };

describe('a Responses request', () => {
	it('holds nothing that nobody set', () => {
		expect(build(newDraft(), mantle)).toEqual({
			request: {
				method: 'POST',
				url: 'https://bedrock-mantle.us-east-1.api.aws/v1/responses',
				headers: { 'Content-Type': 'application/json' },
				body: JSON.stringify({ model, input: [hello] }, null, 2)
			},
			losses: [],
			mends: []
		});
	});

	it('puts each parameter in its place', () => {
		const params: Draft['params'] = {
			temperature: 0,
			topP: 1,
			maxTokens: 16,
			reasoningEffort: 'low',
			store: false
		};
		const extra: Draft['extra'] = { responses: { reasoning: { summary: 'auto' } } };
		expect(buildBody(build, { params, extra, stream: true }).body).toEqual({
			model,
			input: [hello],
			temperature: 0,
			top_p: 1,
			max_output_tokens: 16,
			reasoning: { effort: 'low', summary: 'auto' },
			store: false,
			stream: true
		});
	});

	it('makes the blocks of a system prompt paragraphs of its instructions', () => {
		const system: Message = {
			id: '',
			role: 'system',
			parts: [
				{ type: 'text', text: 'Be brief.' },
				{ type: 'text', text: 'Be kind.' }
			]
		};
		expect(buildBody(build, { system }).body).toMatchObject({
			instructions: 'Be brief.\n\nBe kind.'
		});
	});

	it('keeps a bare string until a second message comes', () => {
		const first: Message = { ...newMessage('user', 'Hello'), as: 'bare' };
		expect(buildBody(build, { messages: [first] }).body).toEqual({ model, input: 'Hello' });
		const messages = [first, newMessage('user', 'You there?')];
		expect(buildBody(build, { messages }).body).toEqual({
			model,
			input: [hello, { role: 'user', content: 'You there?' }]
		});
	});

	it('names the texts of a list by the role', () => {
		const messages = (['user', 'developer', 'assistant'] as const).map((role): Message => {
			return { ...newMessage(role, 'x'), as: 'list' };
		});
		expect(buildBody(build, { messages }).body).toMatchObject({
			input: [
				{ content: [{ type: 'input_text', text: 'x' }] },
				{ content: [{ type: 'input_text', text: 'x' }] },
				{ content: [{ type: 'output_text', text: 'x' }] }
			]
		});
	});

	it.each<[string, Partial<Draft>, Loss[]]>([
		['a guardrail', { guardrail: { id: 'g', version: '1' } }, [{ code: 'guardrail' }]],
		[
			'a parameter of another API',
			{ params: { stopSequences: ['a'] } },
			[{ code: 'param', name: 'stopSequences' }]
		],
		[
			'a role it has not',
			{ messages: [newMessage('tool', '1')] },
			[{ code: 'role', role: 'tool' }]
		],
		[
			'a part of a system prompt',
			{
				system: {
					id: '',
					role: 'system',
					parts: [{ type: 'opaque', api: 'converse', value: { cachePoint: {} } }]
				}
			},
			[{ code: 'part', type: 'opaque' }]
		]
	])('reports %s as lost', (_, fields, losses) => {
		expect(buildBody(build, fields).losses).toEqual(losses);
	});
});

describe('a chain', () => {
	const messages = [
		newMessage('user', 'My name is Alice.'),
		{ ...newAnswer(model, { type: 'text', text: 'Hi' }), id: 'a' },
		newMessage('user', 'Who am I?')
	];
	const last = { role: 'user', content: 'Who am I?' };

	const [first, answer, question] = messages.map(({ id }) => id);
	it.each<[string, string | undefined, unknown]>([
		[
			'none',
			'',
			[{ role: 'user', content: 'My name is Alice.' }, { role: 'assistant', content: 'Hi' }, last]
		],
		['an answer', answer, [last]],
		['all', question, undefined]
	])('that covers %s of the messages sends the others', (_, after = '', input) => {
		const chain = { responseId: 'resp_1', after };
		expect(buildBody(build, { messages, chain }).body).toEqual({
			model,
			previous_response_id: 'resp_1',
			...(input !== undefined && { input })
		});
	});

	it('loses nothing of what it covers', () => {
		const tool = newMessage('tool', '1');
		const chain = { responseId: 'resp_1', after: first ?? '' };
		expect(buildBody(build, { messages: [tool, ...messages], chain }).losses).toEqual([]);
	});

	it('is read with nothing covered', () => {
		const body = JSON.stringify({ model, input: 'x', previous_response_id: 'resp_1' });
		const url = `${mantle.base}/responses`;
		const { chain } = read({ method: 'POST', url, headers: {}, body });
		expect(chain).toEqual({ responseId: 'resp_1', after: '' });
	});

	it('after a message that is not there is lost: all messages are sent, none of them twice', () => {
		const chain = { responseId: 'resp_1', after: 'gone' };
		expect(buildBody(build, { messages, chain })).toEqual({
			body: buildBody(build, { messages }).body,
			losses: [{ code: 'chain' }]
		});
	});
});

describe('an answer on its way back', () => {
	const call: Part = { type: 'tool-call', id: 'c', name: 'n', input: '{"cut' };
	const callItem = { type: 'function_call', call_id: 'c', name: 'n', arguments: '{"cut' };
	const text: Part = { type: 'text', text: 'Hi' };
	const textItem = { role: 'assistant', content: 'Hi' };
	const sealed: Part = { type: 'reasoning', text: 'Hm', encrypted: 'e' };
	const sealedItem = {
		type: 'reasoning',
		summary: [{ type: 'summary_text', text: 'Hm' }],
		encrypted_content: 'e'
	};
	const search: Part = { type: 'opaque', api: 'responses', value: { type: 'web_search_call' } };

	it.each<[string, Message, unknown[], Loss[]]>([
		[
			'keeps the order of its parts',
			newAnswer(model, sealed, call, text),
			[sealedItem, callItem, textItem],
			[]
		],
		[
			'with encrypted reasoning of another family',
			newAnswer('xai.grok-4.6', sealed, text),
			[textItem],
			[{ code: 'foreign-reasoning', model: 'xai.grok-4.6' }]
		],
		[
			'with plain reasoning',
			newAnswer(model, { type: 'reasoning', text: 'Hm' }, text),
			[textItem],
			[]
		],
		[
			'with reasoning signed for Converse',
			newAnswer(model, { type: 'reasoning', text: 'Hm', signature: 's' }, text),
			[textItem],
			[]
		],
		[
			'with an item of its own',
			newAnswer(model, search, text),
			[{ type: 'web_search_call' }, textItem],
			[]
		],
		[
			'with an item of another family',
			newAnswer('xai.grok-4.6', search, text),
			[textItem],
			[{ code: 'part', type: 'opaque' }]
		],
		[
			'with a refusal beside its text',
			newAnswer(model, text, { type: 'refusal', text: 'No' }),
			[
				{
					role: 'assistant',
					content: [
						{ type: 'output_text', text: 'Hi' },
						{ type: 'refusal', refusal: 'No' }
					]
				}
			],
			[]
		]
	])('%s', (_, message, items, losses) => {
		expect(buildBody(build, { messages: [newMessage('user', 'Hello'), message] })).toEqual({
			body: { model, input: [hello, ...items] },
			losses
		});
	});

	it('sends what is kept for a message with its first item of content only', () => {
		const message: Message = {
			id: '',
			role: 'assistant',
			parts: [text, call, text],
			extra: { responses: { phase: 'commentary' } }
		};
		expect(buildBody(build, { messages: [message] }).body).toMatchObject({
			input: [{ ...textItem, phase: 'commentary' }, callItem, textItem]
		});
	});
});
