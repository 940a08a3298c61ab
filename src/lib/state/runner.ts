import type { RequestApi } from '../apis/api.ts';
import { originsOf } from '../model/key.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Answer, Run } from '../model/run.ts';
import type { ChunkLog } from './chunk-log.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';

/** What stands in for the network in the demo. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/** What a conversation is told of its run. */
export interface RunEvents {
	onstart: () => void;
	onhead: (status: number, headers: Record<string, string>, t: number) => void;
}

/** Sends the requests of runs with the key in use, or to the simulator where there is none, and stores what comes. */
export class Runner {
	/** Nothing may be sent from this page. */
	isHalted = false;
	/** Called when something could not be stored. */
	onfull: () => void = () => undefined;
	readonly #keyRing: KeyRing;
	readonly #loadSimulator: () => Promise<Fetch>;
	#simulator: Promise<Fetch> | undefined;
	/** From the moment they are asked for: what a key is forgotten for must not begin either. */
	readonly #lives = new Set<LiveRun>();
	readonly #logs = new Set<ChunkLog>();

	constructor(keyRing: KeyRing, loadSimulator: () => Promise<Fetch>) {
		this.#keyRing = keyRing;
		this.#loadSimulator = loadSimulator;
	}

	/**
	 * Sends `request` as the run of `live` and sees it to its end; `onstart` is called when it is about to go out, `onhead`
	 * when the answer begins.
	 * Undefined where nothing was sent: the key is gone or another, or this page may not send.
	 */
	async execute(
		api: RequestApi,
		live: LiveRun,
		request: HttpRequest,
		{ onstart, onhead }: RunEvents
	): Promise<Answer | undefined> {
		this.#lives.add(live);
		try {
			return await this.#execute(api, live, request, { onstart, onhead });
		} finally {
			this.#lives.delete(live);
			live.end();
		}
	}

	async #execute(
		api: RequestApi,
		live: LiveRun,
		request: HttpRequest,
		{ onstart, onhead }: RunEvents
	): Promise<Answer | undefined> {
		const { run, signal } = live;
		const means = await this.#findMeans(run);
		// The key may have been forgotten meanwhile, or Stop pressed: then nothing goes out.
		if (means === undefined || signal.aborted) return undefined;
		onstart();
		if (means === 'out-of-reach') return notLoaded();
		const { apis, execute, holdRun, ChunkLog } = means.execution;
		const log = new ChunkLog(run.id, () => this.onfull());
		this.#logs.add(log);
		const release = holdRun(run.id);
		try {
			const { answer } = await execute({
				...{ api: apis[api.id], request, signal, startedAt: run.startedAt },
				...means.with,
				onhead,
				onchunk: (chunk) => log.add(chunk),
				onhidden: () => log.drop(),
				onchange: (changes, fold, received) => live.take(changes, fold, received)
			});
			await log.end();
			return answer;
		} finally {
			this.#logs.delete(log);
			release();
		}
	}

	/**
	 * What a request to `base` that is no run is sent with: the secret of the key in use, read now, or the simulator.
	 * Undefined where it may not be sent: the key is for another origin or gone, or this page may send nothing. Rejects
	 * where the simulator is out of reach.
	 */
	async meansFor(
		base: string
	): Promise<{ secret: string; key: string } | { fetch: Fetch } | undefined> {
		if (this.isHalted) return undefined;
		const { record, expiredAt } = this.#keyRing;
		if (record === undefined)
			return expiredAt === undefined ? { fetch: await this.#startSimulator() } : undefined;
		if (!originsOf(record).includes(new URL(base).origin)) return undefined;
		const secret = await this.#keyRing.readSecret(record.id);
		return secret === undefined ? undefined : { secret, key: record.id };
	}

	/** Loads what a run will need, as soon as it looks as if there will be one; what fails is asked for again by the run. */
	prepare(): void {
		import('./execution.ts').catch(() => undefined);
		if (this.#keyRing.record === undefined && this.#keyRing.expiredAt === undefined) {
			this.#startSimulator().catch(() => undefined);
		}
	}

	/** Stores what runs have brought so far, when the page may go away. */
	saveRunning(): void {
		for (const log of this.#logs) log.leave();
	}

	/** Ends the runs that go on with key `id`. */
	stopWithKey(id: string): void {
		for (const live of this.#lives) if (live.run.key === id) live.stop();
	}

	/** The secret is read once a run; an expired key is not replaced by the simulator behind the user's back. */
	async #findMeans(run: Run) {
		if (this.isHalted) return undefined;
		const { key } = run;
		if (key === undefined && this.#keyRing.expiredAt !== undefined) return undefined;
		const secret = key === undefined ? undefined : await this.#keyRing.readSecret(key);
		if (key !== undefined && secret === undefined) return undefined;
		// The page's own files can be out of reach: it may be offline since it was opened.
		try {
			const [execution, means] = await Promise.all([
				import('./execution.ts'),
				secret === undefined || key === undefined ? this.#startSimulator() : { secret, key }
			]);
			return { execution, with: typeof means === 'function' ? { fetch: means } : means };
		} catch {
			return 'out-of-reach' as const;
		}
	}

	#startSimulator(): Promise<Fetch> {
		this.#simulator ??= this.#loadSimulator();
		// What failed to load is asked for again the next time.
		this.#simulator.catch(() => (this.#simulator = undefined));
		return this.#simulator;
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
