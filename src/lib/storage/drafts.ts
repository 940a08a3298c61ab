import * as v from 'valibot';
import type { ApiId, Draft } from '../model/draft.ts';
import { apiIdSchema, draftSchema } from '../model/draft-schema.ts';
import { parseWith } from '../model/json-schema.ts';
import { openStore, setAside } from './database.ts';

/** What an API's tab holds. */
export interface DraftRecord {
	v: 1;
	api: ApiId;
	draft: Draft;
	/** What is typed and not yet sent. */
	composer: string;
	/** Runs made from it share this id. */
	conversation: string;
	/** The last run, shown while its answer is not part of the draft. */
	run?: string;
}

const schema = v.object({
	v: v.literal(1),
	api: apiIdSchema,
	draft: draftSchema,
	composer: v.string(),
	conversation: v.string(),
	run: v.exactOptional(v.string())
}) satisfies v.GenericSchema<unknown, DraftRecord>;

/** The draft of an API's tab; undefined where there is none or it cannot be read, and then it is set aside. */
export async function loadDraft(api: ApiId): Promise<DraftRecord | undefined> {
	const store = await openStore('drafts');
	const stored = await store.get(api);
	const record = parseWith(schema, stored);
	if (record?.api === api) return record;
	if (stored !== undefined) await setAside(store, api, stored);
	return undefined;
}

/**
 * Stores the drafts of API tabs in one step, because a page that goes away gets no second one. Takes plain values, not
 * proxies. Rejects when the browser has no room.
 */
export async function saveDrafts(records: readonly DraftRecord[]): Promise<void> {
	await (await openStore('drafts')).setMany(records.map((record) => [record.api, record] as const));
}
