import type { Api } from '../apis/api.ts';
import { newId } from '../model/draft.ts';
import type { Draft } from '../model/draft.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Run } from '../model/run.ts';
import { loadRun, saveRun } from '../storage/runs.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import { LiveRun } from './live-run.svelte.ts';

/** What stands in for the network in the demo. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

const saveEvery = 2000;

/** Executes requests with the key in use, or on the simulator where there is none, and keeps their runs. */
export class Runner {
	/** Called when a run was stored, or could not be. */
	onsave: (run: Run, isKept: boolean) => void = () => undefined;
	/** Nothing may be sent from this page. */
	isHalted = false;
	readonly #keyRing: KeyRing;
	readonly #loadSimulator: () => Promise<Fetch>;
	#simulator: Promise<Fetch> | undefined;
	readonly #running = new Set<LiveRun>();

	constructor(keyRing: KeyRing, loadSimulator: () => Promise<Fetch>) {
		this.#keyRing = keyRing;
		this.#loadSimulator = loadSimulator;
	}

	/** Whether a request may go out: an expired key is not replaced by the simulator behind the user's back. */
	async isReady(): Promise<boolean> {
		const { record } = this.#keyRing;
		if (this.isHalted) return false;
		if (record !== undefined) return (await this.#keyRing.readSecret(record.id)) !== undefined;
		return this.#keyRing.expiredAt === undefined;
	}

	/** Begins a run: nothing is sent before `finish`. */
	start(
		api: Api,
		draft: Draft,
		request: HttpRequest,
		conversation: string,
		parent: string | undefined
	): LiveRun {
		const { record } = this.#keyRing;
		return new LiveRun({
			v: 1,
			id: newId(),
			api: api.id,
			conversation,
			...(parent !== undefined && { parent }),
			startedAt: Date.now(),
			...(record !== undefined && { key: record.id }),
			simulated: record === undefined,
			request,
			draft,
			parts: [],
			times: {},
			received: { events: 0, bytes: 0 }
		});
	}

	/** Sends the run's request and sees it to its end. The run is stored now, every two seconds, and at its end. */
	async finish(api: Api, live: LiveRun): Promise<Run> {
		this.#running.add(live);
		void this.#save(live.run);
		const timer = setInterval(() => void this.#save(live.snapshot()), saveEvery);
		const { run } = live;
		const secret = run.key === undefined ? undefined : await this.#keyRing.readSecret(run.key);
		// The key was forgotten or replaced while this began: nothing goes out without it or with another.
		if (!run.simulated && secret === undefined) live.stop();
		const done = await this.#execute(api, live, secret);
		clearInterval(timer);
		this.#running.delete(live);
		live.end();
		await this.#save(done);
		if (done.status === 401 || done.status === 403) await this.#keyRing.reject(run.key);
		return done;
	}

	async #execute(api: Api, live: LiveRun, secret: string | undefined): Promise<Run> {
		const { run, signal } = live;
		const loading = [
			import('../http/execute.ts'),
			run.simulated ? this.#startSimulator() : undefined
		] as const;
		// The page's own files can be out of reach: it may be offline since it was opened.
		const loaded = await Promise.all(loading).catch(() => undefined);
		if (loaded === undefined) {
			return { ...run, outcome: { end: 'unreachable', host: location.host, cause: 'no-answer' } };
		}
		const [{ execute }, fetch] = loaded;
		return execute({
			api,
			run,
			signal,
			onprogress: (fold, received) => live.take(fold, received),
			...(secret !== undefined && { secret }),
			...(fetch !== undefined && { fetch })
		});
	}

	load(id: string): Promise<Run | undefined> {
		return loadRun(id);
	}

	/** Stores what runs have come to, when the page may go away. */
	saveRunning(): void {
		for (const live of this.#running) void this.#save(live.snapshot());
	}

	async #save(run: Run): Promise<void> {
		const isKept = await saveRun(run).then(
			() => true,
			() => false
		);
		this.onsave(run, isKept);
	}

	#startSimulator(): Promise<Fetch> {
		this.#simulator ??= this.#loadSimulator();
		// What failed to load is asked for again the next time.
		this.#simulator.catch(() => (this.#simulator = undefined));
		return this.#simulator;
	}
}
