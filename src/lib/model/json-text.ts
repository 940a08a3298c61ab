import { getOwn, numberKey } from './json.ts';
import type { Json } from './json.ts';

/** What is wrong with a JSON text: not JSON, or an integer that JavaScript cannot hold exactly. */
export class JsonError extends Error {
	constructor(
		readonly code: 'not-json' | 'unsafe-integer',
		readonly value: string
	) {
		super(`${code}: ${value}`);
	}
}

/**
 * Parses JSON text that a person wrote, without changing an integer on the way. A key `$number` becomes `$$number`, as
 * {@link readJson} says; {@link stringifyJson} writes it as it was.
 * @throws {JsonError} for text that is not JSON, and for an integer beyond ±(2^53 − 1).
 */
export function parseJson(text: string): Json {
	let value: Json;
	try {
		value = JSON.parse(escapeKeys(text)) as Json;
	} catch (error) {
		throw new JsonError('not-json', error instanceof Error ? error.message : '');
	}
	for (const piece of betweenStrings(text)) {
		for (const [token] of piece.matchAll(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g)) {
			if (!isExact(token)) throw new JsonError('unsafe-integer', token);
		}
	}
	return value;
}

/** What stands between the strings of a text, which must be JSON. Not by one pattern: a string can be an image, too long for that. */
function* betweenStrings(text: string): Generator<string> {
	for (let start = 0; ;) {
		const open = text.indexOf('"', start);
		if (open === -1) return yield text.slice(start);
		yield text.slice(start, open);
		start = endOfString(text, open);
	}
}

/** Where the string that begins at `open` has ended. */
function endOfString(text: string, open: number): number {
	if (open >= text.length) return open;
	let close = text.indexOf('"', open + 1);
	while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
	// Not JSON after all: the rest is taken for the string.
	return close === -1 ? text.length : close + 1;
}

function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text[at - 1 - slashes] === '\\') slashes++;
	return slashes % 2 === 1;
}

/** Whether a number survives: 1e30 is written again as 1e+30, but 1e400 has become Infinity. */
function isExact(token: string): boolean {
	const number = Number(token);
	if (/[eE]/.test(token)) return Number.isFinite(number);
	return Number.isSafeInteger(number) || !Number.isInteger(number);
}

/** Values nested deeper than this are kept as their text: whoever walks a value recurses. */
const MAX_KEPT_DEPTH = 64;

