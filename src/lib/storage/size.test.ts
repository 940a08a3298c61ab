import { describe, expect, it } from 'vitest';
import type { Chunk } from '../model/exchange.ts';
import { appendChunks, loadChunks } from './exchanges.ts';
import { newMemoryStore } from './memory-store.ts';
import { endRun, startRun } from './runs.ts';
import { newConversation, newRun, newTurn } from './test-kit.ts';
import { fillConversation, measure, newCountingStore, newProse, newStream } from './test-sizes.ts';

const megabyte = 1_000_000;
/** ms: a slow machine needs some seconds for 750 runs. */
const patience = 20_000;

it(
	'250 questions with 0.33 MB of answers take at most 1 MB beside the chunks, twice as many 2.1 times that',
	async () => {
		const sizes: number[] = [];
		for (const count of [250, 500]) {
			const store = newMemoryStore();
			await fillConversation(store, { count, length: (0.33 * megabyte) / 250 });
			const { others, chunks } = await measure(store);
			sizes.push(others, others + chunks);
		}
		const [others = NaN, all = NaN, othersOfTwice = NaN, allOfTwice = NaN] = sizes;
		expect(others).toBeLessThan(megabyte);
		expect(othersOfTwice / others).toBeLessThan(2.1);
		expect(allOfTwice / all).toBeLessThan(2.1);
	},
	patience
);

/** The same bytes as a network gives them that hands over at most `size` at a time. */
function cut(chunks: readonly Chunk[], size: number): Chunk[] {
	return chunks.flatMap(({ t, bytes }) =>
		Array.from({ length: Math.ceil(bytes.byteLength / size) }, (_, i) => ({
			t: t + i / 10,
			bytes: bytes.slice(i * size, (i + 1) * size)
		}))
	);
}

const lengthOfDelta = 12;
const bodyOfMegabyte = newStream(megabyte, 1);
const textOfMegabyte = newStream(7.5 * megabyte, 1);

describe('an answer that is stored while it runs is written at most twice in all', () => {
	it.each([
		['1 MB of body', bodyOfMegabyte, bodyOfMegabyte.length * lengthOfDelta],
		[
			'1 MB of body that trickles in',
			cut(bodyOfMegabyte, 24),
			bodyOfMegabyte.length * lengthOfDelta
		],
		['1 MB of text in tiny deltas', textOfMegabyte, megabyte]
	])(
		'%s',
		async (_, chunks, length) => {
			const { store, written } = newCountingStore(newMemoryStore());
			const received = chunks.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
			const conversation = newConversation('c');
			const run = newRun('r', { asked: 't1', turn: 't2' });
			await startRun({ conversation, turns: [newTurn('t1', 'Hi')], run }, store);
			const step = Math.ceil(chunks.length / 30);
			for (let at = 0; at < chunks.length; at += step) {
				await appendChunks('r', { first: at, chunks: chunks.slice(at, at + step) }, store);
			}
			const answer = newTurn('t2', newProse(length, 1), { parent: 't1' });
			await endRun({ conversation, turns: [answer], run }, store);
			expect(received).toBeGreaterThanOrEqual(megabyte);
			expect(written()).toBeLessThan(2 * received);
			// As text: comparing thousands of byte arrays one by one takes seconds.
			const textOf = (all: readonly Chunk[] = []) =>
				all.map(({ t, bytes }) => `${t} ${Buffer.from(bytes).toString()}`).join('');
			expect(textOf(await loadChunks('r', store)) === textOf(chunks)).toBe(true);
		},
		patience
	);
});
