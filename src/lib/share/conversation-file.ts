import * as v from 'valibot';
import { base64Bytes, fromBase64, toBase64 } from '../model/base64.ts';
import { jsonSchema } from '../model/json-schema.ts';
import type { Json } from '../model/json.ts';
import { parseRecord } from '../model/record.ts';
import type { RecordKind } from '../model/record.ts';
import { isAtWork } from '../model/response-state.ts';
import { runKind } from '../model/run-schema.ts';
import type { Run } from '../model/run.ts';
import { conversationKind, resolveTurns, sentKind, turnKind } from '../model/turn-schema.ts';
import type { ConversationRecord, SentSettings, Turn } from '../model/turn.ts';
import { holdsSecret } from './secret-scan.ts';

/** The longest file that is read, in bytes. */
export const longestFile = 256 * 1024 * 1024;

const format = 'bedrock-playground-conversations';

/** A conversation with all of its branches, what its runs measured, and the settings that were sent. */
export interface SharedConversation {
	record: ConversationRecord;
	turns: Turn[];
	runs: Run[];
	sent: SentSettings[];
}

/** An attachment, by the id that turns name it by. */
export interface SharedFile {
	id: string;
	mime: string;
	name: string;
	bytes: Uint8Array<ArrayBuffer>;
}

/** What a file of conversations holds, and how many of its records could not be read. */
export interface ConversationFile {
	conversations: SharedConversation[];
	files: SharedFile[];
	unreadable: number;
}

/** Why a file is not read. */
export type FileProblem = 'too-large' | 'not-json' | 'not-ours' | 'newer' | 'secret';

/** The text of a file of conversations: never a key, nor anything of one. */
export function writeConversations(
	conversations: readonly SharedConversation[],
	files: readonly SharedFile[],
	now: number
): string {
	return JSON.stringify(
		{
			...{ format, v: 1, exportedAt: now },
			conversations: conversations.map(({ record, turns, runs, sent }) => {
				return { record, turns, runs: runs.map(withoutKey), sent };
			}),
			...(files.length > 0 && {
				files: files.map(({ bytes, ...file }) => ({ ...file, base64: toBase64(bytes) }))
			})
		},
		null,
		1
	);
}

/**
 * Reads such a text, whoever wrote it. A record that is broken, newer, or of another conversation than the one that it
 * stands in is left out and counted.
 */
export function readConversations(
	text: string
): { ok: ConversationFile } | { problem: FileProblem } {
	if (text.length > longestFile) return { problem: 'too-large' };
	if (holdsSecret(text)) return { problem: 'secret' };
	const value = parseJson(text);
	if (value === undefined) return { problem: 'not-json' };
	const head = v.safeParse(headSchema, value);
	if (!head.success) return { problem: 'not-ours' };
	if (head.output.v > 1) return { problem: 'newer' };
	const parsed = v.safeParse(fileSchema, value);
	if (!parsed.success) return { problem: 'not-ours' };
	const found: ConversationFile = { conversations: [], files: [], unreadable: 0 };
	for (const one of parsed.output.conversations) readConversation(one, found);
	for (const file of parsed.output.files ?? []) readFile(file, found);
	return { ok: found };
}

// Keys of stored records are made of ids, with slashes between them.
const idSchema = v.pipe(v.string(), v.regex(/^[\w-]{1,100}$/));
const headSchema = v.object({ format: v.literal(format), v: v.number() });
const listedSchema = v.object({
	record: jsonSchema,
	turns: v.array(jsonSchema),
	runs: v.array(jsonSchema),
	sent: v.array(jsonSchema)
});
const fileSchema = v.object({
	conversations: v.array(listedSchema),
	files: v.exactOptional(
		v.array(v.object({ id: idSchema, mime: v.string(), name: v.string(), base64: v.string() }))
	)
});

function readConversation(
	{ record, turns, runs, sent }: v.InferOutput<typeof listedSchema>,
	found: ConversationFile
): void {
	const parsed = parseRecord(conversationKind, record);
	if (!('ok' in parsed) || !v.is(idSchema, parsed.ok.id)) {
		found.unreadable++;
		return;
	}
	const { deletedAt: _, ...own } = parsed.ok;
	const read = <T extends { id: string; conversation: string }>(
		kind: RecordKind<T>,
		values: readonly Json[]
	): T[] => {
		const records = values.flatMap((value) => {
			const one = parseRecord(kind, value);
			const isOwn = 'ok' in one && one.ok.conversation === own.id && v.is(idSchema, one.ok.id);
			return isOwn ? [one.ok] : [];
		});
		found.unreadable += values.length - records.length;
		return records;
	};
	const resolved = resolveTurns(read(turnKind, turns));
	found.unreadable += resolved.lost;
	const ended = read(runKind, runs).map(withEnd);
	found.conversations.push({
		record: { ...own, ...(own.end === undefined && { end: 'page-closed' }) },
		turns: resolved.turns,
		runs: ended,
		sent: read(sentKind, sent)
	});
}

/**
 * A run as it is imported: without a key, because a file names none that is here, and ended, because opening a file sends
 * nothing: what the service goes on with is followed where it was begun.
 */
function withEnd(run: Run): Run {
	const { service, ...rest } = withoutKey(run);
	return {
		...rest,
		outcome: rest.outcome ?? { end: 'page-closed' },
		...(service !== undefined && !isAtWork(service.state) && { service })
	};
}

function withoutKey({ key: _, identity: __, ...run }: Run): Run {
	return run;
}

function readFile(
	{ base64, ...file }: { id: string; mime: string; name: string; base64: string },
	found: ConversationFile
): void {
	try {
		const bytes = fromBase64(base64);
		if (bytes.length !== base64Bytes(base64)) throw new Error('Not base64');
		found.files.push({ ...file, bytes });
	} catch {
		// Its bytes are none: the messages that name it say that it is missing.
		found.unreadable++;
	}
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}
