import type { BedrockRuntimeClient, ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime';
import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from './server.ts';
import { serveClients } from './test-clients.ts';
import { LONG_TERM_KEY } from './test-kit.ts';

let server: RunningServer;
let bedrock: BedrockRuntimeClient;
let openai: OpenAI;

beforeAll(async () => {
	({ server, bedrock, openai } = await serveClients());
});

afterAll(() => server.close());

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const user = (...content: ContentBlock[]): Message => ({ role: 'user', content });

async function converse(content: ContentBlock[], rest: object = {}) {
	return bedrock.send(new ConverseCommand({ modelId, messages: [user(...content)], ...rest }));
}

async function converseStream(content: ContentBlock[], rest: object = {}) {
	const { stream } = await bedrock.send(
		new ConverseStreamCommand({ modelId, messages: [user(...content)], ...rest })
	);
	const events = [];
	for await (const event of stream ?? []) events.push(event);
	return events;
}

describe('Converse, as the AWS SDK reads it,', () => {
	it('says the tier and the latency back, whole and streamed', async () => {
		const echoed = {
			serviceTier: { type: 'flex' as const },
			performanceConfig: { latency: 'optimized' as const }
		};
		expect(await converse([{ text: 'Hello' }], echoed)).toMatchObject(echoed);
		const events = await converseStream([{ text: 'Hello' }], echoed);
		expect(events.at(-1)?.metadata).toMatchObject(echoed);
		const plain = await converse([{ text: 'Hello' }]);
		expect([plain.serviceTier, plain.performanceConfig]).toEqual([undefined, undefined]);
	});

	it('cites a document, whole and streamed', async () => {
		const text = 'The grass is green. The sky is blue.';
		const document = {
			format: 'txt' as const,
			name: 'Colours',
			source: { text },
			citations: { enabled: true }
		};
		const question = [{ document }, { text: 'Which colour has grass?' }];
		const citation = {
			title: 'Colours',
			sourceContent: [{ text: 'The grass is green.' }],
			location: { documentChar: { documentIndex: 0, start: 0, end: 19 } }
		};
		const whole = await converse(question);
		expect(whole.output?.message?.content).toEqual([
			{ text: 'This is what the sources say: ' },
			{ citationsContent: { content: [{ text: 'The grass is green.' }], citations: [citation] } }
		]);
		const deltas = (await converseStream(question)).flatMap(({ contentBlockDelta }) =>
			contentBlockDelta?.contentBlockIndex === 1 ? [contentBlockDelta.delta] : []
		);
		expect(deltas.map((delta) => delta?.text ?? '').join('')).toBe('The grass is green.');
		expect(deltas.at(-1)?.citation).toEqual(citation);
	});

	it('shows what a tool of the service did, whole and streamed', async () => {
		const toolConfig = { tools: [{ systemTool: { name: 'nova_grounding' } }] };
		const question = [{ text: 'Search the web for Amazon Bedrock.' }];
		const content = (await converse(question, { toolConfig })).output?.message?.content ?? [];
		expect(content.map((block) => Object.keys(block)[0])).toEqual([
			'toolUse',
			'toolResult',
			'text',
			'citationsContent'
		]);
		expect(content[0]?.toolUse).toMatchObject({ type: 'server_tool_use', name: 'nova_grounding' });
		expect(content[1]?.toolResult).toMatchObject({
			toolUseId: content[0]?.toolUse?.toolUseId,
			type: 'nova_grounding_result',
			status: 'success'
		});
		expect(content[3]?.citationsContent?.citations?.[0]?.location?.web?.domain).toBe(
			'docs.aws.amazon.com'
		);
		const events = await converseStream(question, { toolConfig });
		const starts = events.flatMap(({ contentBlockStart }) => contentBlockStart?.start ?? []);
		expect(starts.map((start) => Object.keys(start)[0])).toEqual(['toolUse', 'toolResult']);
		const results = events.flatMap(({ contentBlockDelta }) =>
			contentBlockDelta?.delta?.toolResult ? [contentBlockDelta.delta.toolResult] : []
		);
		expect(results).toEqual([[{ json: expect.objectContaining({ results: expect.anything() }) }]]);
	});

	it('calls tools in as many rounds as the prompt has steps', async () => {
		const toolConfig = {
			tools: [
				{ toolSpec: { name: 'get_weather', inputSchema: { json: { type: 'object' as const } } } }
			]
		};
		const messages: Message[] = [user({ text: 'Use get_weather in 3 steps.' })];
		const reasons: (string | undefined)[] = [];
		for (let round = 0; round < 4; round++) {
			const answer = await bedrock.send(new ConverseCommand({ modelId, messages, toolConfig }));
			reasons.push(answer.stopReason);
			const content = answer.output?.message?.content ?? [];
			messages.push({ role: 'assistant', content });
			messages.push(
				user(
					...content.flatMap(({ toolUse }): ContentBlock[] =>
						toolUse
							? [{ toolResult: { toolUseId: toolUse.toolUseId, content: [{ text: `${round}` }] } }]
							: []
					)
				)
			);
		}
		expect(reasons).toEqual(['tool_use', 'tool_use', 'tool_use', 'end_turn']);
	});

	it.each([
		[
			'an image',
			{ image: { format: 'png', source: { bytes: new Uint8Array(9) } } },
			'image, png, about 9 bytes'
		],
		[
			'an image and its size',
			{ image: { format: 'gif', source: { bytes: Buffer.from('GIF89a\x1e\0\x14\0\0\0') } } },
			'image, gif, 30×20 px, about 12 bytes'
		],
		[
			'a document',
			{ document: { format: 'pdf', name: 'Report', source: { bytes: new Uint8Array(9) } } },
			'document Report, pdf, about 9 bytes'
		],
		[
			'audio',
			{ audio: { format: 'mp3', source: { bytes: new Uint8Array(9) } } },
			'audio, mp3, about 9 bytes'
		],
		[
			'a video',
			{ video: { format: 'mp4', source: { bytes: new Uint8Array(9) } } },
			'video, mp4, about 9 bytes'
		]
	] as [string, ContentBlock, string][])('mentions %s in its answer', async (_, file, words) => {
		const answer = await converse([{ text: 'What is this?' }, file]);
		expect(answer.output?.message?.content?.[0]?.text).toContain(words);
	});
});

/** A function that takes a city. */
function newWeather() {
	const city = { type: 'string' };
	return { name: 'get_weather', parameters: { type: 'object', properties: { city } } };
}

describe('Chat, as the openai package reads it,', () => {
	const model = 'openai.gpt-oss-120b';
	const ask = (content: string) => [{ role: 'user' as const, content }];

	it('gives as many choices as asked, whole and taking turns in a stream', async () => {
		const request = { model, messages: ask('Write a haiku.'), n: 3 };
		const whole = await openai.chat.completions.create(request);
		const texts = whole.choices.map(({ message }) => message.content);
		expect(whole.choices.map(({ index }) => index)).toEqual([0, 1, 2]);
		expect(new Set(texts).size).toBe(3);
		const streamed = ['', '', ''];
		const order: number[] = [];
		const stream = await openai.chat.completions.create({ ...request, stream: true });
		for await (const { choices } of stream) {
			const { index, delta } = choices[0] ?? { index: 0, delta: {} };
			order.push(index);
			streamed[index] += delta.content ?? '';
		}
		expect(streamed).toEqual(texts);
		expect(order.slice(0, 6)).toEqual([0, 1, 2, 0, 1, 2]);
	});

	it('calls tools side by side in as many rounds as the prompt has steps', async () => {
		const messages: OpenAI.ChatCompletionMessageParam[] = ask(
			'Use get_weather in 3 steps: Lisbon or Kyoto?'
		);
		const tools = [{ type: 'function' as const, function: newWeather() }];
		const rounds: number[] = [];
		for (let round = 0; round < 4; round++) {
			const { choices } = await openai.chat.completions.create({ model, messages, tools });
			const message = choices[0]?.message;
			const calls = message?.tool_calls ?? [];
			rounds.push(calls.length);
			if (message) messages.push({ role: 'assistant', tool_calls: calls });
			for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: 'wet' });
		}
		expect(rounds).toEqual([2, 2, 2, 0]);
	});

	it('says the tier back', async () => {
		const request = { model, messages: ask('Hello'), service_tier: 'flex' as const };
		expect((await openai.chat.completions.create(request)).service_tier).toBe('flex');
	});

	it('cites what a search found', async () => {
		const { choices } = await openai.chat.completions.create({
			model,
			messages: ask('What is Amazon Bedrock?'),
			web_search_options: {}
		});
		const { content, annotations } = choices[0]?.message ?? {};
		const cited = annotations?.[0]?.url_citation;
		expect(content?.slice(cited?.start_index, cited?.end_index)).toMatch(/^Amazon Bedrock is/);
	});

	it.each([
		['reasoning', 'qwen.qwen3-32b'],
		['reasoning_content', 'moonshotai.kimi-k2-thinking']
	])('puts the thought into %s for %s', async (place, id) => {
		const mantle = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: LONG_TERM_KEY });
		const { choices } = await mantle.chat.completions.create({ model: id, messages: ask('Hello') });
		expect(choices[0]?.message).toMatchObject({
			content: 'Hello! How can I help you today?',
			[place]: 'Just a greeting. Respond politely.'
		});
	});

	it('puts the thought into tags for MiniMax', async () => {
		const mantle = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: LONG_TERM_KEY });
		const request = { model: 'minimax.minimax-m2', messages: ask('Hello') };
		const { choices } = await mantle.chat.completions.create(request);
		expect(choices[0]?.message.content).toMatch(/^<think>Just a greeting\. .*<\/think>Hello!/);
	});

	it('takes sound, an image and a file, and mentions them', async () => {
		const { choices } = await openai.chat.completions.create({
			model,
			messages: [
				{
					role: 'user',
					content: [
						{ type: 'text', text: 'What is this?' },
						{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
						{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
						{
							type: 'file',
							file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' }
						}
					]
				}
			]
		});
		expect(choices[0]?.message.content).toMatch(
			/^3 files .*audio mp3, about 3 bytes.*image\/png, about 3 bytes.*a\.pdf, application\/pdf/s
		);
	});

	it('fits a schema with references and alternatives', async () => {
		const schema = {
			type: 'object',
			$defs: { tag: { type: 'string', enum: ['red', 'blue'] } },
			properties: {
				tags: { type: 'array', minItems: 2, items: { $ref: '#/$defs/tag' } },
				count: { anyOf: [{ type: 'integer', minimum: 5 }, { type: 'null' }] }
			}
		};
		const { choices } = await openai.chat.completions.create({
			model,
			messages: ask('Something blue'),
			response_format: { type: 'json_schema', json_schema: { name: 'x', schema } }
		});
		expect(JSON.parse(choices[0]?.message.content ?? '')).toEqual({
			tags: ['blue', 'blue'],
			count: 5
		});
	});
});

