import { createStore, promisifyRequest } from 'idb-keyval';
import { newKeptStore } from './kept-store.ts';
import { newMemoryStore } from './memory-store.ts';
import type { Store } from './store.ts';

/** The databases: all that is no secret in one, the texts of keys in another. idb-keyval has one store in each. */
const databases = { records: 'bedrock-playground', secrets: 'bedrock-playground-vault' } as const;

/** ms that the browser is waited for. */
const longestWait = 2000;

const opened = new Map<keyof typeof databases, Promise<Store>>();
let state: 'kept' | 'memory' = 'kept';

/** Opens a database, once. Where the browser gives none (private mode, blocked, silent), memory stands in for this page. */
export function openStore(database: keyof typeof databases = 'records'): Promise<Store> {
	let store = opened.get(database);
	if (store === undefined) opened.set(database, (store = tryOpen(databases[database])));
	return store;
}

/** Whether what is saved outlives the page, as far as has been tried: 'kept' before the first database is opened. */
export function storageState(): 'kept' | 'memory' {
	return state;
}

async function tryOpen(name: string): Promise<Store> {
	const use = createStore(name, 'records');
	try {
		// A read too, because a browser can answer the opening and never a request.
		await inTime(use('readonly', (store) => promisifyRequest(store.get(''))));
	} catch {
		// Why does not matter: `storageState` tells the page, which tells the user.
		state = 'memory';
		return newMemoryStore();
	}
	return newKeptStore(use);
}

/** What `promise` gives; rejects when that takes too long. */
function inTime<T>(promise: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const tooLate = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('IndexedDB did not answer.')), longestWait);
	});
	return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
