import { presetKind } from '../model/preset.ts';
import type { PresetRecord } from '../model/preset.ts';
import { checkRecord } from '../model/record.ts';
import { openStore } from './open-store.ts';
import { keyOf, readRecords, withoutNewer } from './records.ts';
import { withRoom } from './room.ts';
import type { Store } from './store.ts';

const prefix = keyOf.preset('');

/** The stored presets by their names. What is newer than this version is left alone and not among them. */
export async function listPresets(
	store: Store | Promise<Store> = openStore()
): Promise<PresetRecord[]> {
	const { records } = await readRecords(await store, presetKind, prefix);
	return records.sort((a, b) => a.name.localeCompare(b.name));
}

/** Stores a preset, in place of the one that has its id. Takes a plain value. Rejects where there is no room. */
export async function savePreset(
	preset: PresetRecord,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	const key = keyOf.preset(preset.id);
	const entry = [key, checkRecord(presetKind, preset)] as const;
	const opened = await store;
	await withRoom(opened, () =>
		opened.update([key], (stored) => ({ put: withoutNewer([entry], stored), result: undefined }))
	);
}

/** Deletes a preset. */
export async function deletePreset(
	id: string,
	store: Store | Promise<Store> = openStore()
): Promise<void> {
	await (await store).update([], () => ({ remove: [keyOf.preset(id)], result: undefined }));
}
