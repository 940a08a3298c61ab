/** A JSON object whose members are not known yet. */
export interface JsonObject {
	[key: string]: unknown;
}

/** Whether `value` is a JSON object, which a list is not. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `value` where it is an object, else an empty one. */
export function objectOf(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}

/** The objects in `value` where it is a list, else none. */
export function objectsOf(value: unknown): JsonObject[] {
	return Array.isArray(value) ? value.filter(isObject) : [];
}

/** `value` where it is a string, else ''. */
export function stringOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** `value` where it is a number, else undefined. */
export function numberOf(value: unknown): number | undefined {
	return typeof value === 'number' ? value : undefined;
}

/** The strings of `value`, a string or a list of them. */
export function stringsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The value of a JSON text, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}
