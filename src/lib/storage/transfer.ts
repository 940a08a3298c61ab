import { checkRecord } from '../model/record.ts';
import { filesNamedIn } from '../model/file.ts';
import { runKind } from '../model/run-schema.ts';
import type { Run } from '../model/run.ts';
import { conversationKind, sentKind, toStoredTurn, turnKind } from '../model/turn-schema.ts';
import type { ConversationRecord, SentSettings, Turn } from '../model/turn.ts';
import { openStore } from './open-store.ts';
import { loadFile, nameFile, saveFile } from './files.ts';
import type { KeptFile } from './files.ts';
import { keyOf } from './records.ts';
import { withRoom } from './room.ts';
import type { Entry, Store } from './store.ts';

/** What is added of a conversation. */
export interface Addition {
	record: ConversationRecord;
	turns: readonly Turn[];
	runs: readonly Run[];
	sent: readonly SentSettings[];
}

/**
 * Adds a conversation to what is stored, in one step: whatever has the same id as something here is skipped, and so is all of
 * a conversation that is being deleted. Rejects when the browser has no room.
 */
export async function addConversation(
	{ record, turns, runs, sent }: Addition,
	store: Store | Promise<Store> = openStore()
): Promise<{ added: number; skipped: number }> {
	const entries: Entry[] = [
		[keyOf.conversation(record.id), checkRecord(conversationKind, record)],
		...turns.map((turn): Entry => {
			return [keyOf.turn(record.id, turn.id), checkRecord(turnKind, toStoredTurn(turn))];
		}),
		...runs.map((run): Entry => [keyOf.run(record.id, run.id), checkRecord(runKind, run)]),
		...sent.map((one): Entry => [keyOf.sent(record.id, one.id), checkRecord(sentKind, one)])
	];
	const opened = await store;
	return withRoom(opened, () =>
		opened.update(
			entries.map(([key]) => key),
			(stored) => {
				const [there] = stored as [{ deletedAt?: unknown } | undefined];
				const isDeleted = there?.deletedAt !== undefined;
				const put = isDeleted ? [] : entries.filter((_, i) => stored[i] === undefined);
				return { put, result: { added: put.length, skipped: entries.length - put.length } };
			}
		)
	);
}

/**
 * Keeps an attachment that came with a file, unless there is one by its id. What is not the bytes that its id stands for is
 * not kept: it would be sent in the place of another. Gives whether it was added.
 */
export async function addFile(
	file: Pick<KeptFile, 'id' | 'mime' | 'name' | 'bytes'>,
	store: Store | Promise<Store> = openStore()
): Promise<boolean> {
	const isHash = /^[0-9a-f]{64}$/.test(file.id);
	if (isHash && (await nameFile(file.bytes)) !== file.id) return false;
	if ((await loadFile(file.id, store)) !== undefined) return false;
	await saveFile(file, store);
	return true;
}

/** The attachments that turns name, as far as they are here. */
export async function filesOf(
	turns: readonly Turn[],
	store: Store | Promise<Store> = openStore()
): Promise<KeptFile[]> {
	const found = [...filesNamedIn(turns)].map((id) => loadFile(id, store));
	return (await Promise.all(found)).filter((file) => file !== undefined);
}
