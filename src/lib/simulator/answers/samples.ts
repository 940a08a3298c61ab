import { isObject, objectOf, stringOf, stringsOf } from '../json.ts';

const MAX_DEPTH = 6;

/**
 * A value that fits a JSON schema, taken from the prompt where it offers a word: an `enum` member
 * that it names, or `place` for a property about a place. Ends after six levels.
 */
export function sampleOf(
	schema: unknown,
	prompt: string,
	place = '',
	name = '',
	depth = 0
): unknown {
	const spec = objectOf(schema);
	const choices = Array.isArray(spec['enum']) ? spec['enum'] : [];
	if (spec['const'] !== undefined) return spec['const'];
	if (choices.length > 0) return choices.find((choice) => isNamed(choice, prompt)) ?? choices[0];
	const type = stringsOf(spec['type'])[0] ?? (isObject(spec['properties']) ? 'object' : 'string');
	if (depth > MAX_DEPTH) return null;
	if (type === 'object') return sampleObject(spec, prompt, place, depth);
	if (type === 'array') return [sampleOf(spec['items'], prompt, place, name, depth + 1)];
	if (type === 'integer') return 1;
	if (type === 'number') return 1.5;
	if (type === 'boolean') return true;
	if (type === 'null') return null;
	return sampleString(name, prompt, place);
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

function sampleObject(spec: object, prompt: string, place: string, depth: number): object {
	const properties = objectOf(objectOf(spec)['properties']);
	return Object.fromEntries(
		Object.entries(properties).map(([name, schema]) => [
			name,
			sampleOf(schema, prompt, place, name, depth + 1)
		])
	);
}

function sampleString(name: string, prompt: string, place: string): string {
	if (isPlace(name)) return place || 'Lisbon';
	if (/date/i.test(name)) return '2026-11-21';
	if (/e-?mail/i.test(name)) return 'alice@example.com';
	if (/name|title/i.test(name)) return 'Alice';
	return stringOf(prompt.split(/\s+/).slice(0, 8).join(' ')) || 'sample';
}
