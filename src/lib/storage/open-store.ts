import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { newKeptStore } from './kept-store.ts';
import { newMemoryStore } from './memory-store.ts';
import type { Store } from './store.ts';

const opened = new Map<Database, Promise<Store>>();

/** Opens the store of a database, once. Where the browser gives no database, memory stands in for this page. */
export function openStore(database: Database = 'records'): Promise<Store> {
	let store = opened.get(database);
	if (store === undefined) opened.set(database, (store = newStore(database)));
	return store;
}

async function newStore(database: Database): Promise<Store> {
	const { use } = await openDatabase(database);
	return use === undefined ? newMemoryStore() : newKeptStore(use);
}
