import { IDBFactory } from 'fake-indexeddb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newMessage } from '../src/lib/model/draft.ts';
import type { ApiId } from '../src/lib/model/draft.ts';
import { newSimulator } from '../src/lib/simulator/simulator.ts';
import type { Conversation } from '../src/lib/state/conversation.svelte.ts';
import type { Fetch } from '../src/lib/state/runner.ts';
import { newKey, openPage, patience, say, spoken } from '../src/lib/state/test-kit.ts';
import type { Page } from '../src/lib/state/test-kit.ts';
import { begin, finish, prompt } from './fault-words.ts';
import { first, mantle, places, runtime } from './places.ts';
import type { ApiName } from './places.ts';
import { showRun } from './shown-run.ts';
import type { ShownRun } from './shown-run.ts';

// What a Send puts on the wire at every place, and what the page shows of how it went, rendered on the server.
// tests/e2e/runs.spec.ts does the same by a real browser at one place of each API.

// Each page loads modules of its own, which takes its time on a busy machine.
vi.setConfig({ hookTimeout: 60_000 });

const ids: Readonly<Record<ApiName, ApiId>> = {
	Converse: 'converse',
	'Chat Completions': 'chat-completions',
	Responses: 'responses'
};
const names = Object.keys(ids) as ApiName[];
const modes = [true, false] as const;
const key = newKey();

let page: Page;
/** Headers of what was sent, without those that belong to `fetch`. */
const headers: Record<string, string>[] = [];
/** What answers the next requests in place of the simulator. */
const given: Fetch[] = [];

const simulator = newSimulator({ requireKey: false, seed: 1, speed: 1000 });
const answer: Fetch = async (input, init) => {
	headers.push(Object.fromEntries(new Request(input, init).headers));
	return (given.shift() ?? simulator)(input, init);
};

beforeAll(async () => {
	globalThis.indexedDB = new IDBFactory();
	page = await openPage(answer);
});

beforeEach(() => {
	for (const list of [page.sent, headers, given]) list.length = 0;
});

afterAll(async () => {
	await page.playground.keyRing.forget();
	page.close();
	vi.unstubAllGlobals();
});

/** A new conversation with a model at a place, and a key for it. */
async function start(api: ApiName, model: string, streamed: boolean): Promise<Conversation> {
	await page.playground.useKey(key, 'tab');
	page.playground.change({ api: ids[api] });
	const conversation = page.playground.tabs.startAnew();
	const system = newMessage('system', first);
	const stream = streamed ? true : undefined;
	conversation.editor.change({
		...{ model, system, stream, params: {} },
		endpoint: undefined,
		guardrail: undefined
	});
	return conversation;
}

/** What the page shows of the last run, and the run. */
function shown(conversation: Conversation): ShownRun {
	const { latest, tree } = conversation;
	const draft = latest && conversation.draftOf(latest);
	if (latest === undefined || draft === undefined) throw new Error('Nothing was sent');
	return showRun(latest, tree.turns.get(latest.turn)?.message.parts ?? [], draft);
}

const cases = places.flatMap((place) => modes.map((streamed) => ({ ...place, streamed })));

describe('a place answers', () => {
	it.each(cases)('$api on $on, streamed $streamed: $model', async (place) => {
		const { api, model, streamed, thinks, reason } = place;
		const conversation = await start(api, model, streamed);
		conversation.editor.composer = 'Hello!';
		// What the Body tab shows is built once typing pauses.
		await vi.waitFor(
			() => expect(conversation.next.built.request.body).toContain('Hello!'),
			patience
		);
		const { body: built = '', url } = conversation.next.built.request;
		await conversation.send();

		expect(page.sent).toEqual([
			{ url, body: built, authorization: `Bearer ${key.secret}`, simulated: false }
		]);
		expect(url).toBe(place.url(streamed));
		expect(JSON.parse(built)).toEqual(place.body(streamed));
		expect(headers).toEqual([
			{
				authorization: `Bearer ${key.secret}`,
				'content-type': 'application/json',
				...(api === 'Converse' && streamed && { accept: 'application/vnd.amazon.eventstream' })
			}
		]);
		expect(url + built).not.toContain(key.secret);
		const run = conversation.lastRun;
		expect(run && conversation.requestOf(run)).toMatchObject({
			isExact: true,
			request: { method: 'POST', body: built }
		});

		const { answer, ending, card, metrics, figures, status } = shown(conversation);
		const text = 'Hello! How can I help you today?';
		expect(answer).toBe(thinks ? `Just a greeting. Respond politely. ${text}` : text);
		const parts = conversation.tree.path[1]?.message.parts.map(({ type }) => type);
		// Responses keeps an item of reasoning also where it tells nothing of it.
		expect(parts?.filter((type) => type === 'reasoning').length).toBe(thinks ? 1 : 0);
		expect(ending + card).toBe('');
		expect(metrics).toContain(reason);
		// Chat reports no usage in a stream unless it is asked to, Converse no share of the reasoning.
		const isUnreported = api === 'Chat Completions' && streamed;
		const { TTFT, total, speed, ...counted } = figures;
		expect(counted).toEqual({
			status: '200',
			...(!isUnreported && { in: '20', out: api === 'Converse' ? '16' : '16 reasoning 7' })
		});
		expect(TTFT).toMatch(/^[\d.]+ m?s$/);
		expect(total).toMatch(/^[\d.]+ m?s$/);
		expect(speed ?? '1 tok/s').toMatch(/^[\d.,]+ tok\/s$/);
		expect(metrics.includes('usage not reported')).toBe(isUnreported);
		expect(status).toBe(isUnreported ? 'Response complete' : 'Response complete, 16 tokens');
	});
});

