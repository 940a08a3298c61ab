import { numberOf } from './json-text.ts';
import { getOwn, isJsonObject, numberKey } from './json.ts';
import type { Json, JsonObject } from './json.ts';

// Of these a later piece repeats or corrects the earlier one; any other text goes on.
const replacedKeys = new Set(['type', 'id', 'name', 'status', 'format', 'role', 'toolUseId']);
// Base64, which is joined by its bytes.
const byteKeys = new Set(['bytes', 'redactedContent']);

/** Lays a piece of a streamed value to what came of it before: texts and lists go on, objects merge. */
export function joinPieces(before: JsonObject, piece: JsonObject): JsonObject {
	return {
		...before,
		...Object.fromEntries(
			Object.entries(piece).map(([key, value]) => [key, joinPiece(key, getOwn(before, key), value)])
		)
	};
}

function joinPiece(key: string, before: unknown, piece: Json): Json {
	// A number takes the place of the one before, also where it was kept as its text.
	if (numberOf(piece) !== undefined || getOwn(piece, numberKey) !== undefined) return piece;
	if (typeof before === 'string' && typeof piece === 'string' && !replacedKeys.has(key)) {
		return byteKeys.has(key) ? joinBase64(before, piece) : before + piece;
	}
	if (Array.isArray(before) && Array.isArray(piece)) return joinLists(before as Json[], piece);
	if (!isJsonObject(before)) return piece;
	if (isJsonObject(piece)) return joinPieces(before, piece);
	// A tool's result begins as an object and goes on as a list of its content.
	return Array.isArray(piece) ? joinPieces(before, { content: piece }) : piece;
}

/** Two texts in a row are one. */
function joinLists(before: Json[], piece: Json[]): Json[] {
	const list = before.slice();
	for (const item of piece) {
		const last = list.at(-1);
		if (isOnlyText(last) && isOnlyText(item)) list[list.length - 1] = joinPieces(last, item);
		else list.push(item);
	}
	return list;
}

function isOnlyText(value: Json | undefined): value is { text: string } {
	return typeof getOwn(value, 'text') === 'string' && Object.keys(value ?? {}).length === 1;
}

/**
 * The base64 text of the bytes of two pieces. A text without an end of its own, as one that was cut anywhere, just goes on,
 * and so does what is not base64.
 */
export function joinBase64(before: string, piece: string): string {
	if (!before.endsWith('=')) return before + piece;
	try {
		return btoa(atob(before) + atob(piece));
	} catch {
		// Not base64: nothing is lost by joining the texts.
		return before + piece;
	}
}

/** Whether a field says nothing: absent, null, an empty text, object or list. */
export function isPlaceholder(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return true;
	return typeof value === 'object' && Object.keys(value).length === 0;
}

/** The fields of `value` beside `known` that say something; undefined where there are none. */
export function restOf(value: unknown, known: ReadonlySet<string>): JsonObject | undefined {
	if (!isJsonObject(value)) return undefined;
	let rest: JsonObject | undefined;
	for (const key in value) {
		if (known.has(key) || !Object.hasOwn(value, key)) continue;
		const field = value[key];
		if (field === undefined || isPlaceholder(field)) continue;
		rest ??= Object.create(null) as JsonObject;
		rest[key] = field;
	}
	return rest && { ...rest };
}
