import * as v from 'valibot';
import { apiIds } from '../model/draft.ts';
import { apiIdSchema } from '../model/draft-schema.ts';
import { parseWith } from '../model/json-schema.ts';
import { newerVersion } from '../model/record.ts';
import { defaultSettings } from '../model/settings.ts';
import type { Settings } from '../model/settings.ts';
import { openStore } from './open-store.ts';
import { keyOf } from './records.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

const maybeId = v.exactOptional(v.string());
const openSchema = v.object(v.entriesFromList(apiIds, maybeId));

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
