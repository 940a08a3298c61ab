import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newSimulator } from '../simulator/simulator.ts';
import type { Conversation } from './conversation.svelte.ts';
import { eventually, newKey, openPage, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { FoundKey } from './key-ring.svelte.ts';
import type { Fetch } from './runner.ts';

const pages: Page[] = [];
/** By which pages tell of one another, where there are no locks. */
const channels: BroadcastChannel[] = [];

class Channel extends BroadcastChannel {
	constructor(name: string) {
		super(name);
		channels.push(this);
	}
}

beforeEach(() => {
	vi.stubGlobal('BroadcastChannel', Channel);
	vi.useFakeTimers({
		now: 1_790_000_000_000,
		toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date']
	});
});

afterEach(async () => {
	for (const { playground, close } of pages.splice(0)) {
		for (const one of Object.values(playground.tabs.shown)) one.leave();
		await playground.keyRing.forget();
		close();
	}
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** A Bedrock at the pace of a real model, by the clock that the test holds. */
const newBedrock = (): Fetch => newSimulator({ speed: 1, requireKey: false });

/** Opens a page that has what follows such runs at hand: how long modules take to load here says nothing. */
async function openSoon(answer: Fetch): Promise<Page> {
	const page = await openPage(answer);
	pages.push(page);
	const parts = [import('./jobs.ts'), import('./service-state.ts'), import('../storage/runs.ts')];
	await Promise.all<unknown>(parts);
	return page;
}

/** A page with a key and a conversation on Responses whose answers are made in the background. */
async function open(answer: Fetch, key = newKey()) {
	const page = await openSoon(answer);
	page.playground.change({ api: 'responses' });
	await page.playground.useKey(key, 'until-expiry');
	const conversation = page.playground.tabs.startAnew();
	conversation.editor.change({ stream: false, params: { background: true } });
	return { page, conversation };
}

/** Writes and sends, without waiting for the end. */
function ask(conversation: Conversation, words = 'Write 3000 words.') {
	conversation.editor.composer = words;
	void conversation.send();
}

/** Lets time go by, and all that it sets off. */
async function pass(ms: number): Promise<void> {
	for (let left = ms; left > 0; left -= 250) {
		await vi.advanceTimersByTimeAsync(Math.min(250, left));
		for (let i = 0; i < 8; i++) await new Promise((resolve) => setImmediate(resolve));
	}
}

/** Waits for what needs time to go by. */
async function timely<T>(promise: Promise<T>): Promise<T> {
	let isDone = false;
	const done = () => (isDone = true);
	promise.then(done, done);
	await eventually(async () => {
		await pass(50);
		expect(isDone).toBe(true);
	});
	return promise;
}

/** Waits until the service is asked for the response by itself. */
async function untilFollowed(conversation: Conversation) {
	await eventually(async () => {
		await pass(50);
		expect(conversation.live?.job?.nextAt).toBeDefined();
	});
}

const polls = ({ sent }: Page) => sent.filter(({ url }) => /\/responses\/resp_\w+$/.test(url));
const posts = ({ sent }: Page) => sent.filter(({ url }) => url.endsWith('/responses'));

/** Closes a page as the browser does when its tab is closed: its requests end, and what it holds is let go of. */
function closeTab({ close }: Page): void {
	vi.clearAllTimers();
	for (const channel of channels.splice(0)) channel.close();
	close();
}

async function untilEnded(conversation: Conversation) {
	await eventually(async () => {
		await pass(5000);
		expect(conversation.live).toBeUndefined();
	});
	await conversation.ended;
}

const words = (conversation: Conversation) => spoken(conversation).at(-1)?.split(/\s+/).length;
const runOf = (conversation: Conversation) => [...conversation.runs.facts.values()].at(-1);

describe('a run in the background', () => {
	it('is a run of the history while it goes on, and then one like any other', async () => {
		const { page, conversation } = await open(newBedrock());
		ask(conversation);
		await untilFollowed(conversation);
		expect(conversation.record?.end).toBeUndefined();
		await untilEnded(conversation);
		expect(posts(page)).toHaveLength(1);
		const run = runOf(conversation);
		expect(run).toMatchObject({ outcome: { end: 'finished', reason: 'completed' } });
		expect(run?.service).toBeUndefined();
		expect(conversation.chain?.responseId).toBe(run?.responseId);
		expect(conversation.record?.end).toBe('finished');
		// The answer is drawn too, and not only stored.
		const turn = conversation.tree.path.at(-1);
		if (turn === undefined) throw new Error('No turn');
		const drawn = conversation.runs.answerOf(turn).parts.map((view) => 'part' in view && view.part);
		expect(drawn).toEqual(turn.message.parts);
	});

	it('is asked for after a second, then ever more seldom, at least every fifteen', async () => {
		const { page, conversation } = await open(newBedrock());
		const { keyRing } = conversation.caller;
		ask(conversation, 'Write 40 words.');
		await untilFollowed(conversation);
		await untilEnded(conversation);
		const run = runOf(conversation);
		if (run === undefined) throw new Error('No run');
		const { Job } = await import('./job.svelte.ts');
		const { LiveRun } = await import('./live-run.svelte.ts');
		const live = new LiveRun({ ...run, simulated: true });
		const asked: number[] = [];
		const answer = (status: string) => ({
			...{ request: run.request, startedAt: Date.now(), status: 200, headers: {} },
			chunks: [{ t: 0, bytes: new TextEncoder().encode(JSON.stringify({ id: 'resp_1', status })) }],
			...{ end: 'whole' as const, times: { end: 1 } }
		});
		const look = () =>
			Promise.resolve(answer(asked.push(Date.now()) < 12 ? 'queued' : 'completed') as never);
		const caller = { keyRing, runner: { ask: look } };
		const job = new Job(live, { caller, onstate: () => undefined, onfull: () => undefined });
		const start = Date.now();
		const followed = job.follow();
		await eventually(async () => {
			await pass(250);
			expect(asked).toHaveLength(12);
		});
		expect(await followed).toMatchObject({ answer: { outcome: { end: 'finished' } } });
		live.end();
		const waits = asked.map((at, i) => at - (asked[i - 1] ?? start));
		expect(waits.slice(1, 7)).toEqual([1500, 2250, 3375, 5062, 7593, 11_390]);
		expect(waits.slice(7)).toEqual([15_000, 15_000, 15_000, 15_000, 15_000]);
		expect(page.sent.filter(({ url }) => url.endsWith('/responses'))).toHaveLength(1);
	});

	it('goes on after a look that failed, which says nothing about it, and is posted once', async () => {
		const bedrock = newBedrock();
		let looks = 0;
		const { page, conversation } = await open((input, init) => {
			const isLook = String(input).includes('/responses/');
			if (isLook && ++looks <= 2) return Promise.reject(new TypeError('Failed to fetch'));
			return bedrock(input, init);
		});
		ask(conversation);
		await untilFollowed(conversation);
		const { job } = conversation.live ?? {};
		await eventually(async () => {
			await pass(250);
			expect(job?.failure).toMatchObject({ reason: 'unreachable' });
		});
		await untilEnded(conversation);
		expect(runOf(conversation)?.outcome).toEqual({ end: 'finished', reason: 'completed' });
		expect(posts(page)).toHaveLength(1);
	});

	it('ends where the service says three times in a row that it knows no such response', async () => {
		const bedrock = newBedrock();
		const gone = { error: { code: 'not_found', message: 'Response not found.', param: null } };
		const { page, conversation } = await open((input, init) =>
			String(input).includes('/responses/')
				? Promise.resolve(Response.json(gone, { status: 404 }))
				: bedrock(input, init)
		);
		ask(conversation);
		await untilFollowed(conversation);
		await untilEnded(conversation);
		expect(polls(page)).toHaveLength(3);
		expect(runOf(conversation)?.outcome).toMatchObject({
			end: 'http-error',
			error: { status: 404, message: 'Response not found.' }
		});
	});

	it('is cancelled on the service by Stop', async () => {
		const { page, conversation } = await open(newBedrock());
		ask(conversation);
		await untilFollowed(conversation);
		conversation.stop();
		await untilEnded(conversation);
		expect(page.sent.some(({ url }) => url.endsWith('/cancel'))).toBe(true);
		expect(runOf(conversation)?.outcome).toEqual({ end: 'unfinished', status: 'cancelled' });
	});

	it('is not cancelled by a page that only stops waiting, and can be asked for later', async () => {
		const { page, conversation } = await open(newBedrock());
		ask(conversation);
		await untilFollowed(conversation);
		conversation.leave();
		await untilEnded(conversation);
		const run = runOf(conversation);
		expect(run?.outcome).toMatchObject({ end: 'unfinished' });
		expect(page.sent.some(({ url }) => url.endsWith('/cancel'))).toBe(false);
		vi.setSystemTime(Date.now() + 120_000);
		const { retrieve } = await import('./service-calls.ts');
		if (run === undefined) throw new Error('No run');
		expect(await timely(retrieve(conversation, run))).toMatchObject({
			ok: { status: 'completed' }
		});
		expect(runOf(conversation)?.service?.state).toBe('completed');
	});
});

describe('a run in the background whose page goes away', () => {
	it('goes on in the page that is opened next', async () => {
		const bedrock = newBedrock();
		const { page, conversation } = await open(bedrock);
		ask(conversation);
		await untilFollowed(conversation);
		await page.playground.tabs.saveDraft(conversation);
		closeTab(page);
		const next = await openSoon(bedrock);
		const again = tab(next, 'responses');
		expect(again.id).toBe(conversation.id);
		await untilFollowed(again);
		await untilEnded(again);
		expect(words(again)).toBeGreaterThan(3000);
		expect([posts(next).length, polls(next).length > 1]).toEqual([0, true]);
	});

	it('is followed by one of two pages, and shown by both when it is finished', async () => {
		const bedrock = newBedrock();
		const { page, conversation } = await open(bedrock);
		ask(conversation);
		await untilFollowed(conversation);
		await page.playground.tabs.saveDraft(conversation);
		const other = await openSoon(bedrock);
		const there = tab(other, 'responses');
		await eventually(async () => {
			await pass(250);
			expect(there.live?.job?.paused).toBe('elsewhere');
		});
		const { job } = there.live ?? {};
		await untilEnded(conversation);
		await untilEnded(there);
		expect(job?.checkedAt).toBeUndefined();
		expect(spoken(there)).toEqual(spoken(conversation));
	});
});

describe('the key of a run in the background', () => {
	const ours = (account = '123456789012') => ({ ...newKey(), account }) as FoundKey;

	it('stops its polling when it is forgotten; another of the account goes on when one says so', async () => {
		const { page, conversation } = await open(newBedrock(), ours());
		ask(conversation);
		await untilFollowed(conversation);
		const { job } = conversation.live ?? {};
		await page.playground.keyRing.forget();
		await eventually(async () => {
			await pass(1000);
			expect(job?.paused).toBe('no-key');
		});
		const before = polls(page).length;
		await pass(40_000);
		expect(polls(page)).toHaveLength(before);
		await page.playground.useKey(ours(), 'until-expiry');
		await pass(40_000);
		expect([polls(page).length, job?.canGoOn]).toEqual([before, true]);
		job?.goOn();
		await untilEnded(conversation);
		expect(runOf(conversation)?.outcome).toEqual({ end: 'finished', reason: 'completed' });
	});

	it('is not taken from another account', async () => {
		const { page, conversation } = await open(newBedrock(), ours());
		ask(conversation);
		await untilFollowed(conversation);
		const { job } = conversation.live ?? {};
		await page.playground.useKey(ours('210987654321'), 'until-expiry');
		await eventually(async () => {
			await pass(1000);
			expect([job?.paused, job?.canGoOn]).toEqual(['other-account', false]);
		});
	});
});

describe('a stream of a run in the background that breaks off', () => {
	/** Cuts what is posted after some bytes, in the middle of an event. */
	const cutting = (bedrock: Fetch, refuses = false): Fetch => {
		return async (input, init) => {
			const url = String(input);
			if (refuses && url.includes('stream=true')) {
				const error = { message: 'Streaming is not supported here.', param: 'stream' };
				return Response.json({ error }, { status: 400 });
			}
			const response = await bedrock(input, init);
			return url.endsWith('/responses') ? new Response(cut(response.body), response) : response;
		};
	};
	const cut = (body: Response['body']) => {
		let left = 6000;
		return body?.pipeThrough(
			new TransformStream<Uint8Array, Uint8Array>({
				transform(chunk, controller) {
					controller.enqueue(chunk.slice(0, left));
					left -= chunk.length;
					if (left <= 0) controller.error(new TypeError('network error'));
				}
			})
		);
	};

	it('is taken up again after its last whole event, and reads as if it had never broken', async () => {
		const bedrock = newBedrock();
		const { page, conversation } = await open(cutting(bedrock));
		conversation.editor.change({ stream: true });
		ask(conversation, 'Write 100 words.');
		await untilEnded(conversation);
		const again = page.sent.find(({ url }) => url.includes('stream=true'));
		expect(again?.url).toMatch(/\?stream=true&starting_after=\d+$/);
		expect(posts(page)).toHaveLength(1);
		const run = runOf(conversation);
		expect(run?.outcome).toEqual({ end: 'finished', reason: 'completed' });
		const { retrieve } = await import('./service-calls.ts');
		const whole = run && (await timely(retrieve(conversation, run)));
		const { apis } = await import('../apis/index.ts');
		const { readExchange } = await import('../http/read-answer.ts');
		const answer =
			whole !== undefined && 'ok' in whole && readExchange(apis.responses, whole.exchange);
		expect(answer).toMatchObject({ parts: conversation.tree.path.at(-1)?.message.parts });
	});

	it('is asked for where that is refused, and says why', async () => {
		const { page, conversation } = await open(cutting(newBedrock(), true));
		conversation.editor.change({ stream: true });
		ask(conversation);
		await eventually(async () => {
			await pass(250);
			expect(conversation.live?.job?.noStream).toMatchObject({
				error: { message: 'Streaming is not supported here.' }
			});
		});
		await untilEnded(conversation);
		expect(runOf(conversation)?.outcome).toEqual({ end: 'finished', reason: 'completed' });
		expect([posts(page).length, polls(page).length > 0]).toEqual([1, true]);
	});
});
