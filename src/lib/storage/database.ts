import { createStore, promisifyRequest } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';

/** The databases: all that is no secret in one, the texts of keys in another. idb-keyval has one store in each. */
const databases = { records: 'bedrock-playground', secrets: 'bedrock-playground-vault' } as const;

/** The name of a database. */
export type Database = keyof typeof databases;

/** A database as it was when it was opened. */
export interface OpenedDatabase {
	/** Undefined where the browser gives none. */
	use: UseStore | undefined;
	isEmpty: boolean;
}

/** ms that the browser is waited for. */
const longestWait = 2000;

const opened = new Map<Database, Promise<OpenedDatabase>>();
let state: 'kept' | 'memory' = 'kept';

/** Opens a database, once. Never rejects: a browser may give none (private mode, blocked, silent). */
export function openDatabase(database: Database): Promise<OpenedDatabase> {
	let opening = opened.get(database);
	if (opening === undefined) opened.set(database, (opening = tryOpen(databases[database])));
	return opening;
}

/** Whether nothing was stored when the page was opened: then there is nothing to read. */
export async function wasNothingStored(): Promise<boolean> {
	const all = await Promise.all([openDatabase('records'), openDatabase('secrets')]);
	return all.every(({ isEmpty }) => isEmpty);
}

/** Whether what is saved outlives the page, as far as has been tried: 'kept' before the first database is opened. */
export function storageState(): 'kept' | 'memory' {
	return state;
}

async function tryOpen(name: string): Promise<OpenedDatabase> {
	const use = createStore(name, 'records');
	try {
		// No key comes before it.
		const all = IDBKeyRange.lowerBound(-Infinity);
		// A browser can answer the opening and never a request.
		const first = await inTime(use('readonly', (store) => promisifyRequest(store.getKey(all))));
		return { use, isEmpty: first === undefined };
	} catch {
		// Why does not matter: `storageState` tells the page, which tells the user.
		state = 'memory';
		return { use: undefined, isEmpty: true };
	}
}

/** What `promise` gives; rejects when that takes too long. */
function inTime<T>(promise: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const tooLate = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('IndexedDB did not answer.')), longestWait);
	});
	return Promise.race([promise, tooLate]).finally(() => clearTimeout(timer));
}
