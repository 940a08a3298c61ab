import { newId } from '../model/draft.ts';
import { presetOf } from '../model/preset.ts';
import type { PresetRecord } from '../model/preset.ts';
import type { RequestSettings } from '../model/turn.ts';
import { deletePreset, listPresets, savePreset } from '../storage/presets.ts';

/** The presets that a person has saved, and what is done with them. */
export class Presets {
	/** By their names. */
	list: readonly PresetRecord[] = $state.raw([]);
	/** The one that was deleted last, as long as it can be brought back. */
	deleted: PresetRecord | undefined = $state.raw();
	/** Whether the last change could not be stored: it lasts as long as the page. */
	isLost = $state(false);

	async load(): Promise<void> {
		this.list = await listPresets();
	}

	/** Keeps settings under a name; in place of those that have it already. */
	async save(name: string, settings: RequestSettings): Promise<void> {
		const former = this.list.find((preset) => preset.name === name);
		await this.#put({
			...{ v: 1, id: former?.id ?? newId(), name, savedAt: Date.now() },
			settings: presetOf(settings)
		});
	}

	async rename(preset: PresetRecord, name: string): Promise<void> {
		await this.#put({ ...preset, name });
	}

	async delete(preset: PresetRecord): Promise<void> {
		this.list = this.list.filter(({ id }) => id !== preset.id);
		this.deleted = preset;
		await this.#store(() => deletePreset(preset.id));
	}

	async bringBack(): Promise<void> {
		const { deleted } = this;
		this.deleted = undefined;
		if (deleted !== undefined) await this.#put(deleted);
	}

	async #put(preset: PresetRecord): Promise<void> {
		const others = this.list.filter(({ id }) => id !== preset.id);
		this.list = [...others, preset].sort((a, b) => a.name.localeCompare(b.name));
		await this.#store(() => savePreset(preset));
	}

	async #store(write: () => Promise<void>): Promise<void> {
		try {
			await write();
			this.isLost = false;
		} catch {
			// No room, or no storage at all: the list is as it was asked to be until the page is closed.
			this.isLost = true;
		}
	}
}
