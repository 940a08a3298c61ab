import { describe, expect, it, vi } from 'vitest';
import type { Execution } from './execute.ts';
import type { Fetch } from './probe.ts';
import { answerWith, encodeException, messages, respond, sayOutcome, types } from './test-kit.ts';

const { start, hi, you, blockStop, messageStop, metadata } = messages;
const throttled = encodeException('throttlingException', '{"message":"Too many requests"}');
const finished = 'finished end_turn';

describe('stopping', () => {
	/** Executes with a Stop button. */
	function stoppable(response: Response | Fetch, changes: Partial<Execution> = {}) {
		const stop = new AbortController();
		return { stop, done: answerWith(response, { signal: stop.signal, ...changes }) };
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
		const { stop, done } = stoppable(respond(chunks, type, { then: 'stall' }));
		setTimeout(() => stop.abort(), 10);
		expect(await done).toMatchObject({ outcome: { end: 'stopped' }, parts });
	});

	it('between two chunks of a fetch that breaks the body keeps what has come', async () => {
		const { stop, done } = stoppable(async (_, { signal }) => {
			const stream = new ReadableStream({
				start(controller) {
					controller.enqueue(start);
					controller.enqueue(hi);
					signal?.addEventListener('abort', () => controller.error(signal.reason));
				}
			});
			return new Response(stream, { headers: { 'content-type': types.messages } });
		});
		setTimeout(() => stop.abort(), 10);
		expect(await done).toMatchObject({ outcome: { end: 'stopped' }, parts: [{ text: 'Hi' }] });
	});

	it('after the end of the answer is too late', async () => {
		const { stop, done } = stoppable(
			respond([start, hi, messageStop], types.messages, { then: 'stall' })
		);
		setTimeout(() => stop.abort(), 10);
		expect(sayOutcome((await done).outcome)).toBe(finished);
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
		const done = answerWith(respond(chunks, types.messages, { then: 'stall' }), { timer });
		await vi.waitFor(() => expect([...waiting.values()]).toEqual([5000]));
		for (const run of waiting.keys()) run();
		expect(sayOutcome((await done).outcome)).toBe(outcome);
		expect(waiting.size).toBe(0);
	});

	it('is not waited for before the end of the answer', async () => {
		const { timer, waiting } = newTimer();
		const stop = new AbortController();
		const response = respond([start, hi, blockStop], types.messages, { then: 'stall' });
		const done = answerWith(response, { timer, signal: stop.signal });
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(waiting.size).toBe(0);
		stop.abort();
		await done;
	});
});
