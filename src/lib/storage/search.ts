import { parseRecord } from '../model/record.ts';
import type { RecordKind } from '../model/record.ts';
import { textsOf } from '../model/turn-text.ts';
import { draftKind, sentKind, turnKind } from '../model/turn-schema.ts';
import type { RequestSettings } from '../model/turn.ts';
import { listConversations } from './conversations.ts';
import { openStore } from './open-store.ts';
import type { Store } from './store.ts';

/** A conversation in which the text was found. */
export interface SearchHit {
	conversation: string;
	/** The first turn that has it; absent where only a draft or a system text has. */
	turn?: string;
	/** The place with some words around it, on one line. */
	snippet: string;
}

/** Records read at a time: answers of 50 kB make a slice of some milliseconds. */
const slice = 50;
/** Characters shown before and after what was found. */
const around = 40;

/**
 * Finds `text`, whatever its case, in all that was ever sent or received: messages with reasoning, tool calls and what has
 * no word, system texts and what is being typed. Reads in slices, so that the page stays responsive in between. Each
 * conversation is told to `onhit` when it is found first. `searched` is the number of messages.
 * @throws {DOMException} `signal.reason` once it is aborted.
 */
export async function searchTexts(
	text: string,
	{ onhit, signal }: { onhit?: (hit: SearchHit) => void; signal?: AbortSignal } = {},
	store: Store | Promise<Store> = openStore()
): Promise<{ conversations: SearchHit[]; searched: number }> {
	const opened = await store;
	const { conversations } = await listConversations(opened);
	const open = new Set(conversations.map(({ id }) => id));
	const hits = new Map<string, SearchHit & { at: number }>();
	let searched = 0;
	const note = (
		conversation: string,
		texts: readonly string[],
		place?: { turn: string; at: number }
	) => {
		const at = place?.at ?? Infinity;
		const before = hits.get(conversation);
		if (!open.has(conversation) || (before !== undefined && before.at <= at)) return;
		const snippet = find(texts, text);
		if (snippet === undefined) return;
		const hit = { conversation, ...(place && { turn: place.turn }), snippet };
		hits.set(conversation, { ...hit, at });
		if (before === undefined) onhit?.(hit);
	};
	for await (const turn of readSlices(opened, turnKind, 'turn/', signal)) {
		if (turn.message === undefined) continue;
		if (open.has(turn.conversation)) searched++;
		note(turn.conversation, textsOf(turn.message), { turn: turn.id, at: turn.at });
	}
	for await (const { conversation, settings } of readSlices(opened, sentKind, 'sent/', signal)) {
		note(conversation, systemOf(settings));
	}
	for await (const draft of readSlices(opened, draftKind, 'draft/', signal)) {
		note(draft.conversation, [draft.composer, ...systemOf(draft.settings)]);
	}
	return { conversations: [...hits.values()].map(({ at: _, ...hit }) => hit), searched };
}

async function* readSlices<T>(
	store: Store,
	kind: RecordKind<T>,
	prefix: string,
	signal: AbortSignal | undefined
): AsyncGenerator<T> {
	let after: string | undefined;
	do {
		signal?.throwIfAborted();
		const entries = await store.range(prefix, { after, count: slice });
		signal?.throwIfAborted();
		for (const [, value] of entries) {
			const parsed = parseRecord(kind, value);
			if ('ok' in parsed) yield parsed.ok;
		}
		after = entries.length < slice ? undefined : entries.at(-1)?.[0];
	} while (after !== undefined);
}

function systemOf({ system }: RequestSettings): string[] {
	return system === undefined ? [] : textsOf(system);
}

/** The first place of `wanted` in the texts; undefined where it is in none. */
function find(texts: readonly string[], wanted: string): string | undefined {
	// A pattern, because lower case can have another length (İ), and then places would be off.
	const pattern = new RegExp(wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
	for (const text of texts) {
		const at = text.search(pattern);
		if (at === -1) continue;
		const from = Math.max(0, at - around);
		const to = at + wanted.length + around;
		const words = text.slice(from, to).toWellFormed().replace(/\s+/g, ' ').trim();
		return `${from > 0 ? '…' : ''}${words}${to < text.length ? '…' : ''}`;
	}
	return undefined;
}
