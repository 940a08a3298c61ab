import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { apis } from '../src/lib/apis/index.ts';
import { examples } from '../src/lib/apis/test-kit.ts';
import type { Example } from '../src/lib/apis/test-kit.ts';
import { newMessage } from '../src/lib/model/draft.ts';
import type { Json } from '../src/lib/model/json.ts';
import type { HttpRequest } from '../src/lib/model/request.ts';
import { encodeLink } from '../src/lib/share/link.ts';
import type { Conversation } from '../src/lib/state/conversation.svelte.ts';
import { newKey, openPage, say } from '../src/lib/state/test-kit.ts';
import type { Page } from '../src/lib/state/test-kit.ts';
import { shown } from './example-words.ts';
import { showRun } from './shown-run.ts';

// Every example of our sources from a link to the wire, and its response to the words on the page, rendered on the
// server. tests/e2e/examples.spec.ts does the same with some of them by a real browser.

// Each page loads modules of its own, which takes its time on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });

const gateway = 'https://gateway.example.com/api/v1';

let page: Page;
/** What the next requests are answered with. */
const given: Response[] = [];

beforeAll(async () => {
	globalThis.indexedDB = new IDBFactory();
	page = await openPage(() => Promise.resolve(given.shift() ?? Response.json({})));
});

beforeEach(() => {
	page.sent.length = 0;
	given.length = 0;
});

afterAll(async () => {
	await page.playground.keyRing.forget();
	await page.playground.keyRing.forgetGateway();
	page.close();
	vi.unstubAllGlobals();
});

function find(id: string): Example {
	const found = examples.find((example) => example.id === id);
	if (found === undefined) throw new Error(`no example ${id}`);
	return found;
}

const isGateway = ({ request }: Example) => request.url.startsWith(`${gateway}/`);

/** Puts in the key that the example's host wants. Gives the header that it goes out in. */
async function useKeyFor(example: Example): Promise<string> {
	if (isGateway(example)) {
		await page.playground.useGateway({ base: gateway, secret: 'gw-secret' }, false);
		return 'Bearer gw-secret';
	}
	const region = /\.((?:us|eu|ap)-[a-z]+-\d)\./.exec(example.request.url)?.[1] ?? 'us-west-2';
	const key = newKey(undefined, region);
	await page.playground.useKey(key, 'tab');
	return `Bearer ${key.secret}`;
}

/** Answers the next request with what the example was answered with. */
function giveResponse({ response }: Example): void {
	if (response) given.push(Response.json(response.body, { status: response.status }));
}

/** A request without what two spellings of it may differ in. */
function meaningOf({ url, body }: Pick<HttpRequest, 'url' | 'body'>): unknown {
	const { pathname, host } = new URL(url);
	const path = pathname.split('/').map(decodeURIComponent);
	return { host, path, body: JSON.parse(body ?? 'null') as Json };
}

/** The request that the example's should become: a slash in a model's name is repaired. */
function wantedOf(example: Example): unknown {
	const { request } =
		example.id === 'converse-unencoded-arn' ? find('converse-application-profile') : example;
	return meaningOf({ ...request, body: JSON.stringify(request.body) });
}

/** Expects the page to show of the last run what our sources print. */
function expectShown(conversation: Conversation, id: string): void {
	const expected = shown[id];
	const { latest, tree } = conversation;
	const draft = latest && conversation.draftOf(latest);
	if (expected === undefined || latest === undefined || draft === undefined) {
		throw new Error(`${id} has no run or no row`);
	}
	const parts = tree.turns.get(latest.turn)?.message.parts ?? [];
	const run = showRun(latest, parts, draft);
	if ('said' in expected) {
		expect(run.headline).toBe(expected.headline);
		expect(run.said).toContain(expected.said);
		expect(run.card).toContain(String(expected.status));
		expect(run.answer).toBe('');
		return;
	}
	expect(run.card + run.ending).toBe('');
	// Without the marks of Markdown; src/lib/components/answer holds how they are drawn.
	const saying = (type: 'text' | 'reasoning') =>
		parts
			.flatMap((part) => (part.type === type ? [part.text] : []))
			.join('')
			.replace(/\*\*|^\d+\. /gm, '');
	const { text = '', reasoning = '', call, reason } = expected;
	if (typeof text === 'string') expect(saying('text').trim()).toBe(text);
	else expect(saying('text')).toMatch(text);
	expect(saying('reasoning').trim()).toBe(reasoning);
	const calls = parts.flatMap((part) =>
		part.type === 'tool-call' ? [[part.name, JSON.parse(part.input) as Json]] : []
	);
	expect(calls).toEqual(call ? [[call[0], JSON.parse(call[1])]] : []);
	expect(run.metrics).toContain(reason);
	const { in: input, out, status } = run.figures;
	expect({ input, out, status }).toEqual({ input: expected.in, out: expected.out, status: '200' });
	expect(run.metrics.includes('usage not reported')).toBe(expected.out === undefined);
}

const turns = ['responses-turn-1', 'responses-turn-2'];
/** Links hold no files; src/lib/state/typed-examples.test.ts sends it as a body. */
const withFile = 'gateway-image-data';

describe('an example of our sources', () => {
	const alone = examples.filter(({ id }) => ![withFile, ...turns].includes(id));
	it.each(alone)(
		'$id opens from a link, is sent as it stands, and its response is shown',
		async (example) => {
			const { api, request, id } = example;
			const authorization = await useKeyFor(example);
			const draft = apis[api].read({ ...request, body: JSON.stringify(request.body) });
			await page.playground.openHash(await encodeLink(api, draft));
			expect(page.playground.link).toMatchObject({ ok: true, api });
			page.playground.openShared();
			expect(page.sent).toEqual([]);
			const conversation = page.playground.tabs.current;
			expect(conversation.api.id).toBe(api);
			giveResponse(example);
			await conversation.send();
			expect(page.sent.map(meaningOf)).toEqual([wantedOf(example)]);
			expect(page.sent[0]).toMatchObject({ authorization, simulated: false });
			if (example.response) expectShown(conversation, id);
		}
	);

	it('is sent as it stands by two turns of a chain, and its response is shown', async () => {
		const [one, two] = turns.map(find);
		if (one === undefined || two === undefined) throw new Error('no turns');
		await useKeyFor(one);
		page.playground.change({ api: 'responses' });
		const conversation = page.playground.tabs.startAnew();
		const { model } = one.request.body;
		if (typeof model !== 'string') throw new Error('no model');
		conversation.editor.change({ model, stream: undefined, system: newMessage('system', '') });
		// The source prints no response of the first turn but its id.
		const output = [
			{
				...{ type: 'message', role: 'assistant' },
				content: [{ type: 'output_text', text: 'Hello, Alice.' }]
			}
		];
		const id = two.request.body.previous_response_id;
		given.push(Response.json({ id, status: 'completed', output }));
		giveResponse(two);
		await say(conversation, 'My name is Alice and I like cats.');
		await say(conversation, 'What is my name and what do I like?');
		expect(page.sent.map(meaningOf)).toEqual([one, two].map(wantedOf));
		expectShown(conversation, 'responses-turn-2');
	});

	it('has a row of what is shown for every response', () => {
		const given = examples.filter(({ response }) => response !== undefined).map(({ id }) => id);
		expect(Object.keys(shown).sort()).toEqual(given.sort());
		expect(examples).toHaveLength(27);
	});
});
