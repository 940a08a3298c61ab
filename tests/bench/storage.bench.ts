import { expect, it } from 'vitest';
import { listConversations, openConversation } from '../../src/lib/storage/conversations.ts';
import { appendChunks } from '../../src/lib/storage/exchanges.ts';
import { newMemoryStore } from '../../src/lib/storage/memory-store.ts';
import { searchTexts } from '../../src/lib/storage/search.ts';
import {
	fillConversation,
	measure,
	newCountingStore,
	newStream
} from '../../src/lib/storage/test-sizes.ts';
import { newConversation, newTestStore, newTurn } from '../../src/lib/storage/test-kit.ts';

/** Median ms of five calls after a first one that warms up. */
async function time(work: () => Promise<unknown>): Promise<number> {
	const times: number[] = [];
	for (let i = 0; i < 6; i++) {
		const start = performance.now();
		await work();
		times.push(performance.now() - start);
	}
	return times.slice(1).sort((a, b) => a - b)[2] ?? NaN;
}

function report(name: string, value: number, unit: string): void {
	console.log(`${name}: ${value.toFixed(value < 10 ? 2 : 0)} ${unit}`);
	expect(value).toBeGreaterThan(0);
}

it('sizes', async () => {
	for (const count of [250, 500]) {
		const store = newMemoryStore();
		await fillConversation(store, { count, length: 1320 });
		const { others, chunks } = await measure(store);
		report(`${count} questions, beside the chunks`, others / 1e6, 'MB');
		report(`${count} questions, chunks`, chunks / 1e6, 'MB');
	}
	const { store, written } = newCountingStore(newMemoryStore());
	const chunks = newStream(1e6, 1);
	for (let at = 0; at < chunks.length; at += 400) {
		await appendChunks('r', { first: at, chunks: chunks.slice(at, at + 400) }, store);
	}
	report('chunks of a 1 MB stream', written() / 1e6, 'MB written');
});

it('times with fake-indexeddb', async () => {
	const store = newTestStore();
	await fillConversation(store, { count: 250, length: 1320 });
	report('open 500 turns', await time(() => openConversation('c', store)), 'ms');
	const many = newTestStore();
	const all = Array.from({ length: 3000 }, (_, i) => newConversation(`c${i}`, { changedAt: i }));
	await many.setMany(all.map((record) => [`conversation/${record.id}`, record]));
	report('list 3,000 conversations', await time(() => listConversations(many)), 'ms');
	const long = 'long answer '.repeat(4000);
	await many.setMany(
		all.map(({ id }) => [`turn/${id}/t`, newTurn('t', long, { conversation: id })])
	);
	report('list them beside answers', await time(() => listConversations(many)), 'ms');
	report('search 3,000 answers of 48 kB', await time(() => searchTexts('needle', {}, many)), 'ms');
});
