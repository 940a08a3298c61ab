import type { AnswerReader, BodyEnd } from './answer-reader.ts';
import type { Timer } from './waits.ts';

// How long a body may stay open after the protocol's end, for the usage that follows it.
const LINGER_MS = 5000;

/**
 * Gives the chunks of `body` to `take` until it ends, breaks off, is stopped by `signal`, can't be read any more, or
 * stays open for 5 s after the end of the answer in it.
 */
export async function readBody(
	body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
	answer: AnswerReader,
	take: (bytes: Uint8Array<ArrayBuffer>) => void,
	{ signal, timer }: { signal: AbortSignal; timer: Timer }
): Promise<BodyEnd> {
	if (body === null) return 'whole';
	const reader = body.getReader();
	// A waiting read then ends at once. A body that is broken already can't be let go of, and needn't be.
	const letGo = () => void reader.cancel().then(undefined, () => undefined);
	let stopTimer: (() => void) | undefined;
	signal.addEventListener('abort', letGo);
	if (signal.aborted) letGo();
	try {
		for (;;) {
			const piece = await readChunk(reader);
			if (typeof piece === 'string') return signal.aborted ? 'stopped' : piece;
			take(piece);
			if (answer.failed) return 'whole';
			if (answer.ended) stopTimer ??= timer(letGo, LINGER_MS);
		}
	} finally {
		stopTimer?.();
		signal.removeEventListener('abort', letGo);
		letGo();
	}
}

/** The next chunk, or how the body ended. */
async function readChunk(
	reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>
): Promise<Uint8Array<ArrayBuffer> | 'whole' | 'broken-off'> {
	try {
		const { value } = await reader.read();
		return value ?? 'whole';
	} catch {
		return 'broken-off';
	}
}
