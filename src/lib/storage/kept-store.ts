import { promisifyRequest } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';
import { endOf } from './store.ts';
import type { Change, Entry, Store } from './store.ts';

/** A store in IndexedDB. */
export function newKeptStore(use: UseStore): Store {
	return {
		get: (key) => use('readonly', (store) => promisifyRequest<unknown>(store.get(key))),
		has: (key) => use('readonly', async (store) => (await promisifyRequest(store.count(key))) > 0),
		setMany: (entries) =>
			use('readwrite', (store) => {
				write(store, { put: entries, result: undefined });
				return promisifyRequest(store.transaction);
			}),
		update: (keys, change) => use('readwrite', (store) => update(store, keys, change)),
		keys: (prefix) =>
			use('readonly', async (store) => {
				const keys = await promisifyRequest(store.getAllKeys(rangeOf(prefix)));
				return keys.map(String);
			}),
		range: (prefix, { after, count } = {}) =>
			use('readonly', async (store) => {
				const range = rangeOf(prefix, after);
				const [keys, values] = await Promise.all([
					promisifyRequest(store.getAllKeys(range, count)),
					promisifyRequest<unknown[]>(store.getAll(range, count))
				]);
				return keys.map((key, i): Entry => [String(key), values[i]]);
			}),
		clear: () =>
			use('readwrite', (store) => {
				store.clear();
				return promisifyRequest(store.transaction);
			})
	};
}

function update<T>(
	store: IDBObjectStore,
	keys: readonly string[],
	change: (stored: unknown[]) => Change<T>
): Promise<T> {
	const { transaction } = store;
	return new Promise((resolve, reject) => {
		const run = (stored: unknown[]) => {
			try {
				const made = change(stored);
				transaction.oncomplete = () => resolve(made.result);
				write(store, made);
			} catch (error) {
				transaction.abort();
				reject(error as Error);
			}
		};
		transaction.onabort = () => reject(transaction.error ?? new Error('The write was undone.'));
		const requests = keys.map((key) => store.get(key) as IDBRequest<unknown>);
		const last = requests.at(-1);
		if (last === undefined) run([]);
		// Requests of a transaction are answered in their order.
		else last.onsuccess = () => run(requests.map(({ result }) => result));
	});
}

function write<T>(store: IDBObjectStore, { put = [], remove = [], removeAll = [] }: Change<T>) {
	for (const key of remove) store.delete(key);
	for (const prefix of removeAll) store.delete(rangeOf(prefix));
	for (const [key, value] of put) store.put(value, key);
	// Left to commit by itself, a write begun on `pagehide` is undone as the page goes.
	store.transaction.commit();
}

function rangeOf(prefix: string, after?: string): IDBKeyRange {
	return IDBKeyRange.bound(after ?? prefix, endOf(prefix), after !== undefined, true);
}
