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
		if (record !== undefined) return (await this.#keyRing.readSecret()) !== undefined;
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
		const secret = run.simulated ? undefined : await this.#keyRing.readSecret();
		const { execute } = await import('../http/execute.ts');
		const fetch = run.simulated ? await this.#startSimulator() : undefined;
		const done = await execute({
			api,
			run,
			signal: live.signal,
			onprogress: (fold, received) => live.take(fold, received),
			...(secret !== undefined && { secret }),
			...(fetch !== undefined && { fetch })
		});
		clearInterval(timer);
		this.#running.delete(live);
		live.end();
		await this.#save(done);
		if (!run.simulated && (done.status === 401 || done.status === 403))
			await this.#keyRing.reject();
		return done;
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
		return (this.#simulator ??= this.#loadSimulator());
	}
}
