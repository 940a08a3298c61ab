import { openStore } from './open-store.ts';
import { keyOf } from './records.ts';
import type { Store } from './store.ts';

/** The databases of the first version, which was never published: its records are not read. */
const older = ['keys', 'secrets', 'drafts', 'runs', 'summaries', 'settings'].map(
	(kind) => `bedrock-playground-${kind}`
);

/**
 * Whether this browser holds records of the first version, told once so that the page says it once. They are left where
 * they are, but for the key's text, which is deleted.
 */
export async function noteOlderVersion(
	store: Store | Promise<Store> = openStore()
): Promise<boolean> {
	if (!(await hasOlder())) return false;
	deleteDatabase('bedrock-playground-secrets');
	const key = keyOf.setting('older-version');
	return (await store).update([key], ([told]) => ({
		put: told === undefined ? [[key, { v: 2, told: true }]] : [],
		result: told === undefined
	}));
}

/** Deletes what the first version stored. */
export async function eraseOlder(): Promise<void> {
	if (await hasOlder()) older.forEach(deleteDatabase);
}

async function hasOlder(): Promise<boolean> {
	try {
		const names = (await indexedDB.databases()).map(({ name }) => name);
		return older.some((name) => names.includes(name));
	} catch {
		// No IndexedDB, or one that does not list its databases: then nothing is known of an older version.
		return false;
	}
}

/** Not waited for: a database that a page of the first version has open is deleted once that page is closed. */
function deleteDatabase(name: string): void {
	indexedDB.deleteDatabase(name);
}
