import type { KeyRecord } from '../model/key.ts';
import { parseKeyRecord, parseSecretRecord } from '../model/key-schema.ts';
import { openStore, setAside } from './database.ts';

// One key at a time, so one slot: a second secret has no place to be left behind in.
const slot = 'current';
const channelName = 'bedrock-playground-key';

/** The key that only this page has. It shadows a stored one and is never written. */
let held: { record: KeyRecord; secret: string } | undefined;
let channel: BroadcastChannel | undefined;

/**
 * The key of this tab, held or stored. One that has expired by `now` (epoch ms) is deleted, its secret first,
 * and told to `onexpired`.
 */
export async function loadKey(
	now: number,
	onexpired?: (record: KeyRecord) => void
): Promise<KeyRecord | undefined> {
	if (held !== undefined && isExpired(held.record, now)) {
		onexpired?.(held.record);
		held = undefined;
	}
	if (held !== undefined) return held.record;
	const [keys, secrets] = await Promise.all([openStore('keys'), openStore('secrets')]);
	const stored = await keys.get(slot);
	const record = parseKeyRecord(stored);
	if (record === undefined || isExpired(record, now)) {
		// Without a readable record nobody would know when to delete the secret.
		await secrets.clear();
		if (record !== undefined) {
			await keys.clear();
			onexpired?.(record);
		} else if (stored !== undefined) await setAside(keys, slot, stored);
		return undefined;
	}
	// The record is written before the secret: another tab may be between the two.
	return (await readSecret(record.id)) === undefined ? undefined : record;
}

/**
 * Stores a key in place of any other, and tells the other tabs.
 * A long-term or memory-only key is held instead, whatever the caller meant.
 */
export async function saveKey(record: KeyRecord, secret: string): Promise<void> {
	if (record.memoryOnly) return holdKey(record, secret);
	held = undefined;
	const [keys, secrets] = await Promise.all([openStore('keys'), openStore('secrets')]);
	await secrets.clear();
	await keys.set(slot, record);
	await secrets.set(slot, { v: 1, key: record.id, secret });
	announce();
}

/**
 * Keeps a key in this page's memory only, in place of any other: a stored one is forgotten,
 * or it would come back with the next load and spend someone else's money.
 */
export async function holdKey(record: KeyRecord, secret: string): Promise<void> {
	held = { record: { ...record, memoryOnly: true }, secret };
	await clearStored();
}

/** The secret of key `id`, to be sent and then let go; undefined once the key is forgotten or replaced. */
export async function readSecret(id: string): Promise<string | undefined> {
	if (held !== undefined) return held.record.id === id ? held.secret : undefined;
	const record = parseSecretRecord(await (await openStore('secrets')).get(slot));
	return record?.key === id ? record.secret : undefined;
}

/** Forgets every key, held and stored, and tells the other tabs; what they hold in memory stays theirs. */
export async function forgetKey(): Promise<void> {
	held = undefined;
	await clearStored();
}

/** Notes that the service refused key `id` at `at` (epoch ms). The key stays. */
export async function markRejected(id: string, at: number): Promise<void> {
	if (held !== undefined) {
		if (held.record.id === id) held.record = { ...held.record, rejectedAt: at };
		return;
	}
	const keys = await openStore('keys');
	const record = parseKeyRecord(await keys.get(slot));
	if (record?.id !== id) return;
	await keys.set(slot, { ...record, rejectedAt: at });
	announce();
}

/**
 * Calls `onchange` when another tab has saved, forgotten or marked the stored key; `loadKey` then says what is left.
 * One watcher a page. Returns what stops it.
 */
export function watchKey(onchange: () => void): () => void {
	const mine = openChannel();
	channel = mine;
	if (mine !== undefined) mine.onmessage = () => onchange();
	return () => {
		mine?.close();
		if (channel === mine) channel = undefined;
	};
}

async function clearStored(): Promise<void> {
	await (await openStore('secrets')).clear();
	await (await openStore('keys')).clear();
	announce();
}

/** Tells the other tabs that there is something to load, and nothing else. */
function announce(): void {
	// Through the watcher's own channel, because a channel does not hear itself.
	const through = channel ?? openChannel();
	through?.postMessage('changed');
	if (through !== channel) through?.close();
}

function openChannel(): BroadcastChannel | undefined {
	try {
		return new BroadcastChannel(channelName);
	} catch {
		// Where storage is blocked so is this; then there is no stored key to tell about.
		return undefined;
	}
}

function isExpired(record: KeyRecord, now: number): boolean {
	return record.kind === 'short-term' && record.expiresAt <= now;
}