const each = names.flatMap((api) => modes.map((streamed) => ({ api, streamed })));

describe('a run', () => {
	it.each(each)(
		'of $api that fails, streamed $streamed, shows the service’s words and is tried again by hand only',
		async ({ api, streamed }) => {
			const conversation = await start(api, 'fault.throttled', streamed);
			await say(conversation, 'Hello!');
			const { headline, said, answer, figures, status, fixes } = shown(conversation);
			expect(headline).toBe('Too many requests');
			expect(said).toContain('Too many requests, please wait before trying again.');
			expect(answer).toBe('');
			expect(figures).toMatchObject({ status: '429' });
			expect(status).toBe('Error: The service answered 429');
			expect(fixes).toContain('Try again');
			expect(page.sent).toHaveLength(1);

			await conversation.retry();
			expect(page.sent).toHaveLength(2);
			expect(page.sent[1]?.body).toBe(page.sent[0]?.body);
			expect(conversation.tree.path).toHaveLength(2);
		}
	);

	it.each(names)('of %s keeps what came when it is stopped, and says so', async (api) => {
		const conversation = await start(api, 'fault.stall', true);
		conversation.editor.composer = prompt;
		const run = conversation.send();
		await vi.waitFor(
			() => expect(conversation.live?.text()).toContain('The Body tab shows its exact bytes.'),
			patience
		);
		const { live } = conversation;
		expect(live?.run.outcome).toBeUndefined();
		await vi.waitFor(
			() => expect(live?.progress.times.firstToken).toBeGreaterThanOrEqual(0),
			patience
		);
		conversation.stop();
		await run;
		const { answer, ending, figures, status } = shown(conversation);
		expect(ending).toMatch(/^Stopped by you after \d+ /);
		expect(answer).toContain('The Body tab shows its exact bytes.');
		expect(answer).not.toContain(finish);
		expect(Object.keys(figures)).toEqual(['TTFT', 'total', 'status']);
		expect(status).toBe('Stopped');
		expect(page.sent).toHaveLength(1);
	});

	it.each(names)('of %s that waits for a whole answer is ended by Stop', async (api) => {
		const conversation = await start(api, 'any.model', false);
		const wait = vi.fn<Fetch>(
			(_, init) =>
				new Promise((_, reject) => {
					init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
				})
		);
		given.push(wait);
		conversation.editor.composer = 'Hello!';
		const run = conversation.send();
		await vi.waitFor(() => expect(wait).toHaveBeenCalledOnce(), patience);
		conversation.stop();
		await run;
		const { answer, ending, figures } = shown(conversation);
		expect(ending).toMatch(/^Stopped by you after 0 events/);
		expect(answer).toBe('');
		expect(Object.keys(figures)).toEqual(['total']);
	});

	it.each(
		names.flatMap((api) => [
			{
				api,
				fault: 'truncated',
				where: /^Cut short\. The connection closed after event \d+, before/
			},
			{ api, fault: 'cut-in-frame', where: /^Cut short\. The connection closed inside event \d+\./ }
		])
	)('of $api that is cut short ($fault) keeps what came', async ({ api, fault, where }) => {
		const conversation = await start(api, `fault.${fault}`, true);
		await say(conversation, prompt);
		const { answer, ending, figures, status } = shown(conversation);
		expect(ending).toMatch(where);
		expect(answer).toContain(begin);
		expect(answer).not.toContain(finish);
		const { TTFT, total, ...rest } = figures;
		expect([TTFT, total]).not.toContain(undefined);
		expect(rest).toEqual({ status: '200' });
		expect(status).toBe('Cut short');
		expect(page.sent).toHaveLength(1);
	});

	const text = 'Half of this is lost.';
	const wholes: Record<ApiName, object> = {
		Converse: {
			output: { message: { role: 'assistant', content: [{ text }] } },
			stopReason: 'end_turn'
		},
		'Chat Completions': {
			choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }]
		},
		Responses: {
			id: 'resp_half',
			status: 'completed',
			output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }]
		}
	};
	it.each(names)('of %s that is cut short in a whole body has no answer', async (api) => {
		const conversation = await start(api, 'any.model', false);
		const bytes = new TextEncoder().encode(JSON.stringify(wholes[api])).slice(0, 60);
		const body = new ReadableStream({
			start: (controller) => controller.enqueue(bytes),
			pull: (controller) => controller.error(new TypeError('network error'))
		});
		const headers = { 'content-type': 'application/json' };
		given.push(() => Promise.resolve(new Response(body, { headers })));
		await say(conversation, 'Hello!');
		const { answer, ending, figures } = shown(conversation);
		expect(ending).toMatch(/^Cut short\. The connection closed inside event 1\./);
		expect(answer).toBe('');
		expect(figures).toMatchObject({ status: '200' });
		expect(page.sent).toHaveLength(1);
	});

	it.each(names)('of %s without a key goes to the simulator alone', async (api) => {
		const { model = '' } = places.find((place) => place.api === api) ?? {};
		const conversation = await start(api, model, true);
		await page.playground.keyRing.forget();
		expect(conversation.isSimulated).toBe(true);
		await say(conversation, 'Hello!');
		expect(page.sent.map(({ simulated }) => simulated)).toEqual([true]);
		expect(conversation.lastRun?.simulated).toBe(true);
		const { answer, card } = shown(conversation);
		expect(card).toBe('');
		expect(answer).not.toBe('');
	});
});

