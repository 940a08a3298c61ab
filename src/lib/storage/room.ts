import { loadOnce } from '../model/load-once.ts';
import { exchangePrefix, isPacked } from './exchange-keys.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

/**
 * Bytes of answers that are kept to be read again. All else here is a few MB; browsers that give an origin little give
 * about 1 GB, and this leaves most of it for files.
 */
export const exchangeCap = 200_000_000;

/** What packs answers; few pages ever need it. */
const loadPacking = loadOnce(() => import('./pack.ts'));

/** Bytes that are stored before it is looked again how many there are: a look lists the keys of all answers. */
const lookAgainAfter = 10_000_000;

/** Bytes that were stored since the last look. */
const unseen = new WeakMap<Store, number>();

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

/** Keeps at most `cap` bytes of answers: packs the oldest, and where that is not enough drops them. */
export async function pruneExchanges(
	store: Store | Promise<Store> = openStore(),
	cap = exchangeCap
): Promise<void> {
	const opened = await store;
	unseen.set(opened, 0);
	const before = await listExchanges(opened);
	if (sumOf(before) <= cap) return;
	await packOldest(before, opened, cap);
	// As they are now: another page may have packed or dropped some of them meanwhile.
	const exchanges = await listExchanges(opened);
	let total = sumOf(exchanges);
	const dropped: string[] = [];
	for (const { run, bytes } of exchanges) {
		if (total <= cap) break;
		total -= bytes;
		dropped.push(run);
	}
	if (dropped.length > 0) await dropExchanges(opened, dropped);
}

/** Packs the oldest of these answers that are not packed, until at most `cap` bytes are left of all. */
async function packOldest(
	exchanges: readonly StoredExchange[],
	store: Store,
	cap: number
): Promise<void> {
	let total = sumOf(exchanges);
	try {
		const { packExchange } = await loadPacking();
		for (const { run, packed } of exchanges) {
			if (total <= cap) break;
			if (!packed) total -= await packExchange(run, store);
		}
	} catch {
		// What packs is out of reach, or there is no room left for what is packed: then they are dropped.
	}
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

/** What is stored of one run's answer. */
interface StoredExchange {
	run: string;
	bytes: number;
	/** When it was last written to, in epoch ms. */
	at: number;
	/** Whether all of it is packed. */
	packed: boolean;
}

/** Runs whose bytes are kept, the one that was last written to at the end. */
async function listExchanges(store: Store): Promise<StoredExchange[]> {
	const byRun = new Map<string, StoredExchange>();
	for (const key of await store.keys(exchangePrefix)) {
		const [, run = '', at, bytes] = /^exchange\/([^/]*)\/\d+-(\d+)-(\d+)/.exec(key) ?? [];
		const exchange = byRun.get(run) ?? { run, bytes: 0, at: 0, packed: true };
		exchange.bytes += Number(bytes);
		exchange.at = Math.max(exchange.at, Number(at));
		exchange.packed &&= isPacked(key);
		byRun.set(run, exchange);
	}
	return [...byRun.values()].sort((a, b) => a.at - b.at);
}

function sumOf(exchanges: readonly StoredExchange[]): number {
	return exchanges.reduce((sum, { bytes }) => sum + bytes, 0);
}

function isFull(error: unknown): boolean {
	return error instanceof DOMException && error.name === 'QuotaExceededError';
}
