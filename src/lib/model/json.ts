/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object: own properties only, `__proto__` and the like are plain data. */
export interface JsonObject {
	[key: string]: Json;
}

/** Whether `value` is an object and neither null nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Own property `key` of `value`, or undefined: never one inherited from a prototype. */
export function getOwn(value: unknown, key: string): unknown {
	return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether two JSON values are equal; the order of keys is not part of a value. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
	if (a === b) return true;
	if (Array.isArray(a) || Array.isArray(b)) {
		if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
		return a.every((item, i) => equalJson(item, b[i]));
	}
	if (!isJsonObject(a) || !isJsonObject(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]));
}

/** `under` with `over` laid on it: objects merge deeply, anything else of `over` replaces. */
export function mergeJson(under: JsonObject, over: JsonObject): JsonObject {
	// fromEntries and spread define own properties, so a key `__proto__` stays data.
	return {
		...under,
		...Object.fromEntries(
			Object.entries(over).map(([key, value]) => {
				const below = getOwn(under, key);
				return [key, hasFields(below) && hasFields(value) ? mergeJson(below, value) : value];
			})
		)
	};
}

/** What of `whole` is not in `part`: the smallest object that, merged under `part`, can make `whole`. */
export function subtractJson(whole: JsonObject, part: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(whole).flatMap(([key, value]): [string, Json][] => {
			if (!Object.hasOwn(part, key)) return [[key, value]];
			const known = part[key];
			if (!hasFields(value) || !hasFields(known)) return [];
			const rest = subtractJson(value, known);
			return Object.keys(rest).length > 0 ? [[key, rest]] : [];
		})
	);
}

/** The key under which a number is kept as its text: `{ "$number": "1.0" }`. */
export const numberKey = '$number';

/** Whether `value` is an object whose fields merge: a number that was kept as its text is one value. */
export function hasFields(value: unknown): value is JsonObject {
	return isJsonObject(value) && !Object.hasOwn(value, numberKey);
}
