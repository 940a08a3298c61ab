import { apis } from '../apis/index.ts';
import { storedCalls } from '../apis/responses/stored.ts';
import { wholeEvents } from '../http/last-event.ts';
import { readExchange } from '../http/read-answer.ts';
import type { Chunk, Exchange } from '../model/exchange.ts';
import { placeOf } from '../model/response-node.ts';
import { isAtWork, stateOfStatus } from '../model/response-state.ts';
import type { Answer } from '../model/run.ts';
import { dropChunks, loadChunks } from '../storage/exchanges.ts';
import { claimRun } from '../storage/running.ts';
import { isEnded } from '../storage/runs.ts';
import { ChunkLog } from './chunk-log.ts';
import { call, isUnknown, wayTo } from './service-calls.ts';
import type { Called, CallFailure, Caller, NoWay } from './service-calls.ts';
import type { LiveRun } from './live-run.svelte.ts';

/** ms until the first look, how much longer each wait is than the one before, and the longest. */
export const pollFrom = 1000;
const pollGrowth = 1.5;
export const pollAtMost = 15_000;
/** How often in a row a service has to say that it knows no such response: right after it was made it may not yet. */
const unknownAtMost = 3;

/** What a job needs of the page. */
export interface JobMeans {
	caller: Caller;
	/** Called when what the service says of the response has changed. */
	onstate: (state: 'queued' | 'in-progress') => void;
	/** Called when something could not be stored. */
	onfull: () => void;
}

/** How the following of a job came to its end. `elsewhere`: another page has seen it through. */
export type Followed = { answer: Answer } | 'elsewhere' | 'left';

/**
 * A response that the service makes in the background, followed to its end: its stream is taken up again where it has one,
 * else it is asked for again and again. Nothing is ever posted again, and a look that fails says nothing about the job.
 */
export class Job {
	/** What the service last said. */
	state: 'queued' | 'in-progress' = $state('queued');
	/** Epoch ms of the last look that brought an answer, and of the next look; absent while one goes on. */
	checkedAt: number | undefined = $state();
	nextAt: number | undefined = $state();
	/** Why the last look, or the last attempt to cancel, brought nothing. */
	failure: CallFailure | undefined = $state.raw();
	/** Why its stream is not taken up again, where it was to be. */
	noStream: CallFailure | 'no-events' | undefined = $state.raw();
	/** Why it is not looked after: another page does, or there is no key for it, or another one than it began with. */
	paused: 'elsewhere' | 'other-key' | NoWay | undefined = $state.raw();
	isStreaming = $state(false);
	isCancelling = $state(false);
	readonly #live: LiveRun;
	readonly #means: JobMeans;
	/** The key that a person has said it may go on with. */
	#allowed: string | undefined;
	/** Ends a wait before its time. */
	#wake: () => void = () => undefined;
	#brought: Called | undefined;

	constructor(live: LiveRun, means: JobMeans) {
		this.#live = live;
		this.#means = means;
		const known = live.run.service?.state;
		if (isAtWork(known)) this.state = known;
	}

	/** Looks now. */
	check(): void {
		this.#wake();
	}

	/** Goes on with the key in use, though the job was begun with another of the same account. */
	goOn(): void {
		const way = wayTo(this.#live.run, this.#means.caller.keyRing);
		this.#allowed = 'why' in way ? undefined : way.key;
		this.#wake();
	}

	/** Whether the key in use may look after it, once a person says so. */
	get canGoOn(): boolean {
		return this.#obstacle === 'other-key';
	}

	/** Asks the service to end it. Where that fails it goes on, and why is said. */
	async cancel(): Promise<void> {
		if (this.isCancelling) return;
		this.isCancelling = true;
		const called = await this.#call('cancel');
		this.isCancelling = false;
		if ('failure' in called) {
			this.failure = called.failure;
			return;
		}
		this.#brought = called;
		this.#wake();
	}

	/** Sees it through. */
	async follow(): Promise<Followed> {
		const { run, signal } = this.#live;
		signal.addEventListener('abort', () => this.#wake());
		const release = await this.#claim();
		if (release === undefined) return 'left';
		try {
			if (this.paused === 'elsewhere') {
				this.paused = undefined;
				if (await isEnded(run)) return 'elsewhere';
			}
			return (await this.#takeUp()) ?? (await this.#poll());
		} finally {
			release();
		}
	}

	/** Waits until no other page follows it. Undefined where it was left before. */
	async #claim(): Promise<(() => void) | undefined> {
		const { run, signal } = this.#live;
		return claimRun(run.id, signal, () => (this.paused = 'elsewhere'));
	}

	async #poll(): Promise<Followed> {
		const { signal } = this.#live;
		let wait = pollFrom;
		for (let unknown = 0; ; wait = Math.min(wait * pollGrowth, pollAtMost)) {
			await this.#wait(wait);
			if (signal.aborted) return 'left';
			const called = this.#brought ?? (await this.#look());
			this.#brought = undefined;
			if (called === undefined) continue;
			unknown = isUnknown(called) ? unknown + 1 : 0;
			const answer = await this.#read(called, unknown >= unknownAtMost);
			if (answer !== undefined) return { answer };
		}
	}

	/** Asks for it once; undefined where no key may. */
	async #look(): Promise<Called | undefined> {
		this.nextAt = undefined;
		const obstacle = this.#obstacle;
		this.paused = obstacle;
		return obstacle === undefined ? this.#call('retrieve') : undefined;
	}

