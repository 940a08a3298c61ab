type Listener = (name: string, words: object) => void;

const loaded = new Map<string, object>();
let onload: Listener | undefined;

/**
 * Makes English words a section under the name that `en.ts` exports it by. Another language is laid over the same object
 * in its place, because whoever has a section in hand keeps it.
 */
/* @__NO_SIDE_EFFECTS__ */
export function section<T extends object>(name: string, words: T): T {
	loaded.set(name, words);
	onload?.(name, words);
	return words;
}

/** Calls `listener`, and no other from now on, with each section that is loaded and each that will be. */
export function watchSections(listener: Listener): void {
	onload = listener;
	for (const [name, words] of loaded) listener(name, words);
}
