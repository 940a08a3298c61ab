import { describe, expect, it, vi } from 'vitest';
import type { Fetch } from './probe.ts';
import { answerWith, encodeException, messages, respond, sayOutcome, types } from './test-kit.ts';

const { start, hi, you, blockStop, messageStop, metadata } = messages;
const throttled = encodeException('throttlingException', '{"message":"Too many requests"}');
const finished = 'finished end_turn';

describe('stopping', () => {
	/** Executes with a Stop button. */
	function stoppable(response: Response | Fetch, stop = new AbortController()) {
		return { stop, done: answerWith(response, { signal: stop.signal }) };
	}

	/** Gives `chunks` as the body of an answer, and presses Stop once all of them have been read. */
	function stopAfter(chunks: readonly (Uint8Array | string)[], type: string) {
		const stop = new AbortController();
		const onstall = () => stop.abort();
		return stoppable(respond(chunks, type, { then: 'stall', onstall }), stop).done;
	}

	it('before the request sends nothing', async () => {
		const fetch = vi.fn<Fetch>();
		const run = await answerWith(fetch, { signal: AbortSignal.abort() });
		expect(run).toMatchObject({ outcome: { end: 'stopped' }, parts: [] });
		expect(fetch).not.toHaveBeenCalled();
	});

	it.each<[string, Fetch]>([
		[
			'looks at its signal',
			(_, { signal }) =>
				new Promise((_resolve, reject) => {
					signal?.addEventListener('abort', () => reject(signal.reason));
				})
		],
		['does not', () => new Promise(() => undefined)]
	])('before the headers ends at once, without a probe, when fetch %s', async (_, fetch) => {
		const spy = vi.fn(fetch);
		const { stop, done } = stoppable(spy);
		setTimeout(() => stop.abort());
		expect((await done).outcome).toEqual({ end: 'stopped' });
		expect(spy).toHaveBeenCalledTimes(1);
	});

	it.each([
		['in a stall', [start, hi], types.messages, [{ type: 'text', text: 'Hi' }]],
		[
			'inside a frame',
			[start, hi, you.subarray(0, 9)],
			types.messages,
			[{ type: 'text', text: 'Hi' }]
		],
		['in a body', [new TextEncoder().encode('{"output":')], types.json, []]
	])('%s keeps what has come', async (_, chunks, type, parts) => {
		expect(await stopAfter(chunks, type)).toMatchObject({ outcome: { end: 'stopped' }, parts });
	});

	it('between two chunks of a fetch that breaks the body keeps what has come', async () => {
		const stop = new AbortController();
		const rest = [start, hi].values();
		const { done } = stoppable(async (_, { signal }) => {
			const source: UnderlyingDefaultSource = {
				start(controller) {
					signal?.addEventListener('abort', () => controller.error(signal.reason));
				},
				pull(controller) {
					const chunk = rest.next().value;
					if (chunk === undefined) stop.abort();
					else controller.enqueue(chunk);
				}
			};
			const stream = new ReadableStream(source, { highWaterMark: 0 });
			return new Response(stream, { headers: { 'content-type': types.messages } });
		}, stop);
		expect(await done).toMatchObject({ outcome: { end: 'stopped' }, parts: [{ text: 'Hi' }] });
	});

	it('after the end of the answer is too late', async () => {
		const { outcome } = await stopAfter([start, hi, messageStop], types.messages);
		expect(sayOutcome(outcome)).toBe(finished);
	});
});

describe('a body that stays open', () => {
	/** A timer that fires when told to. */
	function newTimer() {
		const waiting = new Map<() => void, number>();
		const timer = (run: () => void, ms: number) => {
			waiting.set(run, ms);
			return () => void waiting.delete(run);
		};
		return { timer, waiting };
	}

	it.each([
		['messageStop', [start, hi, messageStop], finished],
		['an exception', [start, hi, throttled], 'stream-error throttlingException: Too many requests'],
		['half of the metadata', [messageStop, metadata.subarray(0, 50)], 'cut-short inside a frame']
	])('is left 5 s after %s', async (_, chunks, outcome) => {
		const { timer, waiting } = newTimer();
		const waits: number[] = [];
		const onstall = () => {
			waits.push(...waiting.values());
			for (const run of waiting.keys()) run();
		};
		const response = respond(chunks, types.messages, { then: 'stall', onstall });
		expect(sayOutcome((await answerWith(response, { timer })).outcome)).toBe(outcome);
		expect(waits).toEqual([5000]);
		expect(waiting.size).toBe(0);
	});

	it('is not waited for before the end of the answer', async () => {
		const { timer, waiting } = newTimer();
		const stop = new AbortController();
		const sizes: number[] = [];
		const onstall = () => {
			sizes.push(waiting.size);
			stop.abort();
		};
		const response = respond([start, hi, blockStop], types.messages, { then: 'stall', onstall });
		await answerWith(response, { timer, signal: stop.signal });
		expect(sizes).toEqual([0]);
	});
});
