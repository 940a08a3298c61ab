import { getOwn } from '../model/json.ts';
import { newerVersion, parseRecord } from '../model/record.ts';
import type { RecordKind } from '../model/record.ts';
import type { Entry, Store } from './store.ts';

/** Where what pages left on going away lies. */
export const leftPrefix = 'left/';

/** Where each record lies. Ids hold no slash. */
export const keyOf = {
	conversation: (id: string) => `conversation/${id}`,
	turn: (conversation: string, id: string) => `turn/${conversation}/${id}`,
	run: (conversation: string, id: string) => `run/${conversation}/${id}`,
	sent: (conversation: string, id: string) => `sent/${conversation}/${id}`,
	draft: (conversation: string) => `draft/${conversation}`,
	/** What a page that went away left without looking whether another had written. */
	left: (conversation: string, writer: string) => `${leftPrefix}${conversation}/${writer}`,
	file: (id: string) => `file/${id}`,
	preset: (id: string) => `preset/${id}`,
	key: (id: string) => `key/${id}`,
	setting: (name: string) => `setting/${name}`
};

/** Records of one kind, and how many more there are that this version cannot read. */
export interface Found<T> {
	records: T[];
	/** Written by a newer version: left alone. */
	newer: number;
	/** Broken: set aside, now or before. */
	unreadable: number;
}

/** Where a broken record is set aside to. */
export function badKeyOf(key: string): string {
	return `bad:${key}`;
}

/** The record at `key`; undefined where there is none, where it is newer, and where it is broken: then it is set aside. */
export async function readRecord<T>(
	store: Store,
	kind: RecordKind<T>,
	key: string
): Promise<T | undefined> {
	const stored = await store.get(key);
	if (stored === undefined) return undefined;
	const parsed = parseRecord(kind, stored);
	if ('ok' in parsed && isAt(parsed.ok, key)) return parsed.ok;
	if (!('newer' in parsed)) await setAside(store, [key]);
	return undefined;
}

/** All records whose keys begin with `prefix`. Broken ones are set aside. */
export async function readRecords<T>(
	store: Store,
	kind: RecordKind<T>,
	prefix: string
): Promise<Found<T>> {
	const [entries, aside] = await Promise.all([store.range(prefix), store.keys(badKeyOf(prefix))]);
	const found: Found<T> = { records: [], newer: 0, unreadable: aside.length };
	const broken: string[] = [];
	for (const [key, value] of entries) {
		const parsed = parseRecord(kind, value);
		if ('newer' in parsed) found.newer++;
		else if ('ok' in parsed && isAt(parsed.ok, key)) found.records.push(parsed.ok);
		else broken.push(key);
	}
	found.unreadable += broken.length;
	if (broken.length > 0) await setAside(store, broken);
	return found;
}

/** What of `entries` may be written: where `stored` (in the same order) is of a newer version, it stays. */
export function withoutNewer(entries: readonly Entry[], stored: readonly unknown[]): Entry[] {
	return entries.filter(([, value], i) => {
		const version = getOwn(value, 'v');
		return typeof version !== 'number' || newerVersion({ version }, stored[i]) === undefined;
	});
}

/** Moves records to `bad:<key>`, out of the way and still there to be looked at. */
export async function setAside(store: Store, keys: readonly string[]): Promise<void> {
	await store.update(keys, (stored) => ({
		remove: keys,
		put: keys.map((key, i) => [badKeyOf(key), stored[i]] as const),
		result: undefined
	}));
}

/** Whether a record stands where its id belongs, a draft with its conversation: under another key it is broken. */
function isAt(record: unknown, key: string): boolean {
	const id = getOwn(record, 'id') ?? getOwn(record, 'conversation');
	return typeof id !== 'string' || key.endsWith(`/${id}`);
}
