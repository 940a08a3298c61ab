import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../server.ts';
import { startServer } from '../server.ts';
import { newSimulator } from '../simulator.ts';
import { chatBody, LONG_TERM_KEY, post } from '../test-kit.ts';

let server: RunningServer;
let openai: OpenAI;

beforeAll(async () => {
	server = await startServer({ speed: 0 });
	openai = new OpenAI({ baseURL: `${server.url}/api/v1`, apiKey: 'gw-test', maxRetries: 0 });
});

afterAll(() => server.close());

const CLAUDE = 'us.anthropic.claude-3-7-sonnet-20250219-v1:0';
const ask = (content: string) => [{ role: 'user' as const, content }];

describe('the gateway, as the openai package reads it,', () => {
	it('answers as its default model to the names of OpenAI’s own', async () => {
		const answer = await openai.chat.completions.create({
			model: 'gpt-3.5-turbo',
			messages: ask('Hello')
		});
		expect(answer.model).toBe('anthropic.claude-3-sonnet-20240229-v1:0');
		expect(answer.choices[0]?.message.content).toBe('Hello! How can I help you today?');
	});

	it('puts a thought into tags, whole and streamed', async () => {
		const request = {
			model: CLAUDE,
			messages: ask('Hello'),
			reasoning_effort: 'low' as const,
			max_completion_tokens: 4096
		};
		const whole = await openai.chat.completions.create(request);
		const text = whole.choices[0]?.message.content;
		expect(text).toMatch(/^<think>.*<\/think>Hello!/);
		let streamed = '';
		for await (const chunk of await openai.chat.completions.create({ ...request, stream: true }))
			streamed += chunk.choices[0]?.delta.content ?? '';
		expect(streamed).toBe(text);
	});

	it('lists models, system profiles and application profiles', async () => {
		const ids: string[] = [];
		for await (const { id, owned_by } of openai.models.list()) {
			ids.push(id);
			expect(owned_by).toBe('bedrock');
		}
		expect(ids).toContain(CLAUDE);
		expect(ids.some((id) => id.startsWith('arn:'))).toBe(true);
		expect((await openai.models.retrieve(CLAUDE)).id).toBe(CLAUDE);
	});

	it('embeds texts, as floats and as base64, alike where their words are', async () => {
		const input = ['The food was good', 'the food was very good', 'Bytes cross a wire'];
		const model = 'text-embedding-ada-002';
		// Unless told otherwise the package asks for base64 and decodes it.
		const decoded = await openai.embeddings.create({ model, input });
		const floats = await openai.embeddings.create({ model, input, encoding_format: 'float' });
		expect(decoded.data).toEqual(floats.data);
		expect(floats.model).toBe('cohere.embed-multilingual-v3');
		const [a = [], b = [], c = []] = floats.data.map(({ embedding }) => embedding);
		const cosine = (one: number[], two: number[]) =>
			one.reduce((sum, value, at) => sum + value * (two[at] ?? 0), 0);
		expect(cosine(a, a)).toBeCloseTo(1, 5);
		expect(cosine(a, b)).toBeGreaterThan(cosine(a, c));
		expect(floats.usage.prompt_tokens).toBe(13);
	});
});

describe('the gateway refuses', () => {
	const HOST = 'https://gateway.example.com';
	const send = async (path: string, body: object, key?: string) => {
		const fetch = newSimulator({ speed: 0, gateway: 'gateway.example.com' });
		const headers: Record<string, string> =
			key === undefined ? {} : { authorization: `Bearer ${key}` };
		const response = await post(fetch, `${HOST}${path}`, body, { headers });
		return [response.status, response.headers.get('content-type'), await response.text()];
	};
	const chat = '/api/v1/chat/completions';
	const embeddings = '/api/v1/embeddings';
	const json = 'application/json';
	const hello = chatBody('gpt-4o', 'Hello');

	it.each([
		['no key', chat, hello, undefined, 403, json, '{"detail":"Not authenticated"}'],
		['another key', chat, hello, 'sk-1', 401, json, '{"detail":"Invalid API Key"}'],
		['a key of Bedrock', chat, hello, LONG_TERM_KEY, 401, json, '{"detail":"Invalid API Key"}'],
		['an unknown path', '/api/v1/responses', {}, 'bedrock', 404, json, '{"detail":"Not Found"}'],
		[
			'an unknown model',
			chat,
			chatBody('nobody.x', 'Hello'),
			'bedrock',
			400,
			json,
			'{"detail":"Unsupported model nobody.x, please use models API to get a list of supported models"}'
		],
		[
			'a body without messages',
			chat,
			{ model: 'gpt-4o' },
			'bedrock',
			400,
			'text/plain; charset=utf-8',
			expect.stringContaining('validation error')
		],
		[
			'effort without a budget',
			chat,
			chatBody(CLAUDE, 'x', { reasoning_effort: 'low' }),
			'bedrock',
			400,
			json,
			expect.stringContaining('max_completion_tokens is required')
		],
		[
			'two texts for Titan',
			embeddings,
			{ model: 'amazon.titan-embed-text-v2:0', input: ['a', 'b'] },
			'bedrock',
			400,
			json,
			expect.stringContaining('only single strings')
		],
		[
			'no text to embed',
			embeddings,
			{ model: 'text-embedding-3-small', input: [] },
			'bedrock',
			400,
			'text/plain; charset=utf-8',
			expect.stringContaining('input')
		]
	])('%s', async (_, path, body, key, status, type, text) => {
		expect(await send(path, body, key)).toEqual([status, type, text]);
	});

	it('no one who asks for its health', async () => {
		const fetch = newSimulator({ gateway: 'gateway.example.com' });
		expect(await (await fetch(`${HOST}/health`)).json()).toEqual({ status: 'OK' });
	});
});