	/** What a look has brought: the answer, where it is finished or the service knows nothing of it any more. */
	async #read(called: Called, isGone: boolean): Promise<Answer | undefined> {
		if ('failure' in called) {
			const { failure } = called;
			// The key went away during it.
			if (failure.reason !== 'stopped') this.failure = failure;
			return isGone && failure.reason === 'refused' ? this.#newRefused(failure) : undefined;
		}
		this.failure = undefined;
		this.checkedAt = Date.now();
		const state = stateOfStatus(called.ok['status']);
		if (!isAtWork(state)) return this.#readWhole(called.exchange);
		if (state !== this.state) {
			this.state = state;
			this.#means.onstate(state);
		}
		return undefined;
	}

	/** The answer in a whole body. Its exchange takes the place of the one that began the run. */
	async #readWhole(exchange: Exchange): Promise<Answer> {
		const { run } = this.#live;
		const since = Math.max(0, exchange.startedAt - run.startedAt);
		const chunks = exchange.chunks.map(({ t, bytes }) => ({ t: t + since, bytes }));
		const { headers, end } = exchange.times;
		const times = {
			end: end + since,
			...(headers !== undefined && { headers: headers + since })
		};
		await this.#keep(chunks);
		return readExchange(apis[run.api], { ...exchange, chunks, times });
	}

	#newRefused({ error }: CallFailure & { reason: 'refused' }): Answer {
		const times = { end: Math.max(0, Date.now() - this.#live.run.startedAt) };
		const outcome = { end: 'http-error', error } as const;
		return { parts: [], times, received: { frames: 0, bytes: 0 }, status: error.status, outcome };
	}

	/** Takes its stream up again after the last event that came; undefined where it has none, or where it is refused. */
	async #takeUp(): Promise<Followed | undefined> {
		const { run, signal } = this.#live;
		const stored = (await loadChunks(run.id).catch(() => undefined)) ?? [];
		const isStream = run.headers?.['content-type']?.startsWith('text/event-stream') === true;
		if (!isStream || this.#obstacle !== undefined || signal.aborted) return undefined;
		const { chunks, last } = wholeEvents(stored);
		if (last === undefined) this.noStream = 'no-events';
		if (last === undefined || this.#brought !== undefined) return undefined;
		this.isStreaming = true;
		const answer = await this.#resume(chunks, last);
		this.isStreaming = false;
		return answer && { answer };
	}

	async #resume(before: Chunk[], last: number): Promise<Answer | undefined> {
		const { run, signal } = this.#live;
		const { base } = placeOf(run);
		const request = storedCalls.resume(base, run.responseId ?? '', last);
		const way = wayTo(run, this.#means.caller.keyRing);
		if ('why' in way) return undefined;
		const chunks: Chunk[] = [];
		const since = Math.max(0, Date.now() - run.startedAt);
		const resumed = await this.#means.caller.runner.ask(
			way.key,
			request.url,
			signal,
			async (means, signal) =>
				means.execution.execute({
					...{ api: apis[run.api], request, signal, before, since, ...means.with },
					onchunk: (chunk) => chunks.push(chunk),
					onhidden: () => chunks.splice(0),
					onchange: (changes, fold, received) => this.#live.take(changes, fold, received)
				})
		);
		const { outcome } = resumed?.answer ?? {};
		switch (outcome?.end) {
			case 'finished':
			case 'stream-error':
				await this.#keep([...before, ...chunks]);
				return resumed?.answer;
			case 'http-error':
				this.noStream = { reason: 'refused', error: outcome.error };
				return undefined;
			case 'unreachable':
				this.noStream = { reason: 'unreachable', host: outcome.host, cause: outcome.cause };
				return undefined;
		}
		// It broke off again, or was stopped: from here on it is asked for.
		return undefined;
	}

	/** Stores the bytes of the answer in place of those that are there. */
	async #keep(chunks: readonly Chunk[]): Promise<void> {
		const { id } = this.#live.run;
		await dropChunks(id).catch(() => this.#means.onfull());
		const log = new ChunkLog(id, () => this.#means.onfull());
		for (const chunk of chunks) log.add(chunk);
		await log.end();
	}

	#call(name: 'retrieve' | 'cancel'): Promise<Called> {
		const { run, signal } = this.#live;
		const request = storedCalls[name](placeOf(run).base, run.responseId ?? '');
		return call(request, run, this.#means.caller, signal);
	}

	/** Why the key in use does not look after it. */
	get #obstacle(): 'other-key' | NoWay | undefined {
		const { run } = this.#live;
		const { keyRing } = this.#means.caller;
		const way = wayTo(run, keyRing);
		if ('why' in way) return way.why;
		const isOwn = way.key === undefined || way.key === run.key || way.key === this.#allowed;
		return isOwn ? undefined : 'other-key';
	}

	/** Waits `ms`, or until something else is to be done. */
	#wait(ms: number): Promise<void> {
		if (this.#live.signal.aborted || this.#brought !== undefined) return Promise.resolve();
		this.nextAt = Date.now() + ms;
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}
