import type { TimedChunk } from './reply.ts';

// Browsers do not time waits shorter than this, so shorter ones are saved up.
const SHORTEST_WAIT = 4;
const CHUNKS_AHEAD = 64;

/** A clock of model time: waits at the pace of `speed`, and not at all at 0. */
export interface Pace {
	/** Waits `time` ms of model time. Rejects with the signal's reason when it is aborted. */
	wait(time: number): Promise<void>;
	/** Waits until the signal is aborted, and then rejects. */
	waitForever(): Promise<never>;
}

/** Starts a clock that stops with `signal`. */
export function newPace(speed: number, signal: AbortSignal | undefined): Pace {
	let owed = 0;
	return {
		wait: async (time) => {
			signal?.throwIfAborted();
			owed += speed > 0 ? time / speed : 0;
			if (owed < SHORTEST_WAIT) return;
			const delay = owed;
			owed = 0;
			await sleep(delay, signal);
		},
		waitForever: () => new Promise((_, reject) => onAbort(signal, reject))
	};
}

/** A body that sends chunks at their pace and then ends as told. An abort ends it at once. */
export function newBody(
	chunks: readonly TimedChunk[],
	end: 'close' | 'reset' | 'stall',
	pace: Pace,
	signal: AbortSignal | undefined
): ReadableStream<Uint8Array<ArrayBuffer>> {
	let at = 0;
	let forget = (): void => undefined;
	const source: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>> = {
		start(controller) {
			forget = onAbort(signal, (reason) => controller.error(reason));
		},
		async pull(controller) {
			const chunk = chunks[at++];
			if (chunk !== undefined) {
				await pace.wait(chunk.wait);
				controller.enqueue(chunk.bytes);
				return;
			}
			if (end === 'stall') await pace.waitForever();
			// An error drops what is still queued, so it waits for the pull that finds nothing left.
			if (end === 'reset' && controller.desiredSize !== CHUNKS_AHEAD) return;
			forget();
			if (end === 'reset') throw new TypeError('network error');
			controller.close();
		},
		cancel: () => forget()
	};
	return new ReadableStream(source, { highWaterMark: CHUNKS_AHEAD });
}

function sleep(delay: number, signal: AbortSignal | undefined): Promise<void> {
	return new Promise((resolve, reject) => {
		const forget = onAbort(signal, (reason) => {
			clearTimeout(timer);
			reject(reason);
		});
		const timer = setTimeout(() => {
			forget();
			resolve();
		}, delay);
	});
}

function onAbort(signal: AbortSignal | undefined, call: (reason: unknown) => void): () => void {
	if (signal?.aborted === true) call(signal.reason);
	const listen = (): void => call(signal?.reason);
	signal?.addEventListener('abort', listen, { once: true });
	return () => signal?.removeEventListener('abort', listen);
}
