import { kinds, openStore } from './database.ts';
import { forgetKey } from './keys.ts';

/** Empties everything that this origin has stored for the page, records set aside too; the key first. */
export async function eraseEverything(): Promise<void> {
	await forgetKey();
	// Emptied and not deleted: a database that another tab has open cannot be deleted.
	for (const kind of kinds) await (await openStore(kind)).clear();
}
