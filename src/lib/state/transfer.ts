import { readConversations, writeConversations } from '../share/conversation-file.ts';
import type { FileProblem } from '../share/conversation-file.ts';
import { holdsSecret } from '../share/secret-scan.ts';
import { openConversation } from '../storage/conversations.ts';
import { addConversation, addFile, filesOf } from '../storage/transfer.ts';
import type { Library } from './library.svelte.ts';

/** A stored conversation as a file, and what is to be said before it is handed over. */
export interface Exported {
	text: string;
	holdsSecret: boolean;
	messages: number;
	branches: number;
	/** Bytes of its attachments, whether or not they are in the text. */
	fileBytes: number;
}

/** A conversation with all of its branches as the text of a file; undefined where nothing of it is stored. */
export async function exportConversation(
	id: string,
	{ withFiles = false } = {}
): Promise<Exported | undefined> {
	const stored = await openConversation(id);
	if (stored === undefined) return undefined;
	const { record, turns, runs, sent } = stored;
	const files = await filesOf(turns);
	const text = writeConversations(
		[{ record, turns, runs, sent }],
		withFiles ? files : [],
		Date.now()
	);
	const parents = new Set(turns.map(({ parent }) => parent));
	return {
		...{ text, holdsSecret: holdsSecret(text), messages: turns.length },
		branches: turns.filter((turn) => !parents.has(turn.id)).length,
		fileBytes: files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
	};
}

/** What an import has come to. */
export type Imported =
	| { added: number; skipped: number; unreadable: number; opens: string | undefined }
	| { problem: FileProblem | 'full' };

/** Adds the conversations of a file to those that are here; nothing that is here is changed, and nothing is sent. */
export async function importConversations(text: string, library: Library): Promise<Imported> {
	const read = readConversations(text);
	if ('problem' in read) return read;
	const { conversations, files, unreadable } = read.ok;
	let [added, skipped] = [0, 0];
	try {
		for (const one of conversations) {
			const done = await addConversation(one);
			added += done.added;
			skipped += done.skipped;
		}
		for (const file of files) {
			if (await addFile(file)) added++;
			else skipped++;
		}
	} catch {
		// The browser has no room; what was added before stays.
		return { problem: 'full' };
	} finally {
		await library.load(Date.now());
	}
	return { added, skipped, unreadable, opens: conversations[0]?.record.id };
}