// A number that JavaScript would write otherwise is kept as `{ "$number": "1.0" }`. A key that a service or a person
// called so gets one `$` more while it is kept, so that the two are never taken for each other.
const ownKey = /"((?:\$|\\u0024)+number"\s*:)/g;
const escapedKey = /"\$(\$+number"\s*:)/g;
const numberToken = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
// 16 digits and more, a 0 at the end of a fraction, what JavaScript writes as 1e-7, an exponent, and -0.
const maybeInexact =
	/(?:^|[:,[\s])-?(?:[\d.]{16}|\d+\.\d*0(?!\d)|0\.0{6}|\d+(?:\.\d+)?[eE]|(?<=-)0(?![\d.]))/;

/**
 * Parses what a service sent so that nothing of it is lost: a number that JavaScript can't hold or would write
 * otherwise (`9007199254740993`, `1.0`, `1e999`) becomes `{ "$number": "<its text>" }`, and what is nested deeper than
 * 64 becomes its own text. {@link stringifyJson} writes such numbers as they came.
 * @throws {SyntaxError} for text that is not JSON.
 */
export function readJson(text: string): Json {
	// Most texts have few brackets, and of the others most have them in a string.
	const isFlat = countOpeners(text) <= MAX_KEPT_DEPTH || depthOf(text) <= MAX_KEPT_DEPTH;
	if (isFlat && !maybeInexact.test(text)) return JSON.parse(escapeKeys(text)) as Json;
	// So that what is not JSON is told by its own text.
	JSON.parse(text);
	return readDeepJson(isFlat ? text : flattenDeep(text));
}

/**
 * As {@link readJson}, but what is nested deep stays as it is: for a value that is written again and not walked through.
 * @throws {SyntaxError} for text that is not JSON.
 */
export function readDeepJson(text: string): Json {
	const escaped = escapeKeys(text);
	const value = JSON.parse(escaped) as Json;
	return maybeInexact.test(escaped) ? (JSON.parse(markInexact(escaped)) as Json) : value;
}

/** Whether `JSON.parse` keeps every number of a JSON text as it is written there. The text must be JSON. */
export function hasExactNumbers(text: string): boolean {
	if (!maybeInexact.test(text)) return true;
	for (const piece of betweenStrings(text)) {
		for (const [token] of piece.matchAll(numberToken)) {
			if (String(Number(token)) !== token) return false;
		}
	}
	return true;
}

/** How many containers stand one in another in a JSON text. */
export function depthOf(text: string): number {
	let deepest = 0;
	let depth = 0;
	for (const piece of betweenStrings(text)) {
		for (const character of piece) {
			if (character === '{' || character === '[') deepest = Math.max(deepest, ++depth);
			else if (character === '}' || character === ']') depth--;
		}
	}
	return deepest;
}

/** Writes a value as `JSON.stringify` does, with the numbers and keys that {@link readJson} has kept as they came. */
export function stringifyJson(value: Json, indent?: number): string {
	const text = JSON.stringify(value, null, indent);
	if (!text.includes('$number"')) return text;
	// A string can hold such words too, but never with quotes that are not escaped.
	return text
		.replace(/\{\s*"\$number":\s*"([^"\\]*)"\s*\}/g, (all, token: string) =>
			isInexactToken(token) ? token : all
		)
		.replace(escapedKey, '"$1');
}

/** The text of a JSON value with one `$` more before each key `$number`. In a string such quotes would be escaped. */
function escapeKeys(text: string): string {
	// With what may stand before it: each frame of Responses has a `sequence_number`.
	const mayHave = text.includes('$number"') || text.includes('\\u0024number"');
	return mayHave ? text.replace(ownKey, '"$$$1') : text;
}

/** A number as JavaScript has it, also of one that was kept as its text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	const token = getOwn(value, numberKey);
	const number = typeof token === 'string' && isInexactToken(token) ? Number(token) : undefined;
	return Number.isFinite(number) ? number : undefined;
}

function isInexactToken(token: string): boolean {
	return (
		/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(token) && String(Number(token)) !== token
	);
}

function markInexact(text: string): string {
	let marked = '';
	let at = 0;
	for (const piece of betweenStrings(text)) {
		const end = at + piece.length;
		marked += piece.replace(numberToken, (token) =>
			String(Number(token)) === token ? token : `{"${numberKey}":"${token}"}`
		);
		at = endOfString(text, end);
		marked += text.slice(end, at);
	}
	return marked;
}

function countOpeners(text: string): number {
	let count = 0;
	for (let at = text.indexOf('{'); at !== -1; at = text.indexOf('{', at + 1)) {
		if (++count > MAX_KEPT_DEPTH) return count;
	}
	for (let at = text.indexOf('['); at !== -1; at = text.indexOf('[', at + 1)) {
		if (++count > MAX_KEPT_DEPTH) return count;
	}
	return count;
}

/** The text with each value that is nested too deep replaced by a string of its text. */
function flattenDeep(text: string): string {
	let flat = '';
	let from = 0;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const character = text[at];
		if (character === '"') {
			at = endOfString(text, at) - 1;
		} else if (character === '{' || character === '[') {
			if (++depth === MAX_KEPT_DEPTH + 1) {
				flat += text.slice(from, at);
				from = at;
			}
		} else if ((character === '}' || character === ']') && depth-- === MAX_KEPT_DEPTH + 1) {
			flat += JSON.stringify(text.slice(from, at + 1));
			from = at + 1;
		}
	}
	return flat + text.slice(from);
}
