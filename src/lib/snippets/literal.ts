import type { Json } from '../model/json.ts';

const WIDTH = 88;

// Beyond it a literal is no easier to read than JSON, and Python's parser gives up at a hundred or two.
const MAX_DEPTH = 40;

/** How a language writes JSON values. */
export interface Dialect {
	/** One level. */
	indent: string;
	/** An object on one line stands between these. */
	braces: readonly [open: string, close: string];
	constants: { null: string; true: string; false: string };
	/** A key, without its colon. */
	key(key: string): string;
	/** A string; `path` is the keys that lead to it, joined by `/`, without places in lists. */
	text(text: string, path: string): string;
}

/** A value on one line, and what is in it. */
interface Laid {
	flat: string;
	brackets?: readonly [open: string, close: string];
	items: readonly { prefix: string; value: Laid }[];
}

/** A value after `prefix`, at `indent`: on one line where it fits into 88 columns, else an item a line. */
export function writeLiteral(
	value: Json,
	dialect: Dialect,
	{ indent = '', prefix = '', path = '' }
): string {
	return prefix + breakLines(lay(value, dialect, path), dialect, indent, prefix.length);
}

/** Whether `value` is nested too deeply to be written as a literal. */
export function isTooDeep(value: Json, room: number = MAX_DEPTH): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return room === 0 || Object.values(value).some((item) => isTooDeep(item, room - 1));
}

/**
 * A string between double quotes, as JavaScript and Python both read it. Escaped are, beyond what JSON escapes,
 * characters that a reader cannot see or that turn the direction of the text around them.
 */
export function quoteDouble(text: string): string {
	return JSON.stringify(text).replace(hidden, escapeUnit);
}

const hidden = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** `text` with every hidden character as `\uXXXX`. */
export function escapeHidden(text: string): string {
	return text.replace(hidden, escapeUnit);
}

function escapeUnit(unit: string): string {
	return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function lay(value: Json, dialect: Dialect, path: string): Laid {
	if (typeof value === 'string') return { flat: dialect.text(value, path), items: [] };
	if (typeof value === 'number') return { flat: JSON.stringify(value), items: [] };
	if (value === null || typeof value === 'boolean') {
		return { flat: dialect.constants[`${value}`], items: [] };
	}
	if (Array.isArray(value)) {
		const items = value.map((item) => ({ prefix: '', value: lay(item, dialect, path) }));
		return join(['[', ']'], items, ['[', ']']);
	}
	const items = Object.entries(value).map(([key, item]) => ({
		prefix: `${dialect.key(key)}: `,
		value: lay(item, dialect, path === '' ? key : `${path}/${key}`)
	}));
	return join(dialect.braces, items, ['{', '}']);
}

function join(
	[open, close]: Dialect['braces'],
	items: Laid['items'],
	brackets: readonly [open: string, close: string]
): Laid {
	if (items.length === 0) return { flat: brackets.join(''), items };
	const flat = items.map(({ prefix, value }) => prefix + value.flat).join(', ');
	return { flat: open + flat + close, brackets, items };
}

function breakLines(laid: Laid, dialect: Dialect, indent: string, used: number): string {
	const { flat, brackets, items } = laid;
	// One column is for the comma after it.
	if (brackets === undefined || indent.length + used + flat.length < WIDTH) return flat;
	const inner = indent + dialect.indent;
	const lines = items.map(
		({ prefix, value }) => `${inner}${prefix}${breakLines(value, dialect, inner, prefix.length)},\n`
	);
	return `${brackets[0]}\n${lines.join('')}${indent}${brackets[1]}`;
}
