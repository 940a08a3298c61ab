import type { Chunk, Head } from '../model/exchange.ts';
import { appendChunks, dropChunks } from '../storage/exchanges.ts';
import { newStoredPiece } from '../storage/pieces.ts';
import type { Arrival, StoredPiece } from '../storage/pieces.ts';

/** ms between two writes of what has come. */
const saveEvery = 2000;

/** Stores the last piece of an answer, if there is one. Never rejects. */
export type StoreRest = (rest: StoredPiece | undefined) => Promise<void>;

/** The answer of one run on its way into storage: its head and each chunk are written once. */
export class ChunkLog {
	readonly #run: string;
	readonly #onfull: () => void;
	/** Until it is written. */
	#head: Head | undefined;
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

	/** Takes the head, which the run's own record gets when it ends: until then only this has it. */
	begin(head: Head): void {
		this.#head = head;
	}

	add(chunk: Chunk): void {
		if (!this.#isDropped) this.#chunks.push(chunk);
	}

	/** Stores what is not stored yet, as the page goes away: nothing that takes time comes before the write. */
	leave(): void {
		appendChunks(this.#run, this.#arrival).catch(this.#onfull);
	}

	/** Nothing of it is kept: it holds the key. */
	drop(): void {
		this.#isDropped = true;
		this.#chunks = [];
	}

	/**
	 * Ends it. What is not written yet is written by `store`, in one step with the end of the run, or by itself where none is
	 * given.
	 */
	async end(store?: StoreRest): Promise<void> {
		clearInterval(this.#timer);
		await this.#writing;
		if (this.#isDropped) {
			await dropChunks(this.#run).catch(this.#onfull);
			await store?.(undefined);
		} else if (store === undefined) await this.#write();
		else await store(newStoredPiece(this.#run, this.#arrival));
		// All of it is stored: a page that goes away now must not write it again.
		this.#chunks = [];
		this.#head = undefined;
	}

	#write(): Promise<void> {
		this.#writing ??= this.#append().finally(() => (this.#writing = undefined));
		return this.#writing;
	}

	async #append(): Promise<void> {
		const arrival = this.#arrival;
		await appendChunks(this.#run, arrival).catch(this.#onfull);
		const { length } = arrival.chunks;
		this.#chunks.splice(0, length);
		this.#first += length;
		if (this.#head === arrival.head) this.#head = undefined;
	}

	/** What is not written yet. */
	get #arrival(): Arrival {
		return { first: this.#first, chunks: [...this.#chunks], head: this.#head };
	}
}
