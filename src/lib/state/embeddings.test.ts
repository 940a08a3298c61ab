import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toCsv, toJson } from '../model/embedding-export.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { readAll, storeOf } from '../storage/test-kit.ts';
import { EmbeddingsPanel } from './embeddings.svelte.ts';
import { openPage } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { Fetch } from './runner.ts';

const base = 'https://gateway.example.com/api/v1';
const secret = 'gw-a-key-that-nobody-may-see';
const pages: Page[] = [];

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

afterEach(async () => {
	for (const page of pages.splice(0)) {
		await page.playground.keyRing.forgetGateway();
		page.close();
	}
	vi.unstubAllGlobals();
});

function newService(gateway = 'gateway.example.com'): Fetch {
	return newSimulator({ speed: 1000, requireKey: gateway !== 'gateway.invalid', gateway });
}

async function open(answer: Fetch, hasGateway = true): Promise<Page & { panel: EmbeddingsPanel }> {
	const page = await openPage(answer);
	pages.push(page);
	const { keyRing, runner } = page.playground;
	if (hasGateway) await page.playground.useGateway({ base, secret }, false);
	return { ...page, panel: new EmbeddingsPanel(keyRing, runner) };
}

describe('the panel of embeddings', () => {
	it('sends nothing before it is told to, then each line but blank ones, with the gateway’s key', async () => {
		const { panel, sent } = await open(newService());
		panel.input = 'The food was good\n\n  \r\nThe food was very good\nBytes cross a wire';
		expect([panel.texts.length, sent]).toEqual([3, []]);
		await panel.run();
		expect(
			sent.map(({ url, authorization, simulated }) => [url, authorization, simulated])
		).toEqual([[`${base}/embeddings`, `Bearer ${secret}`, false]]);
		expect(sent[0]?.body).toBe(panel.request.body);
		const { vectors = [], model, usage, simulated } = panel.result ?? {};
		expect(vectors.map((vector) => vector?.length)).toEqual([1024, 1024, 1024]);
		expect([model, usage, simulated]).toEqual([
			...['cohere.embed-multilingual-v3', { prompt_tokens: 13, total_tokens: 13 }, false]
		]);
	});

	it('sends all of it as one text where that is wanted', async () => {
		const { panel, sent } = await open(newService());
		panel.input = 'One line\nand another';
		panel.byLine = false;
		panel.dimensions = 256;
		await panel.run();
		expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
			...{ input: 'One line\nand another', model: panel.model, dimensions: 256 }
		});
	});

	it('asks the simulator where there is no gateway, without a key and a network', async () => {
		const { panel, sent } = await open(newService('gateway.invalid'), false);
		panel.input = 'a\nb';
		await panel.run();
		expect(sent.map(({ simulated, authorization }) => [simulated, authorization])).toEqual([
			[true, null]
		]);
		expect(panel.result?.simulated).toBe(true);
	});

	it('shows what the gateway refuses in its own words, and no vectors of before', async () => {
		const { panel } = await open(newService());
		panel.input = 'a';
		await panel.run();
		panel.input = 'a\nb';
		panel.model = 'amazon.titan-embed-text-v2:0';
		await panel.run();
		expect(panel.result).toBeUndefined();
		expect(panel.failure?.outcome).toMatchObject({
			end: 'http-error',
			error: { status: 400, message: expect.stringContaining('only single strings') as string }
		});
	});

	it.each<[string, () => Promise<Response>, object]>([
		[
			'a page of a proxy',
			async () => new Response('<html>Sign in</html>'),
			{ end: 'not-an-answer' }
		],
		['another list', async () => Response.json({ data: [{ id: 'm' }] }), { end: 'not-an-answer' }],
		[
			'an error with status 200',
			async () => Response.json({ error: { message: 'No' } }),
			{ end: 'error-in-200', error: { message: 'No' } }
		],
		['a lost connection', () => Promise.reject(new TypeError('x')), { end: 'unreachable' }]
	])('tells %s from vectors', async (_, answer, outcome) => {
		const { panel } = await open(answer);
		panel.input = 'a';
		await panel.run();
		expect(panel.failure?.outcome).toMatchObject(outcome);
	});

	it('can be stopped, and what comes late is not shown', async () => {
		let begun: () => void = () => undefined;
		const asked = new Promise<void>((resolve) => (begun = resolve));
		const { panel } = await open((_, init) => {
			begun();
			return new Promise((_, reject) =>
				init?.signal?.addEventListener('abort', () => reject(new Error('x')))
			);
		});
		panel.input = 'a';
		const run = panel.run();
		await asked;
		expect([panel.isRunning, panel.canRun]).toEqual([true, false]);
		panel.stop();
		await run;
		expect([panel.isRunning, panel.result, panel.failure]).toEqual([false, undefined, undefined]);
	});

	it('is stopped with the gateway, when that is forgotten', async () => {
		let begun: () => void = () => undefined;
		const asked = new Promise<void>((resolve) => (begun = resolve));
		const { panel, playground } = await open((_, init) => {
			begun();
			return new Promise((_, reject) =>
				init?.signal?.addEventListener('abort', () => reject(new Error('x')))
			);
		});
		panel.input = 'a';
		const run = panel.run();
		await asked;
		await playground.keyRing.forgetGateway();
		await run;
		expect([panel.isRunning, panel.result]).toEqual([false, undefined]);
	});

	it('stores nothing of it, and puts neither key nor address into a file', async () => {
		const { panel } = await open(newService());
		panel.input = 'A text that is nowhere else\nand another';
		await panel.run();
		const { result } = panel;
		if (result === undefined) throw new Error('no result');
		for (const file of [toCsv(result), toJson(result)]) {
			expect(file).toContain('A text that is nowhere else');
			expect(file).not.toMatch(/gw-a-key|example\.com/);
		}
		const stored = JSON.stringify(await readAll(storeOf('bedrock-playground')));
		expect(stored).not.toContain('nowhere else');
	});
});
