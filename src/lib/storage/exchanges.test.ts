import { deflateRawSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import type { Chunk, Head } from '../model/exchange.ts';
import { appendChunks, dropChunks, loadArrival, loadChunks } from './exchanges.ts';
import { newMemoryStore } from './memory-store.ts';
import { noteStored, pruneExchanges } from './room.ts';
import type { Store } from './store.ts';
import { newTestStore } from './test-kit.ts';

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

	it('that are deflated are read, and none where they are broken', async () => {
		const store = newTestStore();
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 3) }, store);
		const [[key, piece] = ['', {}]] = await store.range('exchange/r/');
		const { bytes } = piece as { bytes: Uint8Array };
		const storeDeflated = (deflated: Uint8Array) =>
			store.setMany([
				[key, { ...(piece as object), bytes: new Uint8Array(deflated), deflated: true }]
			]);
		await storeDeflated(deflateRawSync(bytes));
		await appendChunks('r', { first: 3, chunks: chunks.slice(3) }, store);
		expect(await loadChunks('r', store)).toEqual(chunks);
		const more = new Uint8Array([...bytes, 0]);
		for (const broken of [bytes, deflateRawSync(bytes).subarray(1), deflateRawSync(more)]) {
			await storeDeflated(broken);
			expect(await loadChunks('r', store)).toBeUndefined();
		}
	});

	it('that a page wrote again as it went away are read once', async () => {
		const store = newTestStore();
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 2) }, store);
		await Promise.all([
			appendChunks('r', { first: 2, chunks: chunks.slice(2, 4) }, store),
			appendChunks('r', { first: 2, chunks: chunks.slice(2) }, store)
		]);
		expect(await loadChunks('r', store)).toEqual(chunks);
	});

	it('come with the head of the answer, which is written once, also before any of them', async () => {
		const store = newTestStore();
		const head = { status: 200, headers: { 'content-type': 'text/event-stream' }, t: 1.5 };
		await appendChunks('r', { first: 0, chunks: [], head }, store);
		expect(await loadArrival('r', store)).toEqual({ head, chunks: [] });
		await appendChunks('r', { first: 0, chunks: chunks.slice(0, 2) }, store);
		await appendChunks('r', { first: 2, chunks: chunks.slice(2), head }, store);
		expect(await loadArrival('r', store)).toEqual({ head, chunks });
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

	/** Stores an answer of 20,000 bytes in two pieces, one that can't be packed, a short one and one of 10,000 bytes. */
	async function fillToPack(store: Store): Promise<Record<string, Chunk[]>> {
		const bytes = (of: (i: number) => number) =>
			Uint8Array.from({ length: 10_000 }, (_, i) => of(i));
		const answers: Record<string, Chunk[]> = {
			first: [bytes(() => 1), bytes((i) => i)].map((bytes, t) => ({ t, bytes })),
			noise: [{ t: 1, bytes: crypto.getRandomValues(new Uint8Array(10_000)) }],
			short: [chunk(1, 'short')],
			latest: [{ t: 1, bytes: bytes(() => 2) }]
		};
		vi.useFakeTimers({ toFake: ['Date'], now: 1 });
		for (const [run, chunks] of Object.entries(answers)) {
			vi.setSystemTime(Date.now() + 1);
			for (const [first, one] of chunks.entries())
				await appendChunks(run, { first, chunks: [one] }, store);
		}
		vi.useRealTimers();
		return answers;
	}

	it('is made by packing the oldest answers, and by dropping them where that is not enough', async () => {
		const store = newTestStore();
		const answers = await fillToPack(store);
		const packed = async () => {
			const keys = await store.keys('exchange/');
			const runs = keys.filter((key) => key.endsWith('-packed')).map((key) => key.split('/')[1]);
			return [...new Set(runs)].sort();
		};
		const left = async () => {
			const loaded: Record<string, Chunk[]> = {};
			for (const run of Object.keys(answers)) {
				const chunks = await loadChunks(run, store);
				if (chunks !== undefined) loaded[run] = chunks;
			}
			return loaded;
		};
		await pruneExchanges(store, 25_000);
		expect(await packed()).toEqual(['first']);
		expect(await left()).toEqual(answers);
		// Two pages may do it at the same time.
		await Promise.all([pruneExchanges(store, 15_000), pruneExchanges(store, 15_000)]);
		expect(await packed()).toEqual(['first', 'latest', 'noise', 'short']);
		expect(await left()).toEqual(answers);
		await pruneExchanges(store, 5000);
		expect(await left()).toEqual({ short: answers.short, latest: answers.latest });
	});

	it('is made by dropping the oldest answers where they can not be packed', async () => {
		const store = newTestStore();
		await fillToPack(store);
		const update: Store['update'] = (keys, change) =>
			keys.length > 0
				? Promise.reject(new DOMException('full', 'QuotaExceededError'))
				: store.update(keys, change);
		await pruneExchanges({ ...store, update }, 25_000);
		const runs = (await store.keys('exchange/')).map((key) => key.split('/')[1]);
		expect(runs).toEqual(['latest', 'noise', 'short']);
	});

	it('is not made by bringing back what was dropped while it was packed', async () => {
		const store = newTestStore();
		await fillToPack(store);
		const get: Store['get'] = async (key) => {
			const found = await store.get(key);
			await dropChunks('first', store);
			return found;
		};
		await pruneExchanges({ ...store, get }, 25_000);
		expect(await store.keys('exchange/first/')).toEqual([]);
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
