import * as v from 'valibot';
import { apiIdSchema, draftSchema, messageSchema, partSchema } from './draft-schema.ts';
import type { RecordKind } from './record.ts';
import type { WrittenResult } from './tool-calls.ts';
import type {
	ConversationRecord,
	DraftRecord,
	RequestSettings,
	SentSettings,
	Turn
} from './turn.ts';

/** A turn as it is stored: one that is `of` another has no message of its own. */
export type StoredTurn = Omit<Turn, 'message'> & Partial<Pick<Turn, 'message'>>;

const maybeString = v.exactOptional(v.string());
const maybeNumber = v.exactOptional(v.number());

const settingsSchema = v.omit(draftSchema, ['messages', 'chain']) satisfies v.GenericSchema<
	unknown,
	RequestSettings
>;

const turnSchema = v.pipe(
	v.object({
		v: v.literal(2),
		id: v.string(),
		conversation: v.string(),
		parent: maybeString,
		at: v.number(),
		message: v.exactOptional(messageSchema),
		of: maybeString
	}),
	v.check(({ of, message }) => (of === undefined) !== (message === undefined))
) satisfies v.GenericSchema<unknown, StoredTurn>;

const sentSchema = v.object({
	v: v.literal(2),
	id: v.string(),
	conversation: v.string(),
	settings: settingsSchema,
	body: maybeString
}) satisfies v.GenericSchema<unknown, SentSettings>;

const ends = [
	'draft',
	'finished',
	'stopped',
	'page-closed',
	'unfinished',
	'cut-short',
	'bad-frame',
	'stream-error',
	'http-error',
	'error-in-200',
	'not-an-answer',
	'unreachable'
] as const satisfies ConversationRecord['end'][];

const conversationSchema = v.object({
	v: v.literal(2),
	id: v.string(),
	api: apiIdSchema,
	title: v.string(),
	model: v.string(),
	simulated: v.boolean(),
	startedAt: v.number(),
	changedAt: v.number(),
	leaf: maybeString,
	end: v.exactOptional(v.picklist(ends)),
	status: maybeNumber,
	deletedAt: maybeNumber
}) satisfies v.GenericSchema<unknown, ConversationRecord>;

const writtenResultSchema = v.object({
	text: v.string(),
	parts: v.exactOptional(v.array(partSchema)),
	approve: v.exactOptional(v.boolean()),
	asText: v.exactOptional(v.literal(true)),
	isError: v.exactOptional(v.literal(true))
}) satisfies v.GenericSchema<unknown, WrittenResult>;

const draftRecordSchema = v.object({
	v: v.literal(2),
	conversation: v.string(),
	api: apiIdSchema,
	settings: settingsSchema,
	composer: v.string(),
	typed: maybeString,
	parts: v.exactOptional(v.array(partSchema)),
	resend: v.exactOptional(v.boolean()),
	returned: maybeString,
	results: v.exactOptional(v.record(v.string(), writtenResultSchema)),
	savedAt: v.number(),
	writer: v.string()
}) satisfies v.GenericSchema<unknown, DraftRecord>;

/** What a list shows of a conversation. */
export const conversationKind: RecordKind<ConversationRecord> = {
	name: 'conversation',
	version: 2,
	schema: conversationSchema,
	migrations: {}
};

/** One message in its place. */
export const turnKind: RecordKind<StoredTurn> = {
	name: 'turn',
	version: 2,
	schema: turnSchema,
	migrations: {}
};

/** Settings as they were sent. */
export const sentKind: RecordKind<SentSettings> = {
	name: 'sent',
	version: 2,
	schema: sentSchema,
	migrations: {}
};

/** What is being written in a conversation. */
export const draftKind: RecordKind<DraftRecord> = {
	name: 'draft',
	version: 2,
	schema: draftRecordSchema,
	migrations: {}
};

/** The form in which a turn is stored: without the message that another turn has. */
export function toStoredTurn(turn: Turn): StoredTurn {
	if (turn.of === undefined) return turn;
	const { message: _, ...rest } = turn;
	return rest;
}

/**
 * Stored turns with their messages, oldest first. A copy takes its message from the turn that it is of; where that is
 * missing too, the copy has none to show and is left out: `lost` counts these.
 */
export function resolveTurns(stored: readonly StoredTurn[]): { turns: Turn[]; lost: number } {
	const byId = new Map(stored.map((turn) => [turn.id, turn]));
	const turns: Turn[] = [];
	for (const turn of stored) {
		const message = (turn.of === undefined ? turn : byId.get(turn.of))?.message;
		if (message !== undefined) turns.push({ ...turn, message: { ...message, id: turn.id } });
	}
	turns.sort((a, b) => a.at - b.at);
	return { turns, lost: stored.length - turns.length };
}
