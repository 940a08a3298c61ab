import { LLMock } from '@copilotkit/aimock';
import { IDBFactory } from 'fake-indexeddb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbeddingsPanel } from './embeddings.svelte.ts';
import { openPage, say, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Somebody else's server of the OpenAI APIs, over a real connection: nothing in it is ours.
const realFetch = globalThis.fetch;
const vector = [0.6, -0.8, 0];
let server: LLMock;
let page: Page;

beforeAll(async () => {
	server = new LLMock({ port: 0 });
	server.onMessage('Hello', { content: 'Hello from elsewhere.' });
	server.onMessage('weather', {
		toolCalls: [{ name: 'get_weather', arguments: '{"city":"Oslo"}' }]
	});
	server.onEmbedding('red', { embedding: vector });
	await server.start();
});

afterAll(() => server.stop());

beforeEach(async () => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
	page = await openPage((input, init) => realFetch(input, init));
	await page.playground.useGateway({ base: `${server.url}/v1`, secret: 'sk-elsewhere' }, true);
	const { editor } = tab(page, 'chat-completions');
	editor.change({ endpoint: 'gateway', model: 'gpt-4o', stream: undefined, system: undefined });
});

afterEach(async () => {
	await page.playground.keyRing.forgetGateway();
	page.close();
	vi.unstubAllGlobals();
});

const chat = () => tab(page, 'chat-completions');

describe('another server of the OpenAI APIs', () => {
	it.each([undefined, true])('answers a message, stream %s', async (stream) => {
		chat().editor.change({ stream });
		await say(chat(), 'Hello');
		expect(spoken(chat())).toEqual(['> Hello', '< Hello from elsewhere.']);
		expect(chat().latest?.outcome).toEqual({ end: 'finished', reason: 'stop' });
	});

	it.each([undefined, true])('calls a tool, stream %s', async (stream) => {
		const schema = { type: 'object', properties: { city: { type: 'string' } } };
		chat().editor.change({ stream, tools: [{ type: 'function', name: 'get_weather', schema }] });
		await say(chat(), 'What is the weather?');
		expect(chat().tree.path.at(-1)?.message.parts).toMatchObject([
			{ type: 'tool-call', name: 'get_weather', input: '{"city":"Oslo"}' }
		]);
		expect(chat().latest?.outcome).toEqual({ end: 'finished', reason: 'tool_calls' });
	});

	it('lists its models', async () => {
		const lists = await page.playground.loadModelLists();
		await lists.read('gateway');
		expect([...lists.gatewayModels.values()].some(({ from }) => from === 'gateway')).toBe(true);
	});

	it.each([undefined, 'float', 'base64'] as const)(
		'embeds texts, encoding %s',
		async (encoding) => {
			const panel = new EmbeddingsPanel(page.playground.keyRing, page.playground.runner);
			panel.input = 'red\n\nred wine';
			panel.model = 'text-embedding-3-small';
			panel.encoding = encoding;
			await panel.run();
			expect(panel.failure).toBeUndefined();
			expect(panel.result?.vectors).toHaveLength(2);
			const [first = []] = panel.result?.vectors ?? [];
			expect(first.map((value) => Math.round(value * 1000) / 1000)).toEqual(vector);
			expect(panel.result?.simulated).toBe(false);
		}
	);

	it('refuses a message that it has no answer to, in its own words', async () => {
		await say(chat(), 'Nobody knows this.');
		const { outcome } = chat().latest ?? {};
		expect(outcome).toMatchObject({ end: 'http-error', error: { status: 404 } });
		expect(outcome?.end === 'http-error' && outcome.error.message).toMatch(/fixture/i);
	});
});
