import { getOwn } from './json.ts';
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
 * Parses JSON text without changing an integer on the way.
 * @throws {JsonError} for text that is not JSON, and for an integer beyond ±(2^53 − 1).
 */
export function parseJson(text: string): Json {
	let value: Json;
	try {
		value = JSON.parse(text) as Json;
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

/** What stands between the strings of a JSON text. Not by one pattern: a string can be an image, too long for that. */
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
	return close + 1;
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

// A number that JavaScript would write otherwise is kept as `{ "$number": "1.0" }`.
const NUMBER_KEY = '$number';
const numberToken = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const maybeInexact =
	/(?:^|[:,[\s])-?(?:\d{16}|\d+\.\d*0(?!\d)|\d+\.\d{15}|\d+(?:\.\d+)?[eE]|0(?![\d.]))/;

/**
 * Parses what a service sent so that nothing of it is lost: a number that JavaScript can't hold or would write
 * otherwise (`9007199254740993`, `1.0`, `1e999`) becomes `{ "$number": "<its text>" }`, and what is nested deeper than
 * 64 becomes its own text. {@link stringifyJson} writes such numbers as they came.
 * @throws {SyntaxError} for text that is not JSON.
 */
export function readJson(text: string): Json {
	const value = JSON.parse(text) as Json;
	if (!maybeInexact.test(text) && countOpeners(text) <= MAX_KEPT_DEPTH) return value;
	return JSON.parse(markInexact(flattenDeep(text))) as Json;
}

/** Writes a value as `JSON.stringify` does, with the numbers that {@link readJson} has kept as text. */
export function stringifyJson(value: Json, indent?: number): string {
	const text = JSON.stringify(value, null, indent);
	if (!text.includes(`"${NUMBER_KEY}"`)) return text;
	// A string can hold such words too, but never with quotes that are not escaped.
	return text.replace(/\{\s*"\$number":\s*"([^"\\]*)"\s*\}/g, (all, token: string) =>
		isInexactToken(token) ? token : all
	);
}

/** A number as JavaScript has it, also of one that was kept as its text; undefined for anything else. */
export function numberOf(value: unknown): number | undefined {
	if (typeof value === 'number') return value;
	const token = getOwn(value, NUMBER_KEY);
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
			String(Number(token)) === token ? token : `{"${NUMBER_KEY}":"${token}"}`
		);
		at = endOfString(text, end);
		marked += text.slice(end, at);
	}
	return marked;
}

function countOpeners(text: string): number {
	let count = 0;
	for (const opener of '{[') {
		for (let at = text.indexOf(opener); at !== -1; at = text.indexOf(opener, at + 1)) {
			if (++count > MAX_KEPT_DEPTH) return count;
		}
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
