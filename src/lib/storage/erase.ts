import { openStore } from './open-store.ts';
import { forgetKeys } from './keys.ts';
import { eraseOlder } from './older.ts';

/** Empties everything that this origin has stored for the page, records set aside too; the keys first. */
export async function eraseEverything(): Promise<void> {
	await forgetKeys();
	// Emptied and not deleted: a database that another tab has open cannot be deleted.
	await (await openStore('secrets')).clear();
	await (await openStore('records')).clear();
	await eraseOlder();
}
