import type { Chunk } from '../model/exchange.ts';
import { readJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';
import { SseDecoder } from './sse.ts';

const lineFeed = 10;
const carriageReturn = 13;

/** What of a stream of events has come whole: its bytes up to the end of an event, and the number of the last one. */
export interface WholeEvents {
	chunks: Chunk[];
	/** Its `sequence_number`; absent where no event had one. */
	last?: number;
}

/**
 * The events of a broken stream that came whole, so that the stream can be taken up again after the last of them: what is
 * left of an event that was cut is dropped, because it comes again.
 */
export function wholeEvents(chunks: readonly Chunk[]): WholeEvents {
	const length = endOfLast(chunks);
	const whole: Chunk[] = [];
	let taken = 0;
	for (const { t, bytes } of chunks) {
		if (taken >= length) break;
		whole.push({ t, bytes: bytes.slice(0, length - taken) });
		taken += bytes.length;
	}
	const decoder = new SseDecoder();
	let last: number | undefined;
	for (const { bytes } of whole) {
		for (const { data } of decoder.push(bytes)) last = numberIn(data) ?? last;
	}
	return { chunks: whole, ...(last !== undefined && { last }) };
}

/** How many bytes there are up to the last blank line, which ends an event. */
function endOfLast(chunks: readonly Chunk[]): number {
	let at = 0;
	let end = 0;
	let isBlank = false;
	for (const { bytes } of chunks) {
		for (const byte of bytes) {
			at++;
			if (byte === carriageReturn) continue;
			if (byte === lineFeed && isBlank) end = at;
			isBlank = byte === lineFeed;
		}
	}
	return end;
}

function numberIn(data: string): number | undefined {
	try {
		const number = getOwn(readJson(data), 'sequence_number');
		return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
	} catch {
		// A mark such as [DONE].
		return undefined;
	}
}
