import { describe, expect, it } from 'vitest';
import type { Chunk, Head } from '../model/exchange.ts';
import { appendChunks, dropChunks, leaveChunks, loadArrival, loadChunks } from './exchanges.ts';
import { newMemoryStore } from './memory-store.ts';
import { noteStored, pruneExchanges } from './room.ts';
import type { Store } from './store.ts';
import { newTestStore, readAll } from './test-kit.ts';

const chunk = (t: number, text: string): Chunk => ({ t, bytes: new TextEncoder().encode(text) });
const chunks = [
	...[chunk(0.1, 'a'.repeat(9000)), chunk(1 / 3, ''), chunk(7.000_000_1, 'ünï\u0000')],
	...[chunk(8, 'b'), chunk(9, 'c'.repeat(300)), chunk(10, 'd')]
];

/** A store whose next `count` writes find no room. */
function newFullStore(store: Store, count: number): Store {
	const setMany: Store['setMany'] = async (entries) => {
		if (count-- > 0) throw new DOMException('full', 'QuotaExceededError');
		await store.setMany(entries);
	};
	return { ...store, setMany };
}

describe('the chunks of an answer', () => {
	it('come back as they came, with their times and bounds', async () => {
		const store = newTestStore();
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 3) }, store);
		await appendChunks('r', { first: 3, chunks: [] }, store);
		await appendChunks('r', { first: 3, chunks: chunks.slice(3) }, store);
		await appendChunks('other', { first: 0, chunks: [chunk(1, 'x')] }, store);
		expect(await loadChunks('r', store)).toEqual(chunks);
		expect(await loadChunks('none', store)).toBeUndefined();
	});

	it('are smaller where deflating helps, never larger, and as they are where they are few', async () => {
		const store = newTestStore();
		const plain = { t: 1, bytes: new Uint8Array(10_000) };
		const noise = { t: 1, bytes: crypto.getRandomValues(new Uint8Array(10_000)) };
		const few = { t: 1, bytes: new Uint8Array(4000) };
		for (const [i, chunk] of [plain, noise, few].entries()) {
			await appendChunks(`r${i}`, { first: 0, chunks: [chunk] }, store);
			expect(await loadChunks(`r${i}`, store)).toEqual([chunk]);
		}
		const sizes = Object.keys(await readAll(store)).map((key) => Number(key.split('-').at(-1)));
		expect(sizes[0]).toBeLessThan(100);
		expect(sizes.slice(1)).toEqual([10_000, 4000]);
	});

	it('that a page left are read once, whether their piece arrived or not', async () => {
		const store = newTestStore();
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 2) }, store);
		await Promise.all([
			appendChunks('r', { first: 2, chunks: chunks.slice(2, 4) }, store),
			leaveChunks('r', { first: 2, chunks: chunks.slice(2) }, store)
		]);
		expect(await loadChunks('r', store)).toEqual(chunks);
		const lost = newTestStore();
		await leaveChunks('r', { first: 0, chunks }, lost);
		expect(await loadChunks('r', lost)).toEqual(chunks);
	});

	it('come with the head of the answer, which is written once, also before any of them', async () => {
		const store = newTestStore();
		const head = { status: 200, headers: { 'content-type': 'text/event-stream' }, t: 1.5 };
		await appendChunks('r', { first: 0, chunks: [], head }, store);
		expect(await loadArrival('r', store)).toEqual({ head, chunks: [] });
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 2) }, store);
		await leaveChunks('r', { first: 2, chunks: chunks.slice(2) }, store);
		expect(await loadArrival('r', store)).toEqual({ head, chunks });
		await leaveChunks('left', { first: 0, chunks: [], head }, store);
		expect(await loadArrival('left', store)).toEqual({ head, chunks: [] });
	});

	it('are kept without a head that is none', async () => {
		const store = newTestStore();
		const head = { status: 200, headers: { date: 1 }, t: 1 } as unknown as Head;
		await appendChunks('r', { first: 0, chunks, head }, store);
		expect(await loadArrival('r', store)).toEqual({ chunks });
	});

	it.each([
		['missing', async (store: Store, key: string) => removeKey(store, key)],
		['no piece', async (store: Store, key: string) => store.setMany([[key, { v: 2 }]])],
		['cut', async (store: Store, key: string) => cut(store, key)]
	])('are none where a piece is %s', async (_, spoil) => {
		const store = newTestStore();
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 3) }, store);
		await appendChunks('r', { first: 3, chunks: chunks.slice(3) }, store);
		await spoil(store, (await store.keys('exchange/'))[0] ?? '');
		expect(await loadChunks('r', store)).toBeUndefined();
	});

	it('are dropped with nothing else', async () => {
		const store = newTestStore();
		for (const run of ['r', 'rr']) await appendChunks(run, { first: 0, chunks }, store);
		await dropChunks('r', store);
		expect(await loadChunks('r', store)).toBeUndefined();
		expect(await loadChunks('rr', store)).toEqual(chunks);
	});
});

