import { checkRecord, parseRecord } from '../model/record.ts';
import { runKind, withFiniteUsage } from '../model/run-schema.ts';
import type { Run } from '../model/run.ts';
import { conversationKind, sentKind, toStoredTurn, turnKind } from '../model/turn-schema.ts';
import type { ConversationRecord, SentSettings, Turn } from '../model/turn.ts';
import { withDeletionOf } from './conversations.ts';
import { openStore } from './open-store.ts';
import { keyOf, readRecord, withoutNewer } from './records.ts';
import { noteStored, withRoom } from './room.ts';
import type { StoredPiece } from './pieces.ts';
import type { Entry, Store } from './store.ts';

/** What a run changes in its conversation: the record of it, the turns that are new, and the run itself. */
export interface RunChange {
	conversation: ConversationRecord;
	turns: readonly Turn[];
	run: Run;
	/** Bytes of its answer that are not stored yet. */
	piece?: StoredPiece | undefined;
}

/** How a write went. 'gone': the conversation is deleted. 'newer': a newer page's conversation record stays. */
export type Written = 'saved' | 'gone' | 'newer';

/**
 * Stores what is known when a run starts, in one step: the conversation, the turns that were sent, the run, and its
 * settings unless they are stored already. Writes nothing where the conversation is deleted or newer. Rejects when the
 * browser has no room.
 */
export async function startRun(
	{ sent, ...change }: RunChange & { sent?: SentSettings },
	store: Store | Promise<Store> = openStore()
): Promise<Written> {
	const settings: Entry[] =
		sent === undefined
			? []
			: [[keyOf.sent(sent.conversation, sent.id), checkRecord(sentKind, sent)]];
	const parents = parentsOutside(change.turns);
	const opened = await store;
	return withRoom(opened, () =>
		write(opened, change, settings, parents, (there, found) =>
			// The turns before these went with a conversation that was purged.
			there === undefined ? parents.length > 0 && found.includes(undefined) : isDeleted(there)
		)
	);
}

/**
 * Stores how a run ended, in one step with its answer and the bytes that this was read from. In a conversation that is
 * marked deleted it stays deleted, so that undoing brings back all of it; one that was removed for good does not come back.
 * A run whose start could not be stored is given to {@link startRun} instead, with its answer. Rejects when the browser has
 * no room.
 */
export async function endRun(
	change: RunChange,
	store: Store | Promise<Store> = openStore()
): Promise<Written> {
	const opened = await store;
	return withRoom(opened, () => write(opened, change, [], [], (there) => there === undefined));
}

/** Stores what is known of a run that goes on, in a conversation that is there. Rejects when there is no room. */
export async function saveRun(
	run: Run,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const opened = await store;
	const conversation = keyOf.conversation(run.conversation);
	const key = keyOf.run(run.conversation, run.id);
	await withRoom(opened, () =>
		opened.update([conversation, key], ([there, stored]) => {
			const known = parseRecord(runKind, stored);
			// An end that is stored already is newer than this.
			const isOver = 'newer' in known || ('ok' in known && known.ok.outcome !== undefined);
			const put: Entry[] = [[key, checkRecord(runKind, withFiniteUsage(run))]];
			return { put: there === undefined || isOver ? [] : put, result: undefined };
		})
	);
}

/**
 * Stores what the service holds of a run's response, as it was learnt after the run. Nothing else of the run is changed, and
 * nothing is written where the run is not stored, or by a newer version. Rejects when there is no room.
 */
export async function saveService(
	{ conversation, id, service }: Pick<Run, 'conversation' | 'id' | 'service'>,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const opened = await store;
	const key = keyOf.run(conversation, id);
	await withRoom(opened, () =>
		opened.update([key], ([stored]) => {
			const known = parseRecord(runKind, stored);
			if (!('ok' in known) || service === undefined) return { result: undefined };
			return { put: [[key, checkRecord(runKind, { ...known.ok, service })]], result: undefined };
		})
	);
}

