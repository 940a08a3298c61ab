import { describe, expect, it } from 'vitest';
import { readChunks } from './read-chunks.ts';
import { startTimer } from './waits.ts';

/** A body of which everything has come. */
function newBody(count: number): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream({
		start(controller) {
			for (let i = 0; i < count; i++) controller.enqueue(Uint8Array.of(i));
			controller.close();
		}
	});
}

function oneChunk(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
	return new ReadableStream({
		start(controller) {
			controller.enqueue(bytes);
			controller.close();
		}
	});
}

/** Keeps the page busy as a long chunk would. */
function work(ms: number): void {
	const start = performance.now();
	while (performance.now() - start < ms);
}

describe('a body that has come as a whole', () => {
	it('is read with breaks in which the page can do something else', async () => {
		let read = 0;
		let readAtBreak: number | undefined;
		setTimeout(() => (readAtBreak = read));
		const take = () => {
			read++;
			work(2);
			return 'more' as const;
		};
		const { signal } = new AbortController();
		expect(await readChunks(newBody(40), take, { signal, timer: startTimer })).toBe('whole');
		expect(read).toBe(40);
		expect(readAtBreak).toBeLessThan(40);
	});

	it('is read in slices where it is one long chunk, of which each byte comes once', async () => {
		const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 251);
		const taken: number[] = [];
		const slices: [length: number, isMore: boolean][] = [];
		const take = (slice: Uint8Array, isMore: boolean) => {
			taken.push(...slice);
			slices.push([slice.length, isMore]);
			// What came together is taken together, whatever is said of its beginning.
			return 'enough' as const;
		};
		const { signal } = new AbortController();
		expect(await readChunks(oneChunk(bytes), take, { signal, timer: startTimer })).toBe('whole');
		expect(taken).toEqual([...bytes]);
		expect(slices).toEqual([
			[32_768, false],
			[32_768, true],
			[32_768, true],
			[1696, true]
		]);
	});

	it('is read no further than a slice of a long chunk when it is stopped in a break', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort());
		let read = 0;
		const take = (slice: Uint8Array) => {
			read += slice.length;
			work(15);
			return 'more' as const;
		};
		const body = oneChunk(new Uint8Array(1_000_000));
		const { signal } = stop;
		expect(await readChunks(body, take, { signal, timer: startTimer })).toBe('stopped');
		expect(read).toBeLessThan(1_000_000);
	});

	it('is read no further when it is stopped in a break', async () => {
		const stop = new AbortController();
		setTimeout(() => stop.abort());
		let read = 0;
		const take = () => {
			read++;
			work(2);
			return 'more' as const;
		};
		const { signal } = stop;
		expect(await readChunks(newBody(40), take, { signal, timer: startTimer })).toBe('stopped');
		expect(read).toBeLessThan(40);
	});
});
