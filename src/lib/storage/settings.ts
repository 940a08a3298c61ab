import * as v from 'valibot';
import type { ApiId } from '../model/draft.ts';
import { apiIdSchema } from '../model/draft-schema.ts';
import { parseWith } from '../model/json-schema.ts';
import { newerVersion } from '../model/record.ts';
import { openStore } from './database.ts';
import { keyOf } from './records.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

/** How the page is set up; none of it is about a request. */
export interface Settings {
	theme: 'system' | 'light' | 'dark';
	/** Answers as they came, not rendered as Markdown. */
	plain: boolean;
	/** Id of the inspector's tab. */
	inspector: string;
	inspectorOpen: boolean;
	/** CSS pixels; absent where the tab's own width is right. */
	inspectorWidth?: number | undefined;
	historyOpen: boolean;
	/** The tab that is open. */
	api: ApiId;
	/** Id of the conversation that each tab shows. */
	open: Partial<Record<ApiId, string>>;
	/** Id of the language that the page speaks. */
	language: string;
	/** Id of the client that code is shown for. */
	client: string;
	/** Whether long lines of code and bodies wrap. */
	wrap: boolean;
}

/** What a first visit finds. */
export const defaultSettings: Readonly<Settings> = {
	theme: 'system',
	plain: false,
	inspector: 'settings',
	inspectorOpen: true,
	historyOpen: true,
	api: 'converse',
	open: {},
	language: 'en',
	client: 'curl',
	wrap: false
};

const maybeId = v.exactOptional(v.string());
const openSchema = v.object({
	converse: maybeId,
	'chat-completions': maybeId,
	responses: maybeId
} satisfies Record<ApiId, unknown>);

const d = defaultSettings;
const schema = v.object({
	theme: v.fallback(v.picklist(['system', 'light', 'dark']), d.theme),
	plain: v.fallback(v.boolean(), d.plain),
	inspector: v.fallback(v.string(), d.inspector),
	inspectorOpen: v.fallback(v.boolean(), d.inspectorOpen),
	inspectorWidth: v.fallback(
		v.optional(v.pipe(v.number(), v.minValue(200), v.maxValue(2000))),
		undefined
	),
	historyOpen: v.fallback(v.boolean(), d.historyOpen),
	api: v.fallback(apiIdSchema, d.api),
	open: v.fallback(openSchema, {}),
	language: v.fallback(v.string(), d.language),
	client: v.fallback(v.string(), d.client),
	wrap: v.fallback(v.boolean(), d.wrap)
}) satisfies v.GenericSchema<unknown, Settings>;

const slot = keyOf.setting('page');
const version = 2;

/** The stored settings; each field that is missing or bad has its default. Those of a newer version are not read. */
export async function loadSettings(store: Store | Promise<Store> = openStore()): Promise<Settings> {
	const stored = await (await store).get(slot);
	const isNewer = newerVersion({ version }, stored) !== undefined;
	return (isNewer ? undefined : parseWith(schema, stored)) ?? { ...defaultSettings };
}

/** Stores the settings, unless those of a newer version are there. Takes a plain value, not a proxy. */
export async function saveSettings(
	settings: Settings,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const opened = await store;
	await withRoom(opened, () =>
		opened.update([slot], ([stored]) => {
			const isNewer = newerVersion({ version }, stored) !== undefined;
			return { put: isNewer ? [] : [[slot, { v: version, ...settings }]], result: undefined };
		})
	);
}