/**
 * Stores an edit of the tree, in one step with the conversation's new leaf: turns that were added, and turns that were
 * taken out again by an undo. Writes nothing where the conversation is deleted or newer.
 */
export async function saveTurns(
	conversation: ConversationRecord,
	added: readonly Turn[],
	removed: readonly Turn[] = [],
	store: Store | Promise<Store> = openStore()
): Promise<Written> {
	const opened = await store;
	const key = keyOf.conversation(conversation.id);
	const turns = added.map((turn): Entry => {
		const stored = checkRecord(turnKind, toStoredTurn(turn));
		return [keyOf.turn(turn.conversation, turn.id), stored];
	});
	const remove = removed.map((turn) => keyOf.turn(turn.conversation, turn.id));
	return withRoom(opened, () =>
		opened.update([key], ([stored]) => {
			const parsed = parseRecord(conversationKind, stored);
			if ('newer' in parsed) return { result: 'newer' };
			const there = 'ok' in parsed ? parsed.ok : undefined;
			if (there !== undefined && isDeleted(there)) return { result: 'gone' };
			return {
				put: [[key, checkRecord(conversationKind, conversation)], ...turns],
				remove,
				result: 'saved'
			};
		})
	);
}

/** A stored run; undefined where there is none that this version can read. */
export async function loadRun(
	conversation: string,
	id: string,
	store: Store | Promise<Store> = openStore()
): Promise<Run | undefined> {
	return readRecord(await store, runKind, keyOf.run(conversation, id));
}

/** Whether the end of a run is stored, as when another page has seen it through. */
export async function isEnded(
	{ conversation, id }: Pick<Run, 'conversation' | 'id'>,
	store: Store | Promise<Store> = openStore()
): Promise<boolean> {
	return (await loadRun(conversation, id, store))?.outcome !== undefined;
}

/** Writes a change with the conversation as it is by now, unless it `isGone`. */
async function write(
	store: Store,
	{ conversation, turns, run, piece }: RunChange,
	settings: readonly Entry[],
	parents: readonly string[],
	isGone: (there: ConversationRecord | undefined, parents: unknown[]) => boolean
): Promise<Written> {
	const key = keyOf.conversation(conversation.id);
	const entries: Entry[] = [
		[keyOf.run(run.conversation, run.id), checkRecord(runKind, withFiniteUsage(run))],
		...turns.map((turn): Entry => {
			const stored = checkRecord(turnKind, toStoredTurn(turn));
			return [keyOf.turn(turn.conversation, turn.id), stored];
		})
	];
	const reads = [key, ...parents, ...settings, ...entries].map((one) =>
		typeof one === 'string' ? one : one[0]
	);
	const written = await store.update<Written>(reads, ([stored, ...others]) => {
		const parsed = parseRecord(conversationKind, stored);
		if ('newer' in parsed) return { result: 'newer' };
		const there = 'ok' in parsed ? parsed.ok : undefined;
		if (isGone(there, others.splice(0, parents.length))) return { result: 'gone' };
		const kept = checkRecord(conversationKind, withDeletionOf(conversation, there));
		const known = others.splice(0, settings.length);
		const added = settings.filter((_, i) => known[i] === undefined);
		const put: Entry[] = [[key, kept], ...added, ...withoutNewer(entries, others)];
		if (piece !== undefined) put.push(piece.entry);
		return { put, result: isDeleted(kept) ? 'gone' : 'saved' };
	});
	if (piece !== undefined) await noteStored(store, piece.size);
	return written;
}

function isDeleted({ deletedAt }: ConversationRecord): boolean {
	return deletedAt !== undefined;
}

/** Keys of the turns that these come after and that are not among them. */
function parentsOutside(turns: readonly Turn[]): string[] {
	const inside = new Set(turns.map(({ id }) => id));
	return turns.flatMap(({ conversation, parent }) =>
		parent === undefined || inside.has(parent) ? [] : [keyOf.turn(conversation, parent)]
	);
}
