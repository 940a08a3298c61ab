import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import requests from '../../../tests/fixtures/requests.json' with { type: 'json' };
import { apis } from '../apis/index.ts';
import { decodeLink, encodeLink } from '../share/link.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { readAll, storeOf } from '../storage/test-kit.ts';
import { newKey, openPage, say, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { Fetch } from './runner.ts';

const base = 'https://gateway.example.com/api/v1';
const secret = 'gw-a-key-that-nobody-may-see';
const claude = 'us.anthropic.claude-3-7-sonnet-20250219-v1:0';

const pages: Page[] = [];

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

afterEach(async () => {
	for (const page of pages.splice(0)) {
		await page.playground.keyRing.forget();
		await page.playground.keyRing.forgetGateway();
		page.close();
	}
	vi.unstubAllGlobals();
});

/** A gateway that wants a key, beside a Bedrock that does. */
function newService(): Fetch {
	return newSimulator({ speed: 1000, gateway: 'gateway.example.com' });
}

/** A page with a gateway in use, its Chat tab set to it, not streamed. */
async function openWithGateway(answer = newService(), found: object = { secret }): Promise<Page> {
	const page = await openPage(answer);
	pages.push(page);
	await page.playground.useGateway({ base, ...found }, false);
	const { editor } = tab(page, 'chat-completions');
	editor.change({ endpoint: 'gateway', model: claude, stream: undefined, system: undefined });
	return page;
}

const chat = (page: Page) => tab(page, 'chat-completions');

/** How the last run ended. */
const outcome = (page: Page) => chat(page).latest?.outcome;

/** Everything that the browser has stored but secrets, as text. */
async function storedText(): Promise<string> {
	return JSON.stringify(await readAll(storeOf('bedrock-playground')));
}

describe('a request to the gateway', () => {
	it.each([undefined, true])(
		'goes to its address with its key, stream %s, and is answered',
		async (stream) => {
			const page = await openWithGateway();
			chat(page).editor.change({ stream });
			await say(chat(page), 'Hello');
			expect(
				page.sent.map(({ url, authorization, simulated }) => [url, authorization, simulated])
			).toEqual([[`${base}/chat/completions`, `Bearer ${secret}`, false]]);
			expect(spoken(chat(page))[1]).toBe('< Hello! How can I help you today?');
			expect(outcome(page)).toEqual({ end: 'finished', reason: 'stop' });
		}
	);

	it('goes with its own key where a Bedrock key is there too, and Bedrock’s with that', async () => {
		const page = await openWithGateway(
			newSimulator({ ...{ speed: 1000, requireKey: false }, gateway: 'gateway.example.com' })
		);
		const key = newKey();
		await page.playground.useKey(key, 'tab');
		await say(chat(page), 'Hello');
		chat(page).editor.change({ endpoint: 'runtime', model: 'openai.gpt-oss-120b-1:0' });
		await say(chat(page), 'Again');
		expect(page.sent.map(({ url, authorization }) => [new URL(url).host, authorization])).toEqual([
			['gateway.example.com', `Bearer ${secret}`],
			['bedrock-runtime.us-west-2.amazonaws.com', `Bearer ${key.secret}`]
		]);
	});

	it('goes without a key where the gateway wants none', async () => {
		const answer = newSimulator({
			...{ speed: 1000, requireKey: false },
			gateway: 'gateway.example.com'
		});
		const page = await openWithGateway(answer, {});
		await say(chat(page), 'Hello');
		expect(page.sent.map(({ authorization }) => authorization)).toEqual([null]);
		expect(outcome(page)).toMatchObject({ end: 'finished' });
	});

	it('is sent after a Bedrock key has expired, which only holds back what is Bedrock’s', async () => {
		const page = await openWithGateway();
		page.playground.keyRing.expiredAt = 1;
		await say(chat(page), 'Hello');
		expect(outcome(page)).toMatchObject({ end: 'finished' });
	});

	it('shows a thought in tags as reasoning, and takes effort, a budget and extra_body along', async () => {
		const page = await openWithGateway();
		const { editor } = chat(page);
		editor.setParam('reasoningEffort', 'low');
		editor.setParam('maxCompletionTokens', 4096);
		const nested = { prompt_caching: { system: true }, top_k: 5 };
		editor.change({ extra: { 'chat-completions': { extra_body: nested } } });
		await say(chat(page), 'Hello');
		expect(JSON.parse(page.sent[0]?.body ?? '')).toMatchObject({
			...{ model: claude, reasoning_effort: 'low', max_completion_tokens: 4096 },
			extra_body: nested
		});
		const { parts = [] } = chat(page).tree.path.at(-1)?.message ?? {};
		expect(parts.map(({ type }) => type)).toEqual(['reasoning', 'text']);
	});

	it('is not one that the simulator answers once the gateway is forgotten: nothing is sent', async () => {
		const page = await openWithGateway();
		await page.playground.keyRing.forgetGateway();
		expect([chat(page).lacksGateway, chat(page).isSimulated]).toEqual([true, false]);
		await say(chat(page), 'Nobody may answer this.');
		expect(page.sent).toEqual([]);
		expect(chat(page).editor.composer).toBe('Nobody may answer this.');
		expect(new URL(chat(page).next.head.url).hostname).toBe('gateway.invalid');
	});

	it('marks the gateway’s key, not Bedrock’s, where it is refused, and no longer once it is taken', async () => {
		const page = await openWithGateway(newService(), { secret: 'sk-wrong' });
		const { keyRing } = page.playground;
		await page.playground.useKey(newKey(), 'tab');
		await say(chat(page), 'Hello');
		expect(outcome(page)).toMatchObject({
			...{ end: 'http-error', error: { status: 401, message: 'Invalid API Key' } }
		});
		expect([keyRing.gateway?.rejectedAt, keyRing.record?.rejectedAt]).toEqual([
			expect.any(Number),
			undefined
		]);
		await page.playground.useGateway({ base, secret }, false);
		await chat(page).retry();
		expect(keyRing.gateway?.rejectedAt).toBeUndefined();
	});

	it('brings the key back to no screen and no store where the gateway repeats it', async () => {
		const detail = `Bad key: ${secret}`;
		const page = await openWithGateway(async () => Response.json({ detail }, { status: 400 }));
		await say(chat(page), 'Hello');
		expect(JSON.stringify(outcome(page))).not.toContain(secret);
		expect(await storedText()).not.toContain(secret);
	});

	it('says that a stream ended with an error that names itself, without [DONE]', async () => {
		const delta = { choices: [{ index: 0, delta: { content: 'Half' }, finish_reason: null }] };
		const error = { error: { message: 'Too many tokens' } };
		const body = [delta, error].map((one) => `data: ${JSON.stringify(one)}\n\n`).join('');
		const page = await openWithGateway(
			async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } })
		);
		chat(page).editor.change({ stream: true });
		await say(chat(page), 'Hello');
		expect(outcome(page)).toMatchObject({
			end: 'stream-error',
			error: { message: 'Too many tokens' }
		});
		expect(spoken(chat(page))[1]).toBe('< Half');
	});
});

