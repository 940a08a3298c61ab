import * as v from 'valibot';
import type { ApiId } from '../model/draft.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { checkRecord, newerVersion, parseRecord } from '../model/record.ts';
import type { RecordKind } from '../model/record.ts';
import { draftKind } from '../model/turn-schema.ts';
import type { DraftRecord } from '../model/turn.ts';
import { isBlank } from '../model/written.ts';
import { openStore } from './open-store.ts';
import { badKeyOf, keyOf, leftPrefix, readRecord, setAside } from './records.ts';
import { withRoom } from './room.ts';
import type { Entry, Store } from './store.ts';

/** Which of a draft's states a page has seen last. */
export type SeenDraft = Pick<DraftRecord, 'savedAt' | 'writer'>;

/** How the writing of a draft went: `other` is what another page has written, and nothing was written over it. */
export type SavedDraft = 'saved' | 'newer' | { other: DraftRecord };

/** What a page that went away left, and what it had seen of the stored draft until then. */
interface LeftDraft {
	v: 2;
	draft: DraftRecord;
	seen?: SeenDraft;
}

const leftKind: RecordKind<LeftDraft> = {
	name: 'left draft',
	version: 2,
	schema: v.object({
		v: v.literal(2),
		draft: draftKind.schema,
		seen: v.exactOptional(v.object({ savedAt: v.number(), writer: v.string() }))
	}),
	migrations: {}
};

/**
 * The draft of a conversation; undefined where there is none or it cannot be read. What pages left on going away takes
 * its place first, unless another page has written since: then it waits in {@link listLeftDrafts}.
 */
export async function loadDraft(
	conversation: string,
	store: Store | Promise<Store> = openStore()
): Promise<DraftRecord | undefined> {
	const opened = await store;
	const key = keyOf.draft(conversation);
	// First, because a broken draft must not stand in the way either.
	const stored = await readRecord(opened, draftKind, key);
	const lefts = await readLefts(opened, keyOf.left(conversation, ''));
	if (lefts.length === 0) return stored;
	await takeLefts(opened, conversation, lefts);
	return readRecord(opened, draftKind, key);
}

/**
 * Stores a draft if what is stored is what this page has `seen` last, its own, or such that nothing is lost with it. Else
 * nothing is written and the draft of the other page comes back, so that both texts can be had. 'newer': a newer version
 * of the page has one there.
 */
export async function saveDraft(
	record: DraftRecord,
	seen?: SeenDraft,
	store: Store | Promise<Store> = openStore()
): Promise<SavedDraft> {
	const opened = await store;
	const checked = checkRecord(draftKind, record);
	const key = keyOf.draft(record.conversation);
	const remove = [keyOf.left(record.conversation, record.writer)];
	return withRoom(opened, () =>
		opened.update<SavedDraft>([key], ([stored]) => {
			const there = parseRecord(draftKind, stored);
			if ('newer' in there) return { result: 'newer' };
			if (
				'ok' in there &&
				!mayFollow(checked, seen, there.ok) &&
				!losesNothing(there.ok, checked)
			) {
				return { result: { other: there.ok } };
			}
			const isBroken = stored !== undefined && 'broken' in there;
			const aside: Entry[] = isBroken ? [[badKeyOf(key), stored]] : [];
			return { put: [...aside, [key, checked]], remove, result: 'saved' };
		})
	);
}

/**
 * Leaves a draft as the page goes away. A page gets no time to look first whether another has written, so it lies beside
 * the stored one until {@link loadDraft} has looked.
 */
export function leaveDraft(
	record: DraftRecord,
	seen?: SeenDraft,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	return leaveDrafts([{ record, seen }], store);
}

/** Leaves several drafts in one write, because a page that goes away may get no second one. */
export async function leaveDrafts(
	drafts: readonly { record: DraftRecord; seen: SeenDraft | undefined }[],
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const entries = drafts.map(({ record, seen }): Entry => {
		const left = { v: 2 as const, draft: record, ...(seen && { seen: pickSeen(seen) }) };
		return [keyOf.left(record.conversation, record.writer), checkRecord(leftKind, left)];
	});
	if (entries.length > 0) await (await store).setMany(entries);
}

