import type { RequestApi } from '../apis/api.ts';
import { noGateway } from '../catalog/targets.ts';
import type { Exchange, Head } from '../model/exchange.ts';
import type { Fold } from '../model/fold.ts';
import { loadOnce } from '../model/load-once.ts';
import { isBedrockHost } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Answer } from '../model/run.ts';
import type { ChunkLog, StoreRest } from './chunk-log.ts';
import type { Credentials, KeyRing } from './key-ring.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';

/** What stands in for the network in the demo. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** What a conversation is told of its run. */
export interface RunEvents {
	onstart: () => void;
	onhead: (head: Head) => void;
	/** Called whenever something of the answer has come. */
	onfold?: (fold: Fold) => void;
}

/** How a run ended. */
export interface Finished {
	answer: Answer;
	/**
	 * Stores the bytes of it that are not stored yet, by `store` or by themselves, and then lets go of the run. Never rejects.
	 */
	end: (store?: StoreRest) => Promise<void>;
}

/** What a request is sent by, and with. */
export interface Means {
	execution: typeof import('./execution.ts');
	with: Credentials | { fetch: Fetch };
}

/** What sends requests, and reads and stores what comes. */
const loadExecution = loadOnce(() => import('./execution.ts'));

/** Sends the requests of runs with the key in use, or to the simulator where there is none, and stores what comes. */
export class Runner {
	/** Nothing may be sent from this page. */
	isHalted = false;
	/** Called when something could not be stored. */
	onfull: () => void = () => undefined;
	readonly #keyRing: KeyRing;
	readonly #startSimulator: () => Promise<Fetch>;
	/** From the moment they are asked for: what a key is forgotten for must not begin either. */
	readonly #lives = new Set<LiveRun>();
	/** Requests that are no runs. */
	readonly #calls = new Set<{ key: string | undefined; stop: () => void }>();
	readonly #logs = new Set<ChunkLog>();

	constructor(keyRing: KeyRing, loadSimulator: () => Promise<Fetch>) {
		this.#keyRing = keyRing;
		this.#startSimulator = loadOnce(loadSimulator);
	}

	/**
	 * Sends `request` as the run of `live` and sees it to its end; `onstart` is called when it is about to go out, `onhead`
	 * when the answer begins. What came is shown before all of it is stored, which the caller sees to by `end`.
	 * Undefined where nothing was sent: the key is gone or another, or this page may not send.
	 */
	async execute(
		api: RequestApi,
		live: LiveRun,
		request: HttpRequest,
		events: RunEvents
	): Promise<Finished | undefined> {
		this.#lives.add(live);
		try {
			return await this.#execute(api, live, request, events);
		} finally {
			this.#lives.delete(live);
			live.end();
		}
	}

