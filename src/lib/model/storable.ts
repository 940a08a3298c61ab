import type { Json } from './json.ts';
import { isContainer, toJson } from './json-schema.ts';

/**
 * A copy of `value` that is JSON, as `toJson` makes it, but for what a service can send all the same and what may not cost the
 * record around it: what lies too deep is kept as its JSON text, and a number that is not finite as `1e999`, `-1e999` or
 * `NaN`. Undefined for what is no JSON at all (a Date, bytes).
 */
export function storable(value: unknown): Json | undefined {
	return toJson(value, (odd) => (typeof odd === 'number' ? numberText(odd) : jsonText(odd)));
}

/**
 * JSON text of a value however deep it is, without spaces: `JSON.stringify` overflows the stack some thousand levels down.
 * A number that is not finite is written as {@link storable} keeps it. The value must not contain itself.
 */
export function jsonText(value: unknown): string {
	const texts: string[] = [];
	// What is still to be written, last first: a value, or text that stands between values.
	const rest: ({ value: unknown } | { text: string })[] = [{ value }];
	for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
		if ('text' in next) texts.push(next.text);
		else if (!isContainer(next.value)) texts.push(scalarText(next.value));
		else for (const piece of piecesOf(next.value).reverse()) rest.push(piece);
	}
	return texts.join('');
}

function piecesOf(container: object): ({ value: unknown } | { text: string })[] {
	const isList = Array.isArray(container);
	const pieces: ({ value: unknown } | { text: string })[] = [{ text: isList ? '[' : '{' }];
	for (const [key, value] of Object.entries(container)) {
		if (pieces.length > 1) pieces.push({ text: ',' });
		if (!isList) pieces.push({ text: `${JSON.stringify(key)}:` });
		pieces.push({ value });
	}
	pieces.push({ text: isList ? ']' : '}' });
	return pieces;
}

function scalarText(value: unknown): string {
	if (typeof value === 'number' && !Number.isFinite(value)) return numberText(value);
	return JSON.stringify(value as Json | undefined) ?? 'null';
}

function numberText(value: number): string {
	if (Number.isNaN(value)) return 'NaN';
	return value > 0 ? '1e999' : '-1e999';
}
