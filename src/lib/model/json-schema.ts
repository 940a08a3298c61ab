import * as v from 'valibot';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** Deeper values are refused: whoever walks one recurses. */
export const maxDepth = 100;

/** What takes the place of a number that is not finite, and of a container that is too deep. */
type Substitute = (value: number | object) => Json | undefined;

/**
 * A copy of `value` that is JSON and nothing else: own properties only, each defined as data even if it is named
 * `__proto__`, and half a surrogate pair replaced by U+FFFD. Properties that are undefined are left out.
 * Undefined for what cannot be JSON (a Date, a Map, a loop). So is the whole for a number that is not finite and for what is
 * deeper than {@link maxDepth}, unless a `substitute` is given.
 */
export function toJson(value: unknown, substitute: Substitute = () => undefined): Json | undefined {
	return copyOf(value, maxDepth, substitute);
}

function copyOf(value: unknown, depth: number, substitute: Substitute): Json | undefined {
	if (value === null || typeof value === 'boolean') return value;
	if (typeof value === 'string') return value.toWellFormed();
	if (typeof value === 'number') return Number.isFinite(value) ? value : substitute(value);
	if (!isContainer(value)) return undefined;
	if (depth === 0) return substitute(value);
	return Array.isArray(value)
		? copyOfList(value, depth - 1, substitute)
		: copyOfObject(value, depth - 1, substitute);
}

function copyOfList(
	list: readonly unknown[],
	depth: number,
	substitute: Substitute
): Json[] | undefined {
	const copy: Json[] = [];
	for (const item of list) {
		const json = copyOf(item, depth, substitute);
		if (json === undefined) return undefined;
		copy.push(json);
	}
	return copy;
}

function copyOfObject(
	object: object,
	depth: number,
	substitute: Substitute
): JsonObject | undefined {
	const copy: Record<string, Json> = {};
	for (const key of Object.keys(object)) {
		const item = (object as Record<string, unknown>)[key];
		if (item === undefined) continue;
		const json = copyOf(item, depth, substitute);
		if (json === undefined) return undefined;
		const name = key.toWellFormed();
		if (name === '__proto__') define(copy, name, json);
		else copy[name] = json;
	}
	return copy;
}

/** Sets an own property whose name would otherwise change the prototype. */
function define(object: object, name: string, value: Json): void {
	Object.defineProperty(object, name, {
		...{ value, configurable: true, enumerable: true, writable: true }
	});
}

/** Whether it is a list or a plain object. */
export function isContainer(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	if (Array.isArray(value)) return true;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === null;
}

/**
 * The one parser that everything from outside goes through: first it is made JSON, then the schema looks at its shape
 * and drops what it does not name. Undefined where either fails.
 */
export function parseWith<T>(schema: v.GenericSchema<unknown, T>, value: unknown): T | undefined {
	const result = v.safeParse(schema, toJson(value), { abortEarly: true });
	return result.success ? result.output : undefined;
}

// valibot's records drop the keys `constructor`, `prototype` and `__proto__`, so these pass values on as they are:
// only under `parseWith`, which has seen to it that they are JSON.

/** Any JSON value. */
export const jsonSchema = v.custom<Json>((value) => value !== undefined);

/** A JSON object. */
export const jsonObjectSchema = v.custom<JsonObject>(isJsonObject);

/** An object whose values are all strings. */
export const stringsSchema = v.custom<Record<string, string>>(
	(value) => isJsonObject(value) && Object.values(value).every((item) => typeof item === 'string')
);
