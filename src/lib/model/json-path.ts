import { getOwn, isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** The fields that lead to a value, from the outside in. */
export type JsonPath = readonly [string, ...string[]];

/** What stands at a path; undefined where there is nothing. */
export function getAt(value: unknown, path: readonly string[]): Json | undefined {
	return path.reduce<unknown>((inner, key) => getOwn(inner, key), value) as Json | undefined;
}

/**
 * The object with a value at a path; undefined takes the field away, and objects that are empty by that with it. What
 * stands in the way of the path gives way.
 */
export function setAt(
	object: JsonObject,
	[key, ...rest]: JsonPath,
	value: Json | undefined
): JsonObject {
	const [next, ...others] = rest;
	const former = getOwn(object, key);
	const inner =
		next === undefined
			? value
			: setAt(isJsonObject(former) ? former : {}, [next, ...others], value);
	const isGone =
		inner === undefined ||
		(value === undefined && isJsonObject(inner) && Object.keys(inner).length === 0);
	if (!isGone) return { ...object, [key]: inner };
	return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
