import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, objectsOf, stringOf, stringsOf } from '../json.ts';

const MAX_DEPTH = 6;

/**
 * A value that fits a JSON schema, taken from the prompt where it offers a word: an `enum` member
 * that it names, or `place` for a property about a place. Ends after six levels.
 */
export function sampleOf(schema: unknown, prompt: string, place = ''): unknown {
	return sample(schema, { root: schema, prompt, place }, '', 0);
}

/** What is the same at every level: the whole schema, for its references, and what to take words from. */
interface Taste {
	root: unknown;
	prompt: string;
	place: string;
}

function sample(schema: unknown, taste: Taste, name: string, depth: number): unknown {
	const spec = resolve(schema, taste.root);
	const choices = Array.isArray(spec['enum']) ? spec['enum'] : [];
	if (spec['const'] !== undefined) return spec['const'];
	if (choices.length > 0)
		return choices.find((choice) => isNamed(choice, taste.prompt)) ?? choices[0];
	const type = stringsOf(spec['type'])[0] ?? (isObject(spec['properties']) ? 'object' : 'string');
	if (depth > MAX_DEPTH) return null;
	if (type === 'object') return sampleObject(spec, taste, depth);
	if (type === 'array') {
		const length = Math.max(1, numberOf(spec['minItems']) ?? 1);
		return Array.from({ length }, () => sample(spec['items'], taste, name, depth + 1));
	}
	if (type === 'integer') return Math.ceil(Math.max(1, numberOf(spec['minimum']) ?? 1));
	if (type === 'number') return Math.max(1.5, numberOf(spec['minimum']) ?? 1.5);
	if (type === 'boolean') return true;
	if (type === 'null') return null;
	return sampleString(name, spec, taste);
}

// A reference is followed, and the first of several alternatives is taken.
function resolve(schema: unknown, root: unknown): JsonObject {
	let spec = objectOf(schema);
	for (let step = 0; step < MAX_DEPTH; step++) {
		const path = /^#\/(.+)$/.exec(stringOf(spec['$ref']))?.[1];
		const alternatives = objectsOf(spec['anyOf'] ?? spec['oneOf'] ?? spec['allOf']);
		if (path !== undefined) {
			spec = path
				.split('/')
				.reduce((value: JsonObject, key) => objectOf(value[key]), objectOf(root));
		} else if (alternatives[0] !== undefined) spec = alternatives[0];
		else return spec;
	}
	return spec;
}

/** The places that a prompt seems to name: its capitalised words, except those that begin it. */
export function findPlaces(prompt: string): string[] {
	const words = prompt.match(/(?<![.!?]\s*|^)\b\p{Lu}\p{Ll}{2,}\b/gu) ?? [];
	return [...new Set(words)].filter((word) => !/^(Celsius|Fahrenheit|Use|Today|The)$/.test(word));
}

/** Whether a property of this name holds a place. */
export function isPlace(name: string): boolean {
	return /city|location|place|town/i.test(name);
}

function isNamed(choice: unknown, prompt: string): boolean {
	return typeof choice === 'string' && prompt.toLowerCase().includes(choice.toLowerCase());
}

function sampleObject(spec: JsonObject, taste: Taste, depth: number): object {
	return Object.fromEntries(
		Object.entries(objectOf(spec['properties'])).map(([name, schema]) => [
			name,
			sample(schema, taste, name, depth + 1)
		])
	);
}

function sampleString(name: string, spec: JsonObject, { prompt, place }: Taste): string {
	const format = stringOf(spec['format']);
	if (isPlace(name)) return place || 'Lisbon';
	if (format === 'date-time') return '2026-11-21T12:00:00Z';
	if (format === 'date' || /date/i.test(name)) return '2026-11-21';
	if (format === 'email' || /e-?mail/i.test(name)) return 'alice@example.com';
	if (/name|title/i.test(name)) return 'Alice';
	return stringOf(prompt.split(/\s+/).slice(0, 8).join(' ')) || 'sample';
}
