import type { ConverseRequest } from '@aws-sdk/client-bedrock-runtime';
import type OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { targetOf } from '../catalog/targets.ts';
import type { ApiId, Draft, Message, Part, Tool } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Loss } from './api.ts';
import { apis } from './index.ts';

const png = 'iVBORw0KGgo=';
const pdf = 'JVBERi0=';
const schema = { type: 'object', properties: { city: { type: 'string' } } };
const input = '{"city":"Paris"}';

/** Tools, images and documents as a draft has them, the same for every API. */
const draft: Draft = {
	model: 'm',
	params: {},
	tools: [{ type: 'function', name: 'weather', description: 'Looks it up', schema, strict: true }],
	toolChoice: { name: 'weather' },
	messages: [
		newMessage('user', [
			{ type: 'text', text: 'Compare' },
			{ type: 'image', mime: 'image/png', source: { base64: png } },
			{ type: 'document', mime: 'application/pdf', name: 'Notes', source: { base64: pdf } }
		]),
		newMessage('assistant', [
			{ type: 'text', text: 'One moment.' },
			{ type: 'tool-call', id: 't1', name: 'weather', input }
		]),
		newMessage('tool', [{ type: 'tool-result', id: 't1', parts: [{ type: 'text', text: 'wet' }] }])
	]
};

function newMessage(role: Message['role'], parts: Part[]): Message {
	return { id: '', role, parts };
}

// Typed by the SDKs, but for bytes, which are base64 on the wire.
const converse = {
	messages: [
		{
			role: 'user',
			content: [
				{ text: 'Compare' },
				{ image: { format: 'png', source: { bytes: png } } },
				{ document: { format: 'pdf', name: 'Notes', source: { bytes: pdf } } }
			]
		},
		{
			role: 'assistant',
			content: [
				{ text: 'One moment.' },
				{ toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Paris' } } }
			]
		},
		{ role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ text: 'wet' }] } }] }
	],
	toolConfig: {
		tools: [
			{
				toolSpec: {
					name: 'weather',
					description: 'Looks it up',
					inputSchema: { json: schema },
					strict: true
				}
			}
		],
		toolChoice: { tool: { name: 'weather' } }
	} satisfies ConverseRequest['toolConfig']
};

const weather = { name: 'weather', description: 'Looks it up', parameters: schema, strict: true };

