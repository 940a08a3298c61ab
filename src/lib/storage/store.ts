/** A record and its key. */
export type Entry = readonly [key: string, value: unknown];

/** What one step writes: first the removals, then what is put. */
export interface Change<T> {
	put?: readonly Entry[];
	remove?: readonly string[];
	/** Every key that begins with one of these. */
	removeAll?: readonly string[];
	/** What `update` resolves to once all of it is written. */
	result: T;
}

/** Records by string keys. What comes out is unchecked. A write that the browser refuses (full) rejects. */
export interface Store {
	get(key: string): Promise<unknown>;
	/** Whether there is a record, without reading it. */
	has(key: string): Promise<boolean>;
	/** All of them or none, without a read before: the only way to write on `pagehide`. */
	setMany(entries: readonly Entry[]): Promise<void>;
	/**
	 * Reads records and writes what `change` makes of them, in one transaction: nobody writes in between. All or none.
	 * `change` gets the values in the order of `keys`, undefined where there is none.
	 */
	update<T>(keys: readonly string[], change: (stored: unknown[]) => Change<T>): Promise<T>;
	/** Keys that begin with `prefix`, in order. */
	keys(prefix: string): Promise<string[]>;
	/** Records whose keys begin with `prefix`, in order of their keys; at most `count`, those after key `after`. */
	range(prefix: string, page?: { after?: string | undefined; count?: number }): Promise<Entry[]>;
	clear(): Promise<void>;
}

/** The first string after all that begin with `prefix`, but for those with U+FFFF, which no key has. */
export function endOf(prefix: string): string {
	return `${prefix}\uffff`;
}
