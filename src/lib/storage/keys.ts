import { secretKind, keyKind } from '../model/key-schema.ts';
import { originsOf } from '../model/key.ts';
import type { AnyKey, KeyRecord } from '../model/key.ts';
import { checkRecord, parseRecord } from '../model/record.ts';
import { announce } from './key-channel.ts';
import {
	isExpired,
	openKeyStores,
	remove,
	removeReplaced,
	replaces,
	sweepSecrets
} from './key-stores.ts';
import type { KeyStores } from './key-stores.ts';
import { badKeyOf, keyOf, readRecords } from './records.ts';

export { watchKey } from './key-channel.ts';

/** Keys that only this page has. Each shadows a stored one in whose place it came, and is never written. */
const held = new Map<string, { record: AnyKey; secret: string }>();

/**
 * The Bedrock key of this tab, held or stored: there is one at a time. Keys that have expired by `now` (epoch ms) are
 * deleted, their secrets first, and told to `onexpired`.
 */
export async function loadKey(
	now: number,
	onexpired?: (record: KeyRecord) => void,
	stores: KeyStores = openKeyStores()
): Promise<KeyRecord | undefined> {
	return (await loadKeys(now, onexpired, stores)).find(isBedrock);
}

/** The key that may be sent to a target (see `originsOf`); undefined where there is none for it. */
export async function keyFor(
	target: { base: string },
	now = Date.now(),
	stores: KeyStores = openKeyStores()
): Promise<AnyKey | undefined> {
	const { origin } = new URL(target.base);
	return (await loadKeys(now, undefined, stores)).find((key) => originsOf(key).includes(origin));
}

/**
 * Stores a key in place of any other Bedrock key, or of the same gateway's, and tells the other tabs.
 * A long-term or memory-only key is held instead, whatever the caller meant.
 */
export async function saveKey(
	record: AnyKey,
	secret: string,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	if (record.memoryOnly) return holdKey(record, secret, stores);
	letGo(record);
	await removeReplaced(record, stores);
	const [records, secrets] = await Promise.all([stores.records, stores.secrets]);
	const expiry = record.kind === 'short-term' ? { expiresAt: record.expiresAt } : {};
	const text = checkRecord(secretKind, { v: 2, key: record.id, secret, ...expiry });
	await records.setMany([[keyOf.key(record.id), checkRecord(keyKind, record)]]);
	await secrets.setMany([[record.id, text]]);
	announce();
}

/**
 * Keeps a key in this page's memory only, in place of any other: a stored one is forgotten,
 * or it would come back with the next load and spend someone else's money.
 */
export async function holdKey(
	record: AnyKey,
	secret: string,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	letGo(record);
	held.set(record.id, { record: { ...record, memoryOnly: true }, secret });
	await removeReplaced(record, stores);
	announce();
}

/**
 * The secret of key `id`, to be sent and then let go: one read. Undefined once the key is forgotten or replaced; one that
 * has expired by `now` (epoch ms) is deleted instead.
 */
export async function readSecret(
	id: string,
	now = Date.now(),
	stores: KeyStores = openKeyStores()
): Promise<string | undefined> {
	const mine = held.get(id);
	if (mine !== undefined) {
		if (!isExpired(mine.record, now)) return mine.secret;
		held.delete(id);
		return undefined;
	}
	const secrets = await stores.secrets;
	const stored = await secrets.get(id);
	if (stored === undefined) return undefined;
	const parsed = parseRecord(secretKind, stored);
	if ('newer' in parsed) return undefined;
	if ('ok' in parsed && parsed.ok.key === id && (parsed.ok.expiresAt ?? Infinity) > now) {
		return parsed.ok.secret;
	}
	await remove(secrets, [id]);
	return undefined;
}

/** Forgets every key, held and stored, and tells the other tabs; what they hold in memory stays theirs. */
export async function forgetKey(stores: KeyStores = openKeyStores()): Promise<void> {
	held.clear();
	await (await stores.secrets).clear();
	const prefix = keyOf.key('');
	const removeAll = [prefix, badKeyOf(prefix)];
	await (await stores.records).update([], () => ({ removeAll, result: undefined }));
	announce();
}

/** Notes that the service refused key `id` at `at` (epoch ms). The key stays. */
export function markRejected(
	id: string,
	at: number,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	return changeKey(id, (record) => ({ ...record, rejectedAt: at }), stores);
}

/** Notes that the service took key `id`, so that an earlier refusal is no longer told. Writes nothing without one. */
export function markAccepted(id: string, stores: KeyStores = openKeyStores()): Promise<void> {
	const accept = (record: AnyKey) => {
		const { rejectedAt, ...rest } = record;
		return rejectedAt === undefined ? undefined : rest;
	};
	return changeKey(id, accept, stores);
}

/** All keys that can be used. Deletes the expired, and every secret of which no record says when it expires. */
async function loadKeys(
	now: number,
	onexpired: ((record: KeyRecord) => void) | undefined,
	stores: KeyStores
): Promise<AnyKey[]> {
	const tell = (record: AnyKey) => isBedrock(record) && onexpired?.(record);
	for (const [id, { record }] of held) {
		if (!isExpired(record, now)) continue;
		held.delete(id);
		tell(record);
	}
	const [records, secrets] = await Promise.all([stores.records, stores.secrets]);
	const found = (await readRecords(records, keyKind, keyOf.key(''))).records;
	const expired = found.filter((record) => isExpired(record, now));
	const texts = await sweepSecrets(now, records, secrets);
	if (expired.length > 0) {
		await remove(
			records,
			expired.map(({ id }) => keyOf.key(id))
		);
		expired.forEach(tell);
	}
	const mine = [...held.values()].map(({ record }) => record);
	// The record is written before the secret: another tab may be between the two.
	const stored = found.filter((record) => texts.has(record.id) && !expired.includes(record));
	const free = stored.filter((record) => !mine.some((one) => replaces(one, record)));
	return [...mine, ...free.sort((a, b) => b.addedAt - a.addedAt)];
}

/** Lets go of what `record` takes the place of in this page's memory. */
function letGo(record: AnyKey): void {
	for (const [id, one] of held) if (replaces(record, one.record)) held.delete(id);
}

async function changeKey(
	id: string,
	change: (record: AnyKey) => AnyKey | undefined,
	stores: KeyStores
): Promise<void> {
	const mine = held.get(id);
	if (mine !== undefined) {
		mine.record = change(mine.record) ?? mine.record;
		return;
	}
	const key = keyOf.key(id);
	const isChanged = await (
		await stores.records
	).update([key], ([stored]) => {
		const parsed = parseRecord(keyKind, stored);
		const changed = 'ok' in parsed ? change(parsed.ok) : undefined;
		return { put: changed === undefined ? [] : [[key, changed]], result: changed !== undefined };
	});
	if (isChanged) announce();
}

function isBedrock(record: AnyKey): record is KeyRecord {
	return record.kind !== 'gateway';
}