describe('room', () => {
	/** Keys of pieces by hand, because these tell the time and the size. */
	async function fill(store: Store) {
		const ages = [3, 1, 2];
		await store.setMany(
			ages.map((at) => [`exchange/r${at}/000000000-${at}-100`, { v: 2 }] as const)
		);
		await store.setMany([['turn/c/t', 'kept']]);
	}

	it.each([
		[300, ['r1', 'r2', 'r3']],
		[250, ['r2', 'r3']],
		[100, ['r3']],
		[0, []]
	])('for %i bytes keeps the latest answers', async (cap, runs) => {
		const store = newTestStore();
		await fill(store);
		await pruneExchanges(store, cap);
		const left = (await store.keys('exchange/')).map((key) => key.split('/')[1]);
		expect(left).toEqual(runs);
		expect(await store.has('turn/c/t')).toBe(true);
	});

	it('is looked at again after 10 MB', async () => {
		const store = newTestStore();
		const keys = [1, 2].map((at) => `exchange/r${at}/000000000-${at}-150000000`);
		await store.setMany(keys.map((key) => [key, { v: 2 }] as const));
		await noteStored(store, 9_999_999);
		expect(await store.keys('exchange/')).toEqual(keys);
		await noteStored(store, 1);
		expect(await store.keys('exchange/')).toEqual(keys.slice(1));
		await store.setMany([[keys[0] ?? '', { v: 2 }]]);
		await appendChunks('r3', { first: 0, chunks: [chunk(1, 'x')] }, store);
		expect(await store.keys('exchange/')).toHaveLength(3);
	});

	it('is made once by dropping the oldest answers, never the last', async () => {
		const store = newMemoryStore();
		await fill(store);
		await appendChunks('r3', { first: 1, chunks: [chunk(1, 'x')] }, newFullStore(store, 1));
		expect(await store.keys('exchange/r1/')).toEqual([]);
		expect(await store.keys('exchange/r3/')).toHaveLength(2);
	});

	it('that cannot be made rejects', async () => {
		const store = newMemoryStore();
		await expect(appendChunks('r', { first: 0, chunks }, newFullStore(store, 1))).rejects.toThrow(
			'full'
		);
		await fill(store);
		await expect(appendChunks('r3', { first: 1, chunks }, newFullStore(store, 2))).rejects.toThrow(
			'full'
		);
	});
});

async function removeKey(store: Store, key: string): Promise<void> {
	await store.update([], () => ({ remove: [key], result: undefined }));
}

async function cut(store: Store, key: string): Promise<void> {
	await store.update([key], ([piece]) => {
		const { bytes, ...rest } = piece as { bytes: Uint8Array };
		return { put: [[key, { ...rest, bytes: bytes.slice(0, -3) }]], result: undefined };
	});
}
