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
