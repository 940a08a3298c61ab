import type { ConnectionTest } from './connection-test.ts';

/** Tests under way and what they have found, by a name for what is tested. */
export class ConnectionTester {
	results: Readonly<Record<string, ConnectionTest | 'running'>> = $state.raw({});
	readonly #running = new Map<string, AbortController>();

	/** Starts a test in place of an older one of that name, which is stopped and whose late answer changes nothing. */
	async start(
		name: string,
		run: (signal: AbortSignal) => Promise<ConnectionTest | undefined>
	): Promise<void> {
		this.#running.get(name)?.abort();
		const own = new AbortController();
		this.#running.set(name, own);
		this.results = { ...this.results, [name]: 'running' };
		const found = await run(own.signal);
		if (this.#running.get(name) !== own) return;
		this.#running.delete(name);
		const { [name]: _, ...others } = this.results;
		this.results = found === undefined ? others : { ...others, [name]: found };
	}

	/** Stops all tests and forgets what they have found, as when what was tested is another by now. */
	stop(): void {
		for (const one of this.#running.values()) one.abort();
		this.#running.clear();
		this.results = {};
	}
}
