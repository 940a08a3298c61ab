import type { Chunk } from '../model/exchange.ts';
import { appendChunks, dropChunks, leaveChunks } from '../storage/exchanges.ts';

/** ms between two writes of what has come. */
const saveEvery = 2000;

/** The chunks of one run on their way into storage: each is written once. */
export class ChunkLog {
	readonly #run: string;
	readonly #onfull: () => void;
	#chunks: Chunk[] = [];
	/** Place of the first of `#chunks` in the body. */
	#first = 0;
	/** The write that goes on: one after the other. */
	#writing: Promise<void> | undefined;
	#isDropped = false;
	readonly #timer: ReturnType<typeof setInterval>;

	constructor(run: string, onfull: () => void) {
		this.#run = run;
		this.#onfull = onfull;
		this.#timer = setInterval(() => void this.#write(), saveEvery);
	}

	add(chunk: Chunk): void {
		if (!this.#isDropped) this.#chunks.push(chunk);
	}

	/** Stores what is not stored yet, as the page goes away: nothing that takes time comes before the write. */
	leave(): void {
		leaveChunks(this.#run, this.#first, this.#chunks).catch(this.#onfull);
	}

	/** Nothing of it is kept: it holds the key. */
	drop(): void {
		this.#isDropped = true;
		this.#chunks = [];
	}

	async end(): Promise<void> {
		clearInterval(this.#timer);
		await this.#writing;
		await this.#write();
		if (this.#isDropped) await dropChunks(this.#run).catch(this.#onfull);
	}

	#write(): Promise<void> {
		this.#writing ??= this.#append().finally(() => (this.#writing = undefined));
		return this.#writing;
	}

	async #append(): Promise<void> {
		const chunks = [...this.#chunks];
		await appendChunks(this.#run, this.#first, chunks).catch(this.#onfull);
		this.#chunks.splice(0, chunks.length);
		this.#first += chunks.length;
	}
}
