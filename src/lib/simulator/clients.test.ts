import {
	BedrockRuntimeClient,
	ConverseCommand,
	ConverseStreamCommand
} from '@aws-sdk/client-bedrock-runtime';
import OpenAI from 'openai';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';
import { serveClients } from './test-clients.ts';
import { LONG_TERM_KEY } from './test-kit.ts';

let server: RunningServer;
let bedrock: BedrockRuntimeClient;
let openai: OpenAI;

beforeAll(async () => {
	({ server, bedrock, openai } = await serveClients());
});

afterAll(() => server.close());

const claude = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const ask = (text: string) => [{ role: 'user' as const, content: [{ text }] }];

async function streamConverse(modelId: string, text: string, rest: object = {}) {
	const { stream } = await bedrock.send(
		new ConverseStreamCommand({ modelId, messages: ask(text), ...rest })
	);
	const events = [];
	for await (const event of stream ?? []) events.push(event);
	return events;
}

describe('the AWS SDK', () => {
	it('gets an answer from Converse', async () => {
		const answer = await bedrock.send(
			new ConverseCommand({ modelId: claude, messages: ask('Hello') })
		);
		expect(answer.output?.message?.content).toEqual([{ text: 'Hello! How can I help you today?' }]);
		expect(answer.stopReason).toBe('end_turn');
		expect(answer.usage?.totalTokens).toBe(
			(answer.usage?.inputTokens ?? NaN) + (answer.usage?.outputTokens ?? NaN)
		);
		expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('accepts an ARN as one segment', async () => {
		const modelId = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc123';
		const answer = await bedrock.send(new ConverseCommand({ modelId, messages: ask('Hello') }));
		expect(answer.stopReason).toBe('end_turn');
	});

	it('reads the stream of Converse in order, thought before text', async () => {
		const events = await streamConverse(claude, 'How to back off from a 429?', {
			additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } }
		});
		const kinds = events.map((event) => Object.keys(event)[0]);
		expect([...new Set(kinds)]).toEqual([
			'messageStart',
			'contentBlockDelta',
			'contentBlockStop',
			'messageStop',
			'metadata'
		]);
		const deltas = events.flatMap((event) =>
			event.contentBlockDelta ? [event.contentBlockDelta] : []
		);
		const text = deltas.map(({ delta }) => delta?.text ?? '').join('');
		const thought = deltas.map(({ delta }) => delta?.reasoningContent?.text ?? '').join('');
		expect(text).toContain('| Attempt | Ceiling | Mean wait |');
		expect(thought).toMatch(/^The caller asks for a retry policy\./);
		expect(deltas.some(({ delta }) => delta?.reasoningContent?.signature !== undefined)).toBe(true);
		expect(events.at(-1)?.metadata?.usage?.outputTokens).toBeGreaterThan(100);
	});

	it('reads a tool call, streamed and whole', async () => {
		const toolConfig = {
			tools: [
				{
					toolSpec: {
						name: 'get_weather',
						inputSchema: { json: { type: 'object', properties: { city: { type: 'string' } } } }
					}
				}
			]
		};
		const prompt = 'Which is warmer right now, Lisbon or Kyoto?';
		const whole = await bedrock.send(
			new ConverseCommand({ modelId: claude, messages: ask(prompt), toolConfig })
		);
		const inputs = whole.output?.message?.content?.map(({ toolUse }) => toolUse?.input);
		expect(inputs).toEqual([{ city: 'Lisbon' }, { city: 'Kyoto' }]);
		expect(whole.stopReason).toBe('tool_use');
		const events = await streamConverse(claude, prompt, { toolConfig });
		const parts = events.map(
			({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? ''
		);
		expect(parts.join('')).toBe('{"city":"Lisbon"}{"city":"Kyoto"}');
	});

	it('throws the exception of a stream by its name', async () => {
		await expect(streamConverse('fault.exception', 'Hello')).rejects.toMatchObject({
			name: 'ThrottlingException',
			message: 'Too many requests, please wait before trying again.'
		});
		await expect(streamConverse('fault.model-stream-error', 'Hello')).rejects.toMatchObject({
			name: 'ModelStreamErrorException',
			originalStatusCode: 500,
			originalMessage: 'Internal model error'
		});
	});

	it('throws on a bad checksum', async () => {
		await expect(streamConverse('fault.bad-checksum', 'Hello')).rejects.toThrow(/checksum/i);
		await expect(streamConverse('fault.bad-prelude', 'Hello')).rejects.toThrow(/checksum/i);
	});

	it('throws the 400 of a model that wants a profile', async () => {
		const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
		await expect(
			bedrock.send(new ConverseCommand({ modelId, messages: ask('Hello') }))
		).rejects.toMatchObject({
			name: 'ValidationException',
			message: expect.stringContaining('with on-demand throughput isn’t supported'),
			$metadata: { httpStatusCode: 400 }
		});
	});
});

describe('the AWS SDK with its own handler, which speaks HTTP/2', () => {
	const withClient = async (use: (client: BedrockRuntimeClient) => Promise<void>) => {
		const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
		const seen: string[] = [];
		const secure = await startServer({
			speed: 0,
			tls: { key, cert },
			onrequest: ({ url }) => seen.push(url)
		});
		// Node's HTTP/2 client has no other way to be told that this certificate is good.
		vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
		const warned = vi.spyOn(process, 'emitWarning').mockReturnValue();
		const client = new BedrockRuntimeClient({
			region: 'us-west-2',
			endpoint: secure.url,
			token: { token: LONG_TERM_KEY },
			authSchemePreference: ['httpBearerAuth'],
			maxAttempts: 1
		});
		try {
			await use(client);
		} finally {
			client.destroy();
			vi.unstubAllEnvs();
			warned.mockRestore();
			await secure.close();
		}
		expect(seen.length).toBeGreaterThan(0);
		expect(seen.every((url) => url.startsWith(secure.url))).toBe(true);
	};

	it('gets an answer, whole and streamed, and an exception', async () => {
		await withClient(async (client) => {
			const input = { modelId: claude, messages: ask('Hello') };
			const whole = await client.send(new ConverseCommand(input));
			expect(whole.stopReason).toBe('end_turn');
			const { stream } = await client.send(new ConverseStreamCommand(input));
			let text = '';
			for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? '';
			expect(text).toBe('Hello! How can I help you today?');
			await expect(
				client.send(new ConverseCommand({ ...input, modelId: 'nobody.x' }))
			).rejects.toMatchObject({ name: 'ValidationException' });
		});
	});

	it('fails where a stream breaks off', async () => {
		await withClient(async (client) => {
			const input = { modelId: 'fault.reset', messages: ask('What happens?') };
			const { stream } = await client.send(new ConverseStreamCommand(input));
			let text = '';
			const readAll = async () => {
				for await (const event of stream ?? []) text += event.contentBlockDelta?.delta?.text ?? '';
			};
			await expect(readAll()).rejects.toThrow();
			expect(text).not.toBe('');
		});
	});
});

describe('the openai package', () => {
	const messages = [{ role: 'user' as const, content: 'What happens before the first token?' }];
	const model = 'openai.gpt-oss-120b';

	it('gets a chat completion, whole and streamed', async () => {
		const whole = await openai.chat.completions.create({ model, messages });
		const text = whole.choices[0]?.message.content;
		expect(text).toMatch(/^1\. \*\*The request is built\.\*\*/);
		expect(whole.choices[0]?.finish_reason).toBe('stop');
		const stream = await openai.chat.completions.create({
			model,
			messages,
			stream: true,
			stream_options: { include_usage: true }
		});
		let streamed = '';
		let usage;
		for await (const chunk of stream) {
			streamed += chunk.choices[0]?.delta.content ?? '';
			usage = chunk.usage ?? usage;
		}
		expect(streamed).toBe(text);
		expect(usage).toEqual(whole.usage);
	});

	it('assembles a streamed chat with tools', async () => {
		const stream = openai.chat.completions.stream({
			model,
			messages: [{ role: 'user', content: 'Is it warmer in Lisbon or in Kyoto?' }],
			tools: [
				{
					type: 'function',
					function: {
						name: 'get_weather',
						parameters: { type: 'object', properties: { city: { type: 'string' } } }
					}
				}
			]
		});
		const { choices } = await stream.finalChatCompletion();
		expect(
			choices[0]?.message.tool_calls?.map((call) => 'function' in call && call.function)
		).toMatchObject([
			{ name: 'get_weather', arguments: '{"city":"Lisbon"}' },
			{ name: 'get_weather', arguments: '{"city":"Kyoto"}' }
		]);
		expect(choices[0]?.finish_reason).toBe('tool_calls');
	});

	it('chains responses that remember, until one is deleted', async () => {
		const first = await openai.responses.create({
			model,
			input: 'My name is Alice and I like cats.'
		});
		const question = {
			model,
			input: 'What is my name and what do I like?',
			previous_response_id: first.id
		};
		const second = await openai.responses.create(question);
		expect(second.output_text).toBe('Your name is Alice and you like cats.');
		expect(second.previous_response_id).toBe(first.id);
		const fetched = await openai.responses.retrieve(second.id);
		expect(fetched.output).toEqual(second.output);
		await openai.responses.delete(first.id);
		await expect(openai.responses.create(question)).rejects.toMatchObject({
			status: 404,
			message: expect.stringContaining(`Response '${first.id}' not found.`)
		});
		await expect(
			openai.responses.create({ ...question, previous_response_id: second.id })
		).rejects.toMatchObject({ status: 404 });
	});

	it('assembles a streamed response from its events', async () => {
		const stream = openai.responses.stream({ model, input: 'Write a haiku.' });
		const sequence: number[] = [];
		const kinds: string[] = [];
		let text = '';
		for await (const event of stream) {
			sequence.push(event.sequence_number);
			kinds.push(event.type);
			if (event.type === 'response.output_text.delta') text += event.delta;
		}
		const final = await stream.finalResponse();
		expect(sequence).toEqual([...sequence.keys()]);
		expect(kinds[0]).toBe('response.created');
		expect(kinds.at(-1)).toBe('response.completed');
		expect(text).toMatch(/^Bytes cross the cold wire,/);
		expect(final.output_text).toBe(text);
	});

	it('ends a response at its limit as incomplete', async () => {
		const response = await openai.responses.create({
			model,
			input: 'Write 300 words.',
			max_output_tokens: 40
		});
		expect(response.status).toBe('incomplete');
		expect(response.incomplete_details).toEqual({ reason: 'max_output_tokens' });
		expect(response.usage?.output_tokens).toBe(40);
	});

	it('lists the models of mantle, and has no list under the other prefix', async () => {
		const mantle = new OpenAI({
			baseURL: `${server.url}/v1`,
			apiKey: LONG_TERM_KEY,
			maxRetries: 0
		});
		const ids: string[] = [];
		for await (const { id } of mantle.models.list()) ids.push(id);
		expect(ids).toContain(model);
		expect(ids.length).toBeGreaterThan(40);
		await expect(openai.models.list()).rejects.toMatchObject({ status: 404 });
	});

	it('throws an error that arrives within a stream', async () => {
		const stream = await openai.chat.completions.create({
			model: 'fault.sse-error',
			messages,
			stream: true
		});
		const readAll = async () => {
			for await (const chunk of stream) expect(chunk.choices).toHaveLength(1);
		};
		await expect(readAll()).rejects.toThrow(
			'The server had an error while processing your request.'
		);
	});
});
