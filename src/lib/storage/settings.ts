import * as v from 'valibot';
import type { ApiId } from '../model/draft.ts';
import { apiIdSchema } from '../model/draft-schema.ts';
import { parseWith } from '../model/json-schema.ts';
import { openStore } from './database.ts';

/** How the page is set up; none of it is about a request. */
export interface Settings {
	theme: 'system' | 'light' | 'dark';
	/** Answers as they came, not rendered as Markdown. */
	plain: boolean;
	inspector: 'settings' | 'body' | 'code';
	/** CSS pixels; absent where the tab's own width is right. */
	inspectorWidth?: number | undefined;
	historyOpen: boolean;
	/** The tab that is open. */
	api: ApiId;
	/** The client that code is shown for. */
	client: 'curl' | 'python' | 'javascript';
}

/** What a first visit finds. */
export const defaultSettings: Readonly<Settings> = {
	theme: 'system',
	plain: false,
	inspector: 'settings',
	historyOpen: true,
	api: 'converse',
	client: 'curl'
};

const d = defaultSettings;
const schema = v.object({
	theme: v.fallback(v.picklist(['system', 'light', 'dark']), d.theme),
	plain: v.fallback(v.boolean(), d.plain),
	inspector: v.fallback(v.picklist(['settings', 'body', 'code']), d.inspector),
	inspectorWidth: v.fallback(
		v.optional(v.pipe(v.number(), v.minValue(200), v.maxValue(2000))),
		undefined
	),
	historyOpen: v.fallback(v.boolean(), d.historyOpen),
	api: v.fallback(apiIdSchema, d.api),
	client: v.fallback(v.picklist(['curl', 'python', 'javascript']), d.client)
}) satisfies v.GenericSchema<unknown, Settings>;

const slot = 'settings';

/** The stored settings; each field that is missing or bad has its default. */
export async function loadSettings(): Promise<Settings> {
	const stored = await (await openStore('settings')).get(slot);
	return parseWith(schema, stored) ?? { ...defaultSettings };
}

/** Stores the settings. Takes a plain value, not a proxy. */
export async function saveSettings(settings: Settings): Promise<void> {
	await (await openStore('settings')).set(slot, { v: 1, ...settings });
}