/** Drafts that pages left and that another page's draft stands in the way of, oldest first. */
export async function listLeftDrafts(
	conversation: string,
	store: Store | Promise<Store> = openStore()
): Promise<DraftRecord[]> {
	return (await readLefts(await store, keyOf.left(conversation, ''))).map(({ draft }) => draft);
}

/**
 * The conversation of each API that a page left a draft of last, where one did. A page that is closed at once had no time
 * to note which conversation its tab showed.
 */
export async function lastLeft(
	store: Store | Promise<Store> = openStore()
): Promise<Partial<Record<ApiId, string>>> {
	const lefts = await readLefts(await store, leftPrefix);
	return Object.fromEntries(lefts.map(({ draft }) => [draft.api, draft.conversation]));
}

/** Deletes a draft that was left, once its text was taken or is not wanted. */
export async function deleteLeftDraft(
	{ conversation, writer }: DraftRecord,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const remove = [keyOf.left(conversation, writer)];
	await (await store).update([], () => ({ remove, result: undefined }));
}

/** Deletes the draft of a conversation; one of a newer version stays. */
export async function deleteDraft(
	conversation: string,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const key = keyOf.draft(conversation);
	await (
		await store
	).update([key], ([stored]) => ({
		remove: newerVersion(draftKind, stored) === undefined ? [key] : [],
		result: undefined
	}));
}

/** What pages left under a prefix, oldest first; broken records are set aside. */
async function readLefts(store: Store, prefix: string): Promise<LeftDraft[]> {
	const entries = await store.range(prefix);
	const lefts: LeftDraft[] = [];
	const broken: string[] = [];
	for (const [key, value] of entries) {
		const parsed = parseRecord(leftKind, value);
		if ('ok' in parsed) lefts.push(parsed.ok);
		else if ('broken' in parsed) broken.push(key);
	}
	if (broken.length > 0) await setAside(store, broken);
	return lefts.sort((a, b) => a.draft.savedAt - b.draft.savedAt);
}

/** Puts in place what was left by a page that no other has written after. */
async function takeLefts(
	store: Store,
	conversation: string,
	lefts: readonly LeftDraft[]
): Promise<void> {
	const key = keyOf.draft(conversation);
	await store.update([key], ([stored]) => {
		const there = parseRecord(draftKind, stored);
		let current = 'ok' in there ? there.ok : undefined;
		const remove: string[] = [];
		if ('newer' in there || (current === undefined && stored !== undefined)) {
			return { result: undefined };
		}
		for (const { draft, seen } of lefts) {
			if (current !== undefined && !mayFollow(draft, seen, current)) continue;
			current = draft;
			remove.push(keyOf.left(conversation, draft.writer));
		}
		return { put: remove.length > 0 ? [[key, current]] : [], remove, result: undefined };
	});
}

/** Whether a draft may take the place of `stored`: its writer has written that too, or has seen it. */
function mayFollow(draft: DraftRecord, seen: SeenDraft | undefined, stored: DraftRecord): boolean {
	return (
		draft.writer === stored.writer ||
		(seen?.writer === stored.writer && seen.savedAt === stored.savedAt)
	);
}

/** Whether nothing is lost with `stored`: it says what `mine` says or nothing, with the same settings. */
function losesNothing(stored: DraftRecord, mine: DraftRecord): boolean {
	const { composer, parts, results, typed, savedAt, writer } = stored;
	const isEmpty = isBlank(composer) && (parts ?? results ?? typed) === undefined;
	const { parts: _, results: __, typed: ___, ...rest } = mine;
	const alike = isEmpty ? { ...rest, composer } : mine;
	const stamped = { ...alike, savedAt, writer };
	return equalJson(stored as unknown as Json, stamped as unknown as Json);
}

function pickSeen({ savedAt, writer }: SeenDraft): SeenDraft {
	return { savedAt, writer };
}