describe('the gateway', () => {
	it('comes back when the page is opened again, with its key, and tells its address before anything is sent', async () => {
		const first = await openWithGateway();
		first.close();
		const page = await openPage(newService());
		pages.push(page);
		const { Playground } = await import('./playground.svelte.ts');
		expect(page.playground.keyRing.gateway?.base).toBe(base);
		const told: string[][] = [];
		const again = new Playground(() => Promise.reject(new Error('not asked for')), {
			system: '',
			prompt: ''
		});
		const close = await again.open((gateways) => told.push(gateways));
		expect(told).toEqual([[base]]);
		close();
	});

	it('is gone with the page where only the tab was to hold its key', async () => {
		const page = await openPage(newService());
		pages.push(page);
		await page.playground.useGateway({ base, secret }, true);
		expect(await storedText()).not.toContain('gateway.example.com');
		const again = await openPage(newService());
		pages.push(again);
		expect(again.playground.keyRing.gateway).toBeUndefined();
	});

	it('lists its models with its own key, apart from the lists of Bedrock', async () => {
		const page = await openWithGateway();
		const lists = await page.playground.loadModelLists();
		await lists.read('gateway');
		expect(lists.gatewayModels.get(claude)).toBeDefined();
		expect(lists.current).toBeUndefined();
		const asked = page.sent.filter(({ url }) => url === `${base}/models`);
		expect(asked.map(({ authorization, simulated }) => [authorization, simulated])).toEqual([
			[`Bearer ${secret}`, false]
		]);
		await page.playground.keyRing.forgetGateway();
		expect(lists.gatewayModels.size).toBe(0);
	});

	it('is named in a link by its kind alone', async () => {
		const page = await openWithGateway();
		const { messages: _, ...settings } = chat(page).next.draft;
		const hash = await encodeLink('chat-completions', { ...settings, messages: [] });
		const link = await decodeLink(hash);
		expect(link).toMatchObject({ ok: true, draft: { endpoint: 'gateway' } });
		expect(JSON.stringify(link)).not.toContain('example.com');
	});
});

const examples = requests.examples.filter(
	({ id, api }) => id.startsWith('gateway-') && api === 'chat-completions'
);

it('of our sources has six requests of Chat Completions', () => {
	expect(examples).toHaveLength(6);
});

describe('an example of our sources', () => {
	it.each(examples)(
		'$id is read, opened as a shared request and sent as it stands',
		async ({ request }) => {
			const adapter = apis['chat-completions'];
			const body = JSON.stringify(request.body);
			const draft = adapter.read({
				method: 'POST',
				url: request.url,
				headers: { 'Content-Type': 'application/json' },
				body
			});
			expect(draft.endpoint).toBe('gateway');
			const page = await openWithGateway();
			page.playground.link = { ok: true, api: 'chat-completions', draft };
			page.playground.openShared();
			await chat(page).send();
			expect(page.sent.map(({ url }) => url)).toEqual([request.url]);
			expect(JSON.parse(page.sent[0]?.body ?? '')).toEqual(request.body);
			expect(outcome(page)).toMatchObject({ end: 'finished' });
		}
	);
});