const chat: OpenAI.ChatCompletionCreateParams = {
	model: 'm',
	messages: [
		{
			role: 'user',
			content: [
				{ type: 'text', text: 'Compare' },
				{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
				{
					type: 'file',
					file: { filename: 'Notes', file_data: `data:application/pdf;base64,${pdf}` }
				}
			]
		},
		{
			role: 'assistant',
			content: 'One moment.',
			tool_calls: [{ id: 't1', type: 'function', function: { name: 'weather', arguments: input } }]
		},
		{ role: 'tool', tool_call_id: 't1', content: 'wet' }
	],
	tools: [{ type: 'function', function: weather }],
	tool_choice: { type: 'function', function: { name: 'weather' } }
};

const responses = {
	model: 'm',
	input: [
		{
			role: 'user',
			content: [
				{ type: 'input_text', text: 'Compare' },
				// Its type demands `detail`, which the service does not.
				{ type: 'input_image', image_url: `data:image/png;base64,${png}` } as never,
				{
					type: 'input_file',
					filename: 'Notes',
					file_data: `data:application/pdf;base64,${pdf}`
				}
			]
		},
		{ role: 'assistant', content: 'One moment.' },
		{ type: 'function_call', call_id: 't1', name: 'weather', arguments: input },
		{ type: 'function_call_output', call_id: 't1', output: 'wet' }
	],
	tools: [{ type: 'function', ...weather }],
	tool_choice: { type: 'function', name: 'weather' }
} satisfies OpenAI.Responses.ResponseCreateParams;

const bodies: Record<ApiId, unknown> = { converse, 'chat-completions': chat, responses };
const urls: Record<ApiId, string> = {
	converse: 'https://bedrock-runtime.us-west-2.amazonaws.com/model/m/converse',
	'chat-completions': 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions',
	responses: 'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/responses'
};
const ids = Object.keys(apis) as ApiId[];

function build(api: ApiId, fields: Partial<Draft>): { body: unknown; losses: Loss[] } {
	const { request, losses } = apis[api].build({ ...draft, ...fields }, targetOf(urls[api]));
	return { body: JSON.parse(request.body ?? ''), losses };
}

function read(api: ApiId, body: unknown): Draft {
	const request: HttpRequest = { method: 'POST', url: urls[api], headers: {} };
	return apis[api].read({ ...request, body: JSON.stringify(body) });
}

describe('tools, images and documents', () => {
	it.each(ids)('are said by %s in its own words', (api) => {
		expect(build(api, {})).toEqual({ body: bodies[api], losses: [] });
	});

	it.each(ids.flatMap((from) => ids.map((to) => [from, to] as const)))(
		'that %s has sent go to %s without a loss',
		(from, to) => {
			// Only where they are the page's own do the items of one answer become one message again.
			const found = read(from, bodies[from]);
			const messages = found.messages.flatMap((message) => message.parts);
			const calls = draft.messages.flatMap((message) => message.parts);
			expect(messages).toEqual(calls);
			const { endpoint: _, ...rest } = found;
			expect(rest).toMatchObject({ tools: draft.tools, toolChoice: draft.toolChoice });
			expect(found.extra).toBeUndefined();
			expect(build(to, { ...found, model: 'm' }).losses).toEqual([]);
		}
	);

	const choices: [NonNullable<Draft['toolChoice']>, Record<ApiId, Json | undefined>][] = [
		['auto', { converse: { auto: {} }, 'chat-completions': 'auto', responses: 'auto' }],
		['required', { converse: { any: {} }, 'chat-completions': 'required', responses: 'required' }],
		['none', { converse: undefined, 'chat-completions': 'none', responses: 'none' }]
	];
	it.each(choices)('with the choice %s', (toolChoice, said) => {
		for (const api of ids) {
			const { body, losses } = build(api, { toolChoice });
			const { toolConfig, tool_choice } = body as Record<string, Record<string, Json>>;
			expect(api === 'converse' ? toolConfig?.toolChoice : tool_choice).toEqual(said[api]);
			expect(losses).toEqual(said[api] === undefined ? [{ code: 'tool-choice' }] : []);
			if (said[api] !== undefined) expect(read(api, body).toolChoice).toEqual(toolChoice);
		}
	});

	it('keep a tool of the server whole, for its own API alone', () => {
		const search: Tool = { type: 'opaque', api: 'responses', value: { type: 'web_search' } };
		const { tools = [] } = draft;
		const mixed = { tools: [...tools, search] };
		const { body } = build('responses', mixed);
		expect(body).toMatchObject({ tools: [{ name: 'weather' }, { type: 'web_search' }] });
		expect(read('responses', body).tools).toEqual(mixed.tools);
		expect(build('converse', mixed)).toEqual({ body: converse, losses: [{ code: 'tool' }] });
	});
});

describe('what one API can say and another can’t', () => {
	const image = (source: { url: string } | { file: string }, mime = ''): Partial<Draft> => ({
		messages: [newMessage('user', [{ type: 'image', mime, source }])]
	});
	const note = (mime: string, name?: string): Partial<Draft> => ({
		messages: [
			newMessage('user', [
				{ type: 'document', mime, source: { base64: pdf }, ...(name !== undefined && { name }) }
			])
		]
	});
	const file = (part: Part): Partial<Draft> => ({ messages: [newMessage('user', [part])] });
	const sound = (source: { base64: string } | { url: string }): Partial<Draft> =>
		file({ type: 'audio', mime: 'audio/mpeg', source });
	const failed: Partial<Draft> = {
		messages: [newMessage('tool', [{ type: 'tool-result', id: 't', parts: [], status: 'error' }])]
	};
	const lost = (type: string): Loss => ({ code: 'part', type });
	it.each<[string, Partial<Draft>, Record<ApiId, Loss[]>]>([
		[
			'an image on the web',
			image({ url: 'https://example.com/a.png' }),
			{ converse: [lost('image')], 'chat-completions': [], responses: [] }
		],
		[
			'an image in S3',
			image({ url: 's3://bucket/a.jpg' }),
			{ converse: [], 'chat-completions': [], responses: [] }
		],
		[
			'a file that was not put inline',
			image({ file: 'abcdefabcdefabcd' }, 'image/png'),
			{
				converse: [lost('image')],
				'chat-completions': [lost('image')],
				responses: [lost('image')]
			}
		],
		[
			'a document of a type that Converse has no name for',
			note('application/zip', 'a.zip'),
			{ converse: [lost('document')], 'chat-completions': [], responses: [] }
		],
		[
			'a document whose name tells its type',
			note('', 'a.MD'),
			{ converse: [], 'chat-completions': [], responses: [] }
		],
		[
			'sound',
			sound({ base64: 'AAAA' }),
			{ converse: [], 'chat-completions': [], responses: [lost('audio')] }
		],
		[
			'sound in S3',
			sound({ url: 's3://bucket/a.mp3' }),
			{ converse: [], 'chat-completions': [lost('audio')], responses: [lost('audio')] }
		],
		[
			'a film',
			file({ type: 'video', mime: 'video/3gpp', source: { base64: 'AAAA' } }),
			{ converse: [], 'chat-completions': [lost('video')], responses: [lost('video')] }
		],
		[
			'that a tool has failed',
			failed,
			{
				converse: [],
				'chat-completions': [{ code: 'tool-status' }],
				responses: [{ code: 'tool-status' }]
			}
		]
	])('%s', (_, fields, losses) => {
		for (const api of ids) expect(build(api, fields).losses, api).toEqual(losses[api]);
	});

	it.each([
		['a.pdf', 'a pdf'],
		['Über_uns (2).pdf', 'ber uns (2) pdf'],
		['…', 'Document'],
		[undefined, 'Document']
	])('names a document %j on Converse %j', (name, said) => {
		const { body } = build('converse', note('application/pdf', name));
		expect(body).toMatchObject({ messages: [{ content: [{ document: { name: said } }] }] });
	});

	it.each([
		['audio/mpeg', 'mp3'],
		['audio/wav', 'wav'],
		['audio/x-m4a', 'm4a']
	])('names %s %s, with bare bytes on Chat', (mime, format) => {
		const draft = file({ type: 'audio', mime, source: { base64: 'AAAA' } });
		const input_audio = { data: 'AAAA', format };
		expect(build('chat-completions', draft).body).toMatchObject({
			messages: [{ content: [{ type: 'input_audio', input_audio }] }]
		});
		expect(build('converse', draft).body).toMatchObject({
			messages: [{ content: [{ audio: { format, source: { bytes: 'AAAA' } } }] }]
		});
	});

	it('guards a text on Converse, and says it as a text elsewhere', () => {
		const wire = { guardContent: { text: { text: 'Hi', qualifiers: ['query'] } } };
		const read = apis.converse.read({
			...{ method: 'POST', url: urls.converse, headers: {} },
			body: JSON.stringify({ messages: [{ role: 'user', content: [wire] }] })
		});
		expect(read.messages[0]?.parts).toMatchObject([{ type: 'text', text: 'Hi' }]);
		expect(build('responses', { messages: read.messages })).toMatchObject({
			body: { input: [{ role: 'user', content: 'Hi' }] },
			losses: [{ code: 'extra', api: 'converse' }]
		});
		const guarded: Part = { type: 'text', text: 'Hi', extra: { converse: { guardContent: {} } } };
		expect(build('converse', file(guarded)).body).toMatchObject({
			messages: [{ content: [{ guardContent: { text: { text: 'Hi' } } }] }]
		});
	});

	it('sends results of tools before what else a message says', () => {
		const parts: Part[] = [
			{ type: 'text', text: 'And tomorrow?' },
			{ type: 'tool-result', id: 't1', parts: [{ type: 'text', text: 'wet' }] }
		];
		expect(build('chat-completions', { messages: [newMessage('user', parts)] }).body).toMatchObject(
			{
				messages: [
					{ role: 'tool', tool_call_id: 't1', content: 'wet' },
					{ role: 'user', content: 'And tomorrow?' }
				]
			}
		);
	});
});

describe('a text of an answer', () => {
	it.each(ids)('goes back on %s with the thoughts in tags that stood before it', (api) => {
		const parts: Part[] = [{ type: 'text', lead: '<think>Hm</think>', text: 'Hi' }];
		const { body } = build(api, { messages: [newMessage('assistant', parts)] });
		expect(JSON.stringify(body)).toContain('"<think>Hm</think>Hi"');
	});

	const content = [{ text: 'It is ' }, { text: 'wet.' }];
	const citations = [{ title: 'Weather', location: { web: { url: 'https://example.com' } } }];
	it.each<[string, string, Json, Json]>([
		[
			'with its sources',
			'It is wet.',
			{ content, citations },
			{ citationsContent: { content, citations } }
		],
		[
			'with its sources, in one piece',
			'It is wet.',
			{ citations },
			{ citationsContent: { content: [{ text: 'It is wet.' }], citations } }
		],
		[
			'without them once it was edited',
			'It is dry.',
			{ content, citations },
			{ text: 'It is dry.' }
		]
	])('goes back on Converse %s', (_, text, citationsContent, block) => {
		const part: Part = { type: 'text', text, extra: { converse: { citationsContent } } };
		const { body } = build('converse', { messages: [newMessage('assistant', [part])] });
		expect(body).toMatchObject({ messages: [{ content: [block] }] });
		expect(Object.keys(block as object)).toHaveLength(1);
	});
});
