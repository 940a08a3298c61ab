import { checkRecord, parseRecord } from '../model/record.ts';
import { runKind } from '../model/run-schema.ts';
import type { Run } from '../model/run.ts';
import { conversationKind, resolveTurns, sentKind, turnKind } from '../model/turn-schema.ts';
import type { ConversationRecord, DraftRecord, SentSettings, Turn } from '../model/turn.ts';
import { exchangePrefix } from './exchange-keys.ts';
import { openStore } from './open-store.ts';
import { loadDraft } from './drafts.ts';
import { pruneFiles, removeUnnamedFiles } from './files.ts';
import { badKeyOf, keyOf, readRecord, readRecords } from './records.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

/** A whole conversation. */
export interface OpenedConversation {
	record: ConversationRecord;
	/** Oldest first. */
	turns: Turn[];
	/** Oldest first. */
	runs: Run[];
	sent: SentSettings[];
	draft?: DraftRecord;
	/** Records of a newer version, which are left alone, and broken ones, which are set aside. */
	newer: number;
	unreadable: number;
}

/** All conversations but those marked deleted, the last changed first. Reads nothing but their own records. */
export async function listConversations(
	store: Store | Promise<Store> = openStore()
): Promise<{ conversations: ConversationRecord[]; newer: number; unreadable: number }> {
	const { records, newer, unreadable } = await readAll(await store);
	const conversations = records.filter(({ deletedAt }) => deletedAt === undefined);
	conversations.sort((a, b) => b.changedAt - a.changedAt);
	return { conversations, newer, unreadable };
}

/**
 * Stores what a list shows of a conversation, new or again; whether it is deleted stays as stored. 'gone': it is deleted,
 * or was (its leaf is not stored any more), and does not come back by this. 'newer': a newer page's record stays.
 */
export async function saveConversation(
	record: ConversationRecord,
	store: Store | Promise<Store> = openStore()
): Promise<'saved' | 'gone' | 'newer'> {
	const opened = await store;
	const key = keyOf.conversation(record.id);
	const leaf = record.leaf === undefined ? [] : [keyOf.turn(record.id, record.leaf)];
	return withRoom(opened, () =>
		opened.update([key, ...leaf], ([stored, turn]) => {
			const there = parseRecord(conversationKind, stored);
			if ('newer' in there) return { result: 'newer' };
			if (stored === undefined && leaf.length > 0 && turn === undefined) return { result: 'gone' };
			const kept = withDeletionOf(record, 'ok' in there ? there.ok : undefined);
			const result = kept.deletedAt === undefined ? 'saved' : 'gone';
			return { put: [[key, checkRecord(conversationKind, kept)]], result };
		})
	);
}

/** A conversation with all that is in it; undefined where there is none that this version can read. */
export async function openConversation(
	id: string,
	store: Store | Promise<Store> = openStore()
): Promise<OpenedConversation | undefined> {
	const opened = await store;
	const record = await readRecord(opened, conversationKind, keyOf.conversation(id));
	if (record === undefined) return undefined;
	const [turns, runs, sent, draft] = await Promise.all([
		readRecords(opened, turnKind, keyOf.turn(id, '')),
		readRecords(opened, runKind, keyOf.run(id, '')),
		readRecords(opened, sentKind, keyOf.sent(id, '')),
		loadDraft(id, opened)
	]);
	const resolved = resolveTurns(turns.records);
	return {
		record,
		turns: resolved.turns,
		runs: runs.records.sort((a, b) => a.startedAt - b.startedAt),
		sent: sent.records,
		...(draft && { draft }),
		newer: turns.newer + runs.newer + sent.newer,
		unreadable: turns.unreadable + runs.unreadable + sent.unreadable + resolved.lost
	};
}

/** Marks conversations deleted at `at` (epoch ms), or, without it, takes the mark off again. */
export async function markDeleted(
	ids: string | readonly string[],
	at: number | undefined,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const keys = [ids].flat().map(keyOf.conversation);
	await (
		await store
	).update(keys, (stored) => ({
		put: stored.flatMap((value) => {
			const parsed = parseRecord(conversationKind, value);
			if (!('ok' in parsed)) return [];
			const { deletedAt: _, ...record } = parsed.ok;
			const marked = { ...record, ...(at !== undefined && { deletedAt: at }) };
			return [[keyOf.conversation(record.id), marked] as const];
		}),
		result: undefined
	}));
}

/**
 * Removes for good what was marked deleted before `before` (epoch ms): all that is in it, and files that nothing names.
 * These are looked for once a day also where nothing was deleted.
 */
export async function purgeDeleted(
	before: number,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const opened = await store;
	const { records } = await readAll(opened);
	const due = records.filter(isDeletedBefore(before)).map(({ id }) => id);
	await purge(due, isDeletedBefore(before), opened);
	if (due.length === 0) await pruneFiles(opened);
}

/** Removes one conversation for good in the same way, if it is still marked deleted; others may yet be undone. */
export async function purgeConversation(
	id: string,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	await purge([id], isDeletedBefore(Infinity), await store);
}

async function purge(
	ids: readonly string[],
	isDue: (record: ConversationRecord) => boolean,
	store: Store
): Promise<void> {
	for (const id of ids) {
		const runs = await store.keys(keyOf.run(id, ''));
		const exchanges = runs.map((key) => `${exchangePrefix}${key.slice(key.lastIndexOf('/') + 1)}/`);
		const key = keyOf.conversation(id);
		await store.update([key], ([stored]) => {
			const parsed = parseRecord(conversationKind, stored);
			// It may have been undone in the meantime.
			if (!('ok' in parsed) || !isDue(parsed.ok)) return { result: undefined };
			const remove = [key, keyOf.draft(id), badKeyOf(keyOf.draft(id))];
			return { remove, removeAll: [...groupsOf(id), ...exchanges], result: undefined };
		});
	}
	if (ids.length > 0) await removeUnnamedFiles(store);
}

function isDeletedBefore(before: number) {
	return ({ deletedAt }: ConversationRecord) => deletedAt !== undefined && deletedAt < before;
}

/** A conversation's record as it is to be stored: deleted if what is `stored` is. */
export function withDeletionOf(
	record: ConversationRecord,
	stored: ConversationRecord | undefined
): ConversationRecord {
	const { deletedAt: _, ...rest } = record;
	return { ...rest, ...(stored?.deletedAt !== undefined && { deletedAt: stored.deletedAt }) };
}

function readAll(store: Store) {
	return readRecords(store, conversationKind, keyOf.conversation(''));
}

/** Prefixes of all that is in a conversation, set aside or not. */
function groupsOf(id: string): string[] {
	const groups = [keyOf.turn, keyOf.run, keyOf.sent, keyOf.left].map((key) => key(id, ''));
	return [...groups, ...groups.map(badKeyOf)];
}
