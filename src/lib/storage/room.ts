import { openStore } from './open-store.ts';
import type { Entry, Store } from './store.ts';

/**
 * Bytes of answers that are kept to be read again. All else here is a few MB; browsers that give an origin little give
 * about 1 GB, and this leaves most of it for files.
 */
export const exchangeCap = 200_000_000;

/** A piece of an answer as it lies in the store, and how many bytes of the answer it holds there. */
export interface StoredPiece {
	entry: Entry;
	size: number;
}

/** Bytes that are stored before it is looked again how many there are: a look lists the keys of all answers. */
const lookAgainAfter = 10_000_000;

/** Bytes that were stored since the last look. */
const unseen = new WeakMap<Store, number>();

/** Where the pieces of all answers lie. */
export const exchangePrefix = 'exchange/';

/**
 * Key of a piece: its run, its place, when it was written (epoch ms) and its bytes. Time and size stand in the key, so
 * that what to drop is known without reading a single answer.
 */
export function pieceKey(run: string, first: number, at: number, bytes: number): string {
	return `${exchangePrefix}${run}/${String(first).padStart(9, '0')}-${at}-${bytes}`;
}

/** Does a write; where the browser has no room for it, drops the oldest answers' bytes and does it once more. */
export async function withRoom<T>(store: Store, write: () => Promise<T>): Promise<T> {
	try {
		return await write();
	} catch (error) {
		if (!isFull(error) || !(await dropOldestExchanges(store))) throw error;
		return write();
	}
}

/** Takes note of bytes that were stored, and keeps within {@link exchangeCap} where they have become many. */
export async function noteStored(store: Store, bytes: number): Promise<void> {
	const sum = (unseen.get(store) ?? 0) + bytes;
	unseen.set(store, sum);
	if (sum >= lookAgainAfter) await pruneExchanges(store);
}

/** Drops the oldest answers' bytes until at most `cap` are left. */
export async function pruneExchanges(
	store: Store | Promise<Store> = openStore(),
	cap = exchangeCap
): Promise<void> {
	const opened = await store;
	unseen.set(opened, 0);
	const exchanges = await listExchanges(opened);
	let total = exchanges.reduce((sum, { bytes }) => sum + bytes, 0);
	const dropped: string[] = [];
	for (const { run, bytes } of exchanges) {
		if (total <= cap) break;
		total -= bytes;
		dropped.push(run);
	}
	if (dropped.length > 0) await dropExchanges(opened, dropped);
}

/** Drops the bytes of these runs' answers. */
export async function dropExchanges(store: Store, runs: readonly string[]): Promise<void> {
	const removeAll = runs.map((run) => `${exchangePrefix}${run}/`);
	await store.update([], () => ({ removeAll, result: undefined }));
}

/** Drops the older half of what there is, but never the last, which may still be growing. Whether there was any. */
async function dropOldestExchanges(store: Store): Promise<boolean> {
	const exchanges = await listExchanges(store);
	const dropped = exchanges.slice(0, Math.floor(exchanges.length / 2));
	if (dropped.length > 0)
		await dropExchanges(
			store,
			dropped.map(({ run }) => run)
		);
	return dropped.length > 0;
}

/** Runs whose bytes are kept, the one that was last written to at the end. */
async function listExchanges(store: Store): Promise<{ run: string; bytes: number; at: number }[]> {
	const byRun = new Map<string, { run: string; bytes: number; at: number }>();
	for (const key of await store.keys(exchangePrefix)) {
		const [, run = '', at, bytes] = /^exchange\/([^/]*)\/\d+-(\d+)-(\d+)/.exec(key) ?? [];
		const exchange = byRun.get(run) ?? { run, bytes: 0, at: 0 };
		exchange.bytes += Number(bytes);
		exchange.at = Math.max(exchange.at, Number(at));
		byRun.set(run, exchange);
	}
	return [...byRun.values()].sort((a, b) => a.at - b.at);
}

function isFull(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'QuotaExceededError';
}
