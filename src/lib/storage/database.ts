import { clear, createStore, delMany, entries, get, promisifyRequest } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';

/** What is stored, each kind in a database of its own: idb-keyval has one store a database and no upgrades. */
export const kinds = ['keys', 'secrets', 'drafts', 'runs', 'summaries', 'settings'] as const;
export type Kind = (typeof kinds)[number];

/** One kind's records by string keys. What comes out is unchecked. A write that the browser refuses (full) rejects. */
export interface Store {
	get(key: string): Promise<unknown>;
	set(key: string, value: unknown): Promise<void>;
	/** All of them or none. */
	setMany(records: readonly (readonly [string, unknown])[]): Promise<void>;
	delete(keys: readonly string[]): Promise<void>;
	entries(): Promise<[string, unknown][]>;
	clear(): Promise<void>;
}

const opened = new Map<Kind, Promise<Store>>();
let state: 'kept' | 'memory' = 'kept';

/** Opens a kind's store, once. Where the browser gives none (private mode, blocked), memory stands in for this page. */
export function openStore(kind: Kind): Promise<Store> {
	let store = opened.get(kind);
	if (store === undefined) opened.set(kind, (store = tryOpen(kind)));
	return store;
}

/** Whether what is saved outlives the page, as far as has been tried: 'kept' before the first store is opened. */
export function storageState(): 'kept' | 'memory' {
	return state;
}

/** Moves a record that cannot be read to `bad:<key>`, out of the way and still there to be looked at. */
export async function setAside(store: Store, key: string, value: unknown): Promise<void> {
	await store.set(badPrefix + key, value);
	await store.delete([key]);
}

/** Whether `key` is that of a record set aside. */
export function isAside(key: string): boolean {
	return key.startsWith(badPrefix);
}

const badPrefix = 'bad:';

async function tryOpen(kind: Kind): Promise<Store> {
	const use = createStore(`bedrock-playground-${kind}`, kind);
	try {
		await use('readonly', () => undefined);
	} catch {
		// Why does not matter: `storageState` tells the page, which tells the user.
		state = 'memory';
		return newMemoryStore();
	}
	return newKeptStore(use);
}

function newKeptStore(use: UseStore): Store {
	const setMany: Store['setMany'] = (records) =>
		use('readwrite', (store) => {
			for (const [key, value] of records) store.put(value, key);
			// Left to commit by itself, a write begun on `pagehide` is undone as the page goes.
			store.transaction.commit();
			return promisifyRequest(store.transaction);
		});
	return {
		get: (key) => get<unknown>(key, use),
		set: (key, value) => setMany([[key, value]]),
		setMany,
		delete: (keys) => delMany([...keys], use),
		entries: () => entries<string, unknown>(use),
		clear: () => clear(use)
	};
}

function newMemoryStore(): Store {
	const records = new Map<string, unknown>();
	return {
		get: async (key) => structuredClone(records.get(key)),
		set: async (key, value) => void records.set(key, structuredClone(value)),
		setMany: async (all) => structuredClone(all).forEach(([key, value]) => records.set(key, value)),
		delete: async (keys) => keys.forEach((key) => records.delete(key)),
		entries: async () => structuredClone([...records]),
		clear: async () => records.clear()
	};
}