describe('Chat Completions', () => {
	it('reports the usage of a stream when it is asked to', async () => {
		const conversation = await start('Chat Completions', 'openai.gpt-oss-120b', true);
		conversation.editor.setParam('includeUsage', true);
		await say(conversation, 'Hello!');
		expect(JSON.parse(page.sent[0]?.body ?? '')).toMatchObject({
			stream: true,
			stream_options: { include_usage: true }
		});
		expect(shown(conversation).figures).toMatchObject({ in: '20', out: '16 reasoning 7' });
	});

	it('goes to the endpoint that is chosen', async () => {
		const conversation = await start('Chat Completions', 'nvidia.nemotron-nano-9b-v2', true);
		expect(conversation.target.endpoint).toBe('mantle');
		await say(conversation, 'Hello!');
		conversation.editor.change({ endpoint: 'runtime' });
		await say(conversation, 'Hello again!');
		expect(page.sent.map(({ url }) => url)).toEqual([
			`${mantle}/v1/chat/completions`,
			`${runtime}/openai/v1/chat/completions`
		]);
		expect(spoken(conversation)).toHaveLength(4);
		expect(shown(conversation).card).toBe('');
	});

	it('is sent a guardrail by headers, and its answer is called refused', async () => {
		const conversation = await start('Chat Completions', 'openai.gpt-oss-20b-1:0', false);
		conversation.editor.change({
			guardrail: { id: 'GR12345', version: 'DRAFT', trace: 'ENABLED' }
		});
		await say(conversation, 'What is the weather like today? blockme');
		expect(page.sent[0]?.url).toBe(`${runtime}/openai/v1/chat/completions`);
		expect(headers[0]).toMatchObject({
			'x-amzn-bedrock-guardrailidentifier': 'GR12345',
			'x-amzn-bedrock-guardrailversion': 'DRAFT',
			'x-amzn-bedrock-trace': 'ENABLED'
		});
		expect(page.sent[0]?.body).not.toContain('GR12345');
		const { answer, ending } = shown(conversation);
		expect(answer).toBe('Sorry, the model cannot answer this question.');
		expect(ending).toMatch(
			/^Refused guardrail_intervened A guardrail replaced or blocked the answer\./
		);
	});
});
