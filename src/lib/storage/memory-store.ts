import type { Change, Entry, Store } from './store.ts';

/** A store that lives as long as the page. It copies what goes in and out, as IndexedDB does. */
export function newMemoryStore(): Store {
	const records = new Map<string, unknown>();
	const keysOf = (prefix: string) => [...records.keys()].filter((key) => key.startsWith(prefix));
	const write = <T>({ put = [], remove = [], removeAll = [] }: Change<T>) => {
		const copies = structuredClone(put);
		for (const key of [...remove, ...removeAll.flatMap(keysOf)]) records.delete(key);
		for (const [key, value] of copies) records.set(key, value);
	};
	return {
		get: async (key) => structuredClone(records.get(key)),
		has: async (key) => records.has(key),
		setMany: async (put) => write({ put, result: undefined }),
		update: async (keys, change) => {
			const made = change(keys.map((key) => structuredClone(records.get(key))));
			write(made);
			return made.result;
		},
		keys: async (prefix) => keysOf(prefix).sort(),
		range: async (prefix, { after = '', count = Infinity } = {}) => {
			const keys = keysOf(prefix).filter((key) => key > after);
			const page = keys.sort().slice(0, count);
			return page.map((key): Entry => [key, structuredClone(records.get(key))]);
		},
		clear: async () => records.clear()
	};
}
