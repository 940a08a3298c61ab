import type { JsonObject } from './json.ts';
import { isObject } from './json.ts';

/** What a JSON value of a request has to be. `any` is any JSON value, `bytes` is base64 text. */
export type Shape =
	| { kind: 'any' | 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'bytes' }
	| { kind: 'choice'; choices: readonly string[] }
	| { kind: 'list' | 'map'; of: Shape }
	| { kind: 'structure'; fields: Fields; required: readonly string[]; open: boolean }
	| { kind: 'union'; name: string; fields: Fields }
	| { kind: 'text-or'; other: Shape }
	| { kind: 'tagged'; tag: string; fields: Fields; usual: string | undefined };

type Fields = Readonly<Record<string, Shape>>;

/** Where a request is not as its shape says, and how. */
export interface Mismatch {
	/** The members that lead to the value, and places in lists. */
	path: readonly (string | number)[];
	problem:
		| { kind: 'type'; expected: Shape['kind']; got: unknown }
		| { kind: 'choice'; choices: readonly string[]; got: string }
		| { kind: 'unknown' | 'missing'; field: string }
		/** A union that has no member, or several. */
		| { kind: 'none' | 'several'; union: string; members: readonly string[] };
}

export const any: Shape = { kind: 'any' };
export const text: Shape = { kind: 'string' };
export const decimal: Shape = { kind: 'number' };
export const integer: Shape = { kind: 'integer' };
export const flag: Shape = { kind: 'boolean' };
/** Any JSON object. */
export const object: Shape = { kind: 'object' };
export const bytes: Shape = { kind: 'bytes' };

/** One of some texts. */
export const choice = (...choices: string[]): Shape => ({ kind: 'choice', choices });

/** A list of values of one shape. */
export const list = (of: Shape): Shape => ({ kind: 'list', of });

/** An object with any names and values of one shape. */
export const map = (of: Shape): Shape => ({ kind: 'map', of });

/** An object with these members and no others. */
export const structure = (fields: Fields, ...required: string[]): Shape => ({
	kind: 'structure',
	fields,
	required,
	open: false
});

/** An object with at least the required ones of these members; what else it has is ignored. */
export const openStructure = (fields: Fields, ...required: string[]): Shape => ({
	kind: 'structure',
	fields,
	required,
	open: true
});

/** An object with exactly one of these members; the name is the service's, for its errors. */
export const union = (name: string, fields: Fields): Shape => ({ kind: 'union', name, fields });

/** A text, or a value of another shape. */
export const textOr = (other: Shape): Shape => ({ kind: 'text-or', other });

/** An object whose member `tag` says which shape it is of; without it, it is the `usual` one, if there is one. */
export const tagged = (tag: string, fields: Fields, usual?: string): Shape => ({
	kind: 'tagged',
	tag,
	fields,
	usual
});

/** The first place where a value is not of its shape, or undefined. A null counts as absent. */
export function findMismatch(
	value: unknown,
	shape: Shape,
	path: Mismatch['path'] = []
): Mismatch | undefined {
	const wrong = (): Mismatch => ({
		path,
		problem: { kind: 'type', expected: shape.kind, got: value }
	});
	switch (shape.kind) {
		case 'any':
			return undefined;
		case 'string':
		case 'bytes':
			return typeof value === 'string' ? undefined : wrong();
		case 'boolean':
		case 'number':
			return typeof value === shape.kind ? undefined : wrong();
		case 'integer':
			return Number.isInteger(value) ? undefined : wrong();
		case 'object':
			return isObject(value) ? undefined : wrong();
		case 'choice':
			if (typeof value !== 'string') return wrong();
			return shape.choices.includes(value)
				? undefined
				: { path, problem: { kind: 'choice', choices: shape.choices, got: value } };
		case 'list':
			if (!Array.isArray(value)) return wrong();
			return first([...value.entries()], ([at, entry]) =>
				findMismatch(entry, shape.of, [...path, at])
			);
		case 'map':
			if (!isObject(value)) return wrong();
			return first(Object.entries(value), ([name, entry]) =>
				findMismatch(entry, shape.of, [...path, name])
			);
		case 'structure':
		case 'union':
			return isObject(value) ? findInFields(value, shape, path) : wrong();
		case 'text-or':
			return typeof value === 'string' ? undefined : findMismatch(value, shape.other, path);
		case 'tagged':
			return isObject(value) ? findInTagged(value, shape, path) : wrong();
	}
}

function findInTagged(
	value: JsonObject,
	{ tag, fields, usual }: Extract<Shape, { kind: 'tagged' }>,
	path: Mismatch['path']
): Mismatch | undefined {
	const name = value[tag] ?? usual;
	if (name === undefined) return { path, problem: { kind: 'missing', field: tag } };
	const mismatch = findMismatch(name, choice(...Object.keys(fields)), [...path, tag]);
	if (mismatch !== undefined) return mismatch;
	const shape = fields[String(name)];
	return shape && findMismatch(value, shape, path);
}

function findInFields(
	value: object,
	shape: Extract<Shape, { kind: 'structure' | 'union' }>,
	path: Mismatch['path']
): Mismatch | undefined {
	const given = Object.entries(value).filter(([, member]) => member !== null);
	const members = Object.keys(shape.fields);
	const open = shape.kind === 'structure' && shape.open;
	const unknown = open ? undefined : given.find(([name]) => !Object.hasOwn(shape.fields, name));
	if (shape.kind === 'union' && given.length - (unknown ? 1 : 0) === 0)
		return { path, problem: { kind: 'none', union: shape.name, members } };
	if (unknown !== undefined) return { path, problem: { kind: 'unknown', field: unknown[0] } };
	if (shape.kind === 'union' && given.length > 1)
		return { path, problem: { kind: 'several', union: shape.name, members } };
	const missing =
		shape.kind === 'structure' &&
		shape.required.find((name) => !given.some(([present]) => present === name));
	if (typeof missing === 'string') return { path, problem: { kind: 'missing', field: missing } };
	return first(given, ([name, member]) => {
		const inner = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
		return inner && findMismatch(member, inner, [...path, name]);
	});
}

function first<T, R>(entries: readonly T[], find: (entry: T) => R | undefined): R | undefined {
	for (const entry of entries) {
		const found = find(entry);
		if (found !== undefined) return found;
	}
	return undefined;
}