describe('Responses, as the openai package reads it,', () => {
	it('shows a search and cites what it found, whole and streamed', async () => {
		const request = {
			model: 'openai.gpt-6-luna',
			input: 'Search the web for Amazon Bedrock.',
			tools: [{ type: 'web_search' as const }]
		};
		const whole = await openai.responses.create(request);
		expect(whole.output.map(({ type }) => type)).toEqual([
			'reasoning',
			'web_search_call',
			'message'
		]);
		const stream = openai.responses.stream(request);
		const kinds: string[] = [];
		for await (const { type } of stream) kinds.push(type);
		expect(kinds.filter((kind) => /web_search|annotation/.test(kind))).toEqual([
			'response.web_search_call.in_progress',
			'response.web_search_call.searching',
			'response.web_search_call.completed',
			'response.output_text.annotation.added'
		]);
		const message = (await stream.finalResponse()).output.at(-1);
		const part = message?.type === 'message' ? message.content[0] : undefined;
		const note = part?.type === 'output_text' ? part.annotations[0] : undefined;
		expect(note).toMatchObject({ type: 'url_citation', title: 'What is Amazon Bedrock?' });
	});

	describe('with a server whose tools need to be allowed', () => {
		const model = 'openai.gpt-oss-120b';
		const tools = [
			{
				type: 'mcp' as const,
				server_label: 'orders',
				connector_id: 'arn:aws:lambda:us-east-1:123456789012:function:orders' as never
			}
		];

		async function ask() {
			const first = await openai.responses.create({ model, input: 'Show my orders.', tools });
			const asked = first.output.find((item) => item.type === 'mcp_approval_request');
			if (asked === undefined) throw new Error('It did not ask');
			return { first, asked };
		}

		const answerTo = (id: string, approve: boolean) => ({
			type: 'mcp_approval_response' as const,
			approval_request_id: id,
			approve
		});
		const typesOf = ({ output }: OpenAI.Responses.Response) => output.map(({ type }) => type);

		it('lists its tools and asks before it calls one', async () => {
			const { first } = await ask();
			expect(typesOf(first)).toEqual(['mcp_list_tools', 'reasoning', 'mcp_approval_request']);
		});

		it.each(['chained', 'with the whole history'])(
			'calls what was allowed as it was asked for, %s',
			async (how) => {
				const { first, asked } = await ask();
				const decided = answerTo(asked.id, true);
				const history = first.output as OpenAI.Responses.ResponseInputItem[];
				const request =
					how === 'chained'
						? { previous_response_id: first.id, input: [decided] }
						: {
								input: [{ role: 'user' as const, content: 'Show my orders.' }, ...history, decided]
							};
				const second = await openai.responses.create({ model, tools, ...request });
				expect(typesOf(second)).toEqual(['reasoning', 'mcp_call', 'message']);
				expect(second.output[1]).toMatchObject({
					approval_request_id: asked.id,
					name: asked.name,
					arguments: asked.arguments
				});
			}
		);

		it('goes on without a call that was denied', async () => {
			const { first, asked } = await ask();
			const input = [{ ...answerTo(asked.id, false), reason: 'Not now.' }];
			const chained = { model, tools, previous_response_id: first.id, input };
			expect(typesOf(await openai.responses.create(chained))).toEqual(['reasoning', 'message']);
		});

		it.each([
			['nothing was decided', () => [{ role: 'user' as const, content: 'Well?' }]],
			['something else was decided', (id: string) => [answerTo(id, true), answerTo('mcpr_x', true)]]
		])('refuses to go on where %s', async (_, inputFor) => {
			const { first, asked } = await ask();
			const chained = { model, tools, previous_response_id: first.id };
			await expect(
				openai.responses.create({ ...chained, input: inputFor(asked.id) })
			).rejects.toThrow(/400 .*MCP approval request/);
		});
	});

	it.each(['chained', 'with the whole history'])(
		'calls tools in as many rounds as the prompt has steps, %s',
		async (how) => {
			const tools = [{ type: 'function' as const, strict: null, ...newWeather() }];
			const model = 'openai.gpt-oss-120b';
			const content = 'Use get_weather in 3 steps: Lisbon or Kyoto?';
			let input: OpenAI.Responses.ResponseInputItem[] = [{ role: 'user', content }];
			let id: string | undefined;
			const rounds: number[] = [];
			for (let round = 0; round < 4; round++) {
				const chain = how === 'chained' && id !== undefined && { previous_response_id: id };
				const answer = await openai.responses.create({ model, input, tools, ...chain });
				const calls = answer.output.filter((item) => item.type === 'function_call');
				rounds.push(calls.length);
				id = answer.id;
				const results = calls.map(({ call_id }) => ({
					type: 'function_call_output' as const,
					call_id,
					output: 'wet'
				}));
				input = how === 'chained' ? results : [...input, ...calls, ...results];
			}
			expect(rounds).toEqual([2, 2, 2, 0]);
		}
	);

	it('has notes for gpt-oss that nobody declared', async () => {
		const { output } = await openai.responses.create({
			model: 'openai.gpt-oss-120b',
			input: 'Keep this in your notes: buy milk.'
		});
		expect(output.find(({ type }) => type === 'mcp_call')).toMatchObject({ name: 'notes.create' });
	});

	it('retrieves, cancels and lists what it made in the background', async () => {
		const { id } = await openai.responses.create({
			model: 'openai.gpt-oss-120b',
			input: 'Hello',
			background: true
		});
		expect((await openai.responses.retrieve(id)).status).toBe('completed');
		expect((await openai.responses.cancel(id)).status).toBe('completed');
		const items = [];
		for await (const item of openai.responses.inputItems.list(id)) items.push(item);
		expect(items).toMatchObject([{ type: 'message', content: [{ text: 'Hello' }] }]);
	});
});
