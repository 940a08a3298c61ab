import { secretKind, keyKind } from '../model/key-schema.ts';
import { mayGoTo } from '../model/key.ts';
import type { AnyKey, GatewayKey, KeyRecord } from '../model/key.ts';
import { checkRecord, parseRecord } from '../model/record.ts';
import { announce } from './key-channel.ts';
import {
	isExpired,
	openKeyStores,
	remove,
	removeKeys,
	replaces,
	sweepSecrets
} from './key-stores.ts';
import type { KeyStores } from './key-stores.ts';
import { badKeyOf, keyOf, readRecords } from './records.ts';
import { withRoom } from './room.ts';

/** Keys that only this page has. Each shadows a stored one in whose place it came, and is never written. */
const held = new Map<string, { record: AnyKey; secret: string }>();

/** The keys of a tab: at most one for Bedrock, and one gateway with its own. */
export interface Keys {
	bedrock: KeyRecord | undefined;
	gateway: GatewayKey | undefined;
}

/**
 * The keys of this tab, held or stored. Those that have expired by `now` (epoch ms) are deleted, their secrets first, and
 * told to `onexpired`.
 */
export async function loadKeys(
	now: number,
	onexpired?: (record: KeyRecord) => void,
	stores: KeyStores = openKeyStores()
): Promise<Keys> {
	const all = await loadAll(now, onexpired, stores);
	const gateway = all.find((record): record is GatewayKey => record.kind === 'gateway');
	return { bedrock: all.find(isBedrock), gateway };
}

/** The key that may be sent to a target (see `originsOf`); undefined where there is none for it. */
export async function keyFor(
	target: { base: string },
	now = Date.now(),
	stores: KeyStores = openKeyStores()
): Promise<AnyKey | undefined> {
	return (await loadAll(now, undefined, stores)).find((key) => mayGoTo(key, target.base));
}

/**
 * Stores a key in place of any other of Bedrock, or of any other gateway, and tells the other tabs. A long-term or
 * memory-only key is held instead, whatever the caller meant. Of a gateway without a key only the address is stored.
 */
export async function saveKey(
	record: AnyKey,
	secret: string,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	if (record.memoryOnly) return holdKey(record, secret, stores);
	letGo(record);
	await removeKeys((one) => replaces(record, one), stores);
	const [records, secrets] = await Promise.all([stores.records, stores.secrets]);
	const expiry = record.kind === 'short-term' ? { expiresAt: record.expiresAt } : {};
	const texts = isKeyless(record)
		? []
		: [checkRecord(secretKind, { v: 2, key: record.id, secret, ...expiry })];
	const known = checkRecord(keyKind, record);
	await withRoom(records, () => records.setMany([[keyOf.key(record.id), known]]));
	await withRoom(records, () => secrets.setMany(texts.map((text) => [record.id, text])));
	announce();
}

/**
 * Keeps a key in this page's memory only, in place of any other of its kind: a stored one is forgotten,
 * or it would come back with the next load and spend someone else's money.
 */
export async function holdKey(
	record: AnyKey,
	secret: string,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	letGo(record);
	held.set(record.id, { record: { ...record, memoryOnly: true }, secret });
	await removeKeys((one) => replaces(record, one), stores);
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
export async function forgetKeys(stores: KeyStores = openKeyStores()): Promise<void> {
	held.clear();
	await (await stores.secrets).clear();
	const prefix = keyOf.key('');
	const removeAll = [prefix, badKeyOf(prefix)];
	await (await stores.records).update([], () => ({ removeAll, result: undefined }));
	announce();
}

/** Forgets the key of Bedrock, or the gateway with its key, held and stored, and tells the other tabs. */
export async function forgetKey(
	which: keyof Keys,
	stores: KeyStores = openKeyStores()
): Promise<void> {
	const isForgotten = (record: AnyKey) => isBedrock(record) === (which === 'bedrock');
	for (const [id, { record }] of held) if (isForgotten(record)) held.delete(id);
	await removeKeys(isForgotten, stores);
	// What is broken may be any key's.
	const removeAll = [badKeyOf(keyOf.key(''))];
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
async function loadAll(
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
	const whole = found.filter((record) => texts.has(record.id) || isKeyless(record));
	const stored = whole.filter((record) => !expired.includes(record));
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

function isKeyless(record: AnyKey): boolean {
	return record.kind === 'gateway' && record.keyless === true;
}

function isBedrock(record: AnyKey): record is KeyRecord {
	return record.kind !== 'gateway';
}
