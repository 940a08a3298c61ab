import type { BodyEnd, Chunk } from '../model/exchange.ts';
import { nextTask } from '../model/next-task.ts';
import type { Timer } from './waits.ts';

/**
 * Whether more of a body is wanted: `more` yes; `ending` the answer is complete, so only what follows soon; `enough` no.
 */
export type Wanted = 'more' | 'ending' | 'enough';

// How long a body may stay open after the protocol's end, for the usage that follows it.
const LINGER_MS = 5000;
// Chunks that have all come are read one after the other, without a break in which the page could answer a key.
const SLICE_MS = 12;
// What came while the page was busy is one chunk, however long: 2 MB take 200 ms to read.
const LONGEST = 32_768;

/**
 * Gives the bytes of `body` to `take` until it ends, breaks off, is stopped by `signal`, is not wanted any more, or
 * stays open for 5 s after `take` said that it is ending.
 *
 * @param take Gets at most 32 kB; `isMore` where they came together with those before.
 */
export async function readChunks(
	body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
	take: (bytes: Chunk['bytes'], isMore: boolean) => Wanted,
	{ signal, timer }: { signal: AbortSignal; timer: Timer }
): Promise<BodyEnd> {
	if (body === null) return 'whole';
	const reader = body.getReader();
	// A waiting read then ends at once. A body that is broken already can't be let go of, and needn't be.
	const letGo = () => void reader.cancel().then(undefined, () => undefined);
	let stopTimer: (() => void) | undefined;
	let busy = 0;
	signal.addEventListener('abort', letGo);
	if (signal.aborted) letGo();
	try {
		for (;;) {
			// Here and not in a function of its own, which would be one more promise for each chunk.
			let piece: Chunk['bytes'] | undefined;
			try {
				piece = (await reader.read()).value;
			} catch {
				// The connection failed: what has come so far is kept.
				return signal.aborted ? 'stopped' : 'broken-off';
			}
			if (piece === undefined) return signal.aborted ? 'stopped' : 'whole';
			let wanted: Wanted = 'more';
			for (let at = 0; at === 0 || at < piece.length; at += LONGEST) {
				if (at > 0 && signal.aborted) return 'stopped';
				const start = performance.now();
				wanted = take(piece.subarray(at, at + LONGEST), at > 0);
				busy += performance.now() - start;
				if (busy > SLICE_MS) {
					await nextTask();
					busy = 0;
				}
			}
			if (wanted === 'enough') return 'whole';
			if (wanted === 'ending') stopTimer ??= timer(letGo, LINGER_MS);
		}
	} finally {
		stopTimer?.();
		signal.removeEventListener('abort', letGo);
		letGo();
	}
}