	async #execute(
		api: RequestApi,
		live: LiveRun,
		request: HttpRequest,
		{ onstart, onhead, onfold }: RunEvents
	): Promise<Finished | undefined> {
		const { run, signal } = live;
		// The simulator stands in for Bedrock, not for somebody's gateway.
		if (run.key === undefined && !isBedrockHost(new URL(request.url).hostname)) return undefined;
		const means = await this.#findMeans(run.key, request.url);
		// The key may have been forgotten meanwhile, or Stop pressed: then nothing goes out.
		if (means === undefined || signal.aborted) return undefined;
		onstart();
		if (means === 'out-of-reach')
			return { answer: notLoaded(), end: async (store) => store?.(undefined) };
		const { apis, execute, holdRun, ChunkLog } = means.execution;
		const log = new ChunkLog(run.id, () => this.onfull());
		this.#logs.add(log);
		const release = holdRun(run.id);
		const end: Finished['end'] = (store) =>
			log.end(store).finally(() => {
				this.#logs.delete(log);
				release();
			});
		try {
			const { answer } = await execute({
				...{ api: apis[api.id], request, signal, startedAt: run.startedAt },
				...means.with,
				onhead: (status, headers, t) => {
					log.begin({ status, headers, t });
					onhead({ status, headers, t });
				},
				onchunk: (chunk) => log.add(chunk),
				onhidden: () => log.drop(),
				onchange: (changes, fold, received) => {
					live.take(changes, fold, received);
					onfold?.(fold);
				}
			});
			return { answer, end };
		} catch (error) {
			await end();
			throw error;
		}
	}

	/**
	 * What a request to `url` that is no run is sent with: the secret of the key in use, read now, or the simulator. Undefined
	 * where it may not be sent: there is no key for it or it is gone, or this page may send nothing. Rejects where the
	 * simulator is out of reach.
	 */
	async meansFor(url: string): Promise<Credentials | { fetch: Fetch } | undefined> {
		if (this.isHalted) return undefined;
		const key = this.#keyRing.keyFor({ base: url });
		if (key !== undefined) return this.#keyRing.credentialsFor(key.id, url);
		const { record, expiredAt } = this.#keyRing;
		const isDemo =
			record === undefined && expiredAt === undefined && isBedrockHost(new URL(url).hostname);
		// Where there is no gateway nothing of anybody's is asked for.
		if (!isDemo && !url.startsWith(noGateway)) return undefined;
		return { fetch: await this.#startSimulator() };
	}

	/**
	 * Sends a request that is no run, as one for embeddings, and gives its exchange. Undefined where nothing was sent, see
	 * `meansFor`. It ends when the key is forgotten.
	 */
	async call(request: HttpRequest, signal: AbortSignal): Promise<Exchange | undefined> {
		const key = this.#keyRing.keyFor({ base: request.url })?.id;
		return this.#stoppable(key, signal, async (signal) => {
			const means = await this.meansFor(request.url);
			const { send } = await loadExecution();
			if (means === undefined || signal.aborted) return undefined;
			return send({ request, signal, ...means });
		});
	}

	/**
	 * Sends, by `use`, what is asked about something that was made with `key`, or in the simulator without one. Undefined where
	 * nothing was sent: the key is gone, this page may not send, or its own files are out of reach. It ends with the key.
	 */
	async ask<T>(
		key: string | undefined,
		url: string,
		signal: AbortSignal,
		use: (means: Means, signal: AbortSignal) => Promise<T>
	): Promise<T | undefined> {
		return this.#stoppable(key, signal, async (signal) => {
			const means = await this.#findMeans(key, url);
			if (means === undefined || means === 'out-of-reach' || signal.aborted) return undefined;
			return use(means, signal);
		});
	}

	/** Does what also ends when `key` is forgotten, from the moment it is asked for: its secret is not read yet. */
	async #stoppable<T>(
		key: string | undefined,
		signal: AbortSignal,
		use: (signal: AbortSignal) => Promise<T>
	): Promise<T> {
		const forgotten = new AbortController();
		const going = { key, stop: () => forgotten.abort() };
		this.#calls.add(going);
		try {
			return await use(AbortSignal.any([signal, forgotten.signal]));
		} finally {
			this.#calls.delete(going);
		}
	}

	/** Loads what a run will need, as soon as it looks as if there will be one; what fails is asked for again by the run. */
	async prepare(): Promise<void> {
		const { record, expiredAt } = this.#keyRing;
		const isDemo = record === undefined && expiredAt === undefined;
		await Promise.allSettled([loadExecution(), isDemo && this.#startSimulator()]);
	}

	/** Stores what runs have brought so far, when the page may go away. */
	saveRunning(): void {
		for (const log of this.#logs) log.leave();
	}

	/** Ends the runs that go on with key `id`. */
	stopWithKey(id: string): void {
		for (const live of this.#lives) if (live.run.key === id) live.stop();
		for (const call of this.#calls) if (call.key === id) call.stop();
	}

	/** The secret is read once a request; an expired key is not replaced by the simulator behind the user's back. */
	async #findMeans(
		key: string | undefined,
		url: string
	): Promise<Means | 'out-of-reach' | undefined> {
		if (this.isHalted) return undefined;
		if (key === undefined && this.#keyRing.expiredAt !== undefined) return undefined;
		const credentials =
			key === undefined ? undefined : await this.#keyRing.credentialsFor(key, url);
		if (key !== undefined && credentials === undefined) return undefined;
		// The page's own files can be out of reach: it may be offline since it was opened.
		try {
			const [execution, means] = await Promise.all([
				loadExecution(),
				credentials ?? this.#startSimulator()
			]);
			return { execution, with: typeof means === 'function' ? { fetch: means } : means };
		} catch {
			return 'out-of-reach' as const;
		}
	}
}

function notLoaded(): Answer {
	return {
		parts: [],
		times: {},
		received: { frames: 0, bytes: 0 },
		outcome: { end: 'unreachable', host: location.host, cause: 'no-answer' }
	};
}
