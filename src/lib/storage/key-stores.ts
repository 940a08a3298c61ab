import { keyKind } from '../model/key-schema.ts';
import type { AnyKey } from '../model/key.ts';
import { newerVersion, parseRecord } from '../model/record.ts';
import { openStore } from './open-store.ts';
import { keyOf, readRecords } from './records.ts';
import type { Store } from './store.ts';

/** What is known about keys, and apart from it their texts by the keys' ids. */
export interface KeyStores {
	records: Store | Promise<Store>;
	secrets: Store | Promise<Store>;
}

/** The stores of the page. */
export function openKeyStores(): KeyStores {
	return { records: openStore('records'), secrets: openStore('secrets') };
}

/** Deletes secrets without a record that lets them be; the ids of those that stay. No secret is read for it. */
export async function sweepSecrets(
	now: number,
	records: Store,
	secrets: Store
): Promise<Set<string>> {
	const ids = await secrets.keys('');
	if (ids.length === 0) return new Set();
	const kept = await records.update(ids.map(keyOf.key), (stored) => ({
		result: ids.filter((_, i) => mayStay(stored[i], now))
	}));
	const swept = ids.filter((id) => !kept.includes(id));
	if (swept.length > 0) await remove(secrets, swept);
	return new Set(kept);
}

/** Whether the secret of a stored key record may stay: also a newer version's, as long as it says when it expires. */
function mayStay(stored: unknown, now: number): boolean {
	const parsed = parseRecord(keyKind, stored);
	if ('ok' in parsed) return !isExpired(parsed.ok, now);
	if (newerVersion(keyKind, stored) === undefined) return false;
	const { expiresAt } = stored as { expiresAt?: unknown };
	return typeof expiresAt === 'number' && expiresAt > now;
}

/** Removes the stored keys that `isGone` names, secrets first; secrets without a record go too. */
export async function removeKeys(
	isGone: (record: AnyKey) => boolean,
	stores: KeyStores
): Promise<void> {
	const [records, secrets] = await Promise.all([stores.records, stores.secrets]);
	const { records: all } = await readRecords(records, keyKind, keyOf.key(''));
	const staying = new Set(all.filter((one) => !isGone(one)).map(({ id }) => id));
	const texts = await secrets.keys('');
	await remove(
		secrets,
		texts.filter((id) => !staying.has(id))
	);
	await remove(
		records,
		all.filter(({ id }) => !staying.has(id)).map(({ id }) => keyOf.key(id))
	);
}

/** Whether a key takes the place of another: there is one for Bedrock, and one for a gateway. */
export function replaces(record: AnyKey, other: AnyKey): boolean {
	return (record.kind === 'gateway') === (other.kind === 'gateway');
}

/** Whether a key is no longer any good at `now` (epoch ms). */
export function isExpired(record: AnyKey, now: number): boolean {
	return record.kind === 'short-term' && record.expiresAt <= now;
}

/** Removes records. */
export async function remove(store: Store, keys: readonly string[]): Promise<void> {
	if (keys.length > 0) await store.update([], () => ({ remove: keys, result: undefined }));
}
