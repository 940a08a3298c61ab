import * as v from 'valibot';
import { getOwn, isJsonObject } from './json.ts';
import type { JsonObject } from './json.ts';
import { toJson } from './json-schema.ts';
import { storable } from './storable.ts';

/** One kind of stored record: its version, its shape, and how each older version becomes the next. */
export interface RecordKind<T> {
	/** For messages of errors. */
	name: string;
	/** What `v` of a record says. */
	version: number;
	schema: v.GenericSchema<unknown, T>;
	/** By the version that it takes: makes a record of the version after it, `v` included. */
	migrations: Readonly<Record<number, (old: JsonObject) => unknown>>;
}

/** What a stored value is. A newer version's record is left alone; a broken one is set aside. */
export type Parsed<T> = { ok: T } | { newer: number } | { broken: true };

/** The one parser of stored records: the version first, then the steps up to today's version, then the shape. */
export function parseRecord<T>(kind: RecordKind<T>, value: unknown): Parsed<T> {
	// Before anything else, because only a newer page knows what else a newer record may hold.
	const newer = newerVersion(kind, value);
	if (newer !== undefined) return { newer };
	const json = migrate(kind, toJson(value));
	const result = v.safeParse(kind.schema, json, { abortEarly: true });
	return result.success ? { ok: result.output } : { broken: true };
}

/** The version of a stored value that a newer page has written; undefined for any other. */
export function newerVersion(kind: { version: number }, value: unknown): number | undefined {
	const version = getOwn(value, 'v');
	return typeof version === 'number' && version > kind.version ? version : undefined;
}

/**
 * The copy of a record that is stored: what is too deep or not finite has become text, and its own parser has read it.
 * @throws {Error} for a record that could not be read again, which is a mistake of ours.
 */
export function checkRecord<T>(kind: RecordKind<T>, record: T): T {
	const result = v.safeParse(kind.schema, storable(record), { abortEarly: true });
	if (result.success) return result.output;
	throw new Error(`A ${kind.name} record could not be read again, so it was not stored.`);
}

function migrate<T>(kind: RecordKind<T>, value: unknown): unknown {
	let json = value;
	while (isJsonObject(json) && json['v'] !== kind.version) {
		const from = json['v'];
		const step = typeof from === 'number' ? kind.migrations[from] : undefined;
		if (step === undefined) return undefined;
		const next = step(json);
		// A step that does not count up would go on for ever.
		if (typeof from !== 'number' || getOwn(next, 'v') !== from + 1) return undefined;
		json = toJson(next);
	}
	return json;
}
