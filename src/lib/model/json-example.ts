import { getOwn, isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** Schemas that refer to themselves end here. */
const deepest = 6;

/** A value that fits a JSON Schema, as plain as can be: what the schema gives as an example, where it gives one. */
export function exampleOf(schema: unknown, depth = 0): Json {
	const given = firstOf(schema);
	if (given !== undefined) return given;
	const type = getOwn(schema, 'type');
	switch (Array.isArray(type) ? (type[0] as unknown) : type) {
		case 'string':
			return 'text';
		case 'number':
		case 'integer':
			return numberFor(schema);
		case 'boolean':
			return true;
		case 'null':
			return null;
		case 'array':
			return depth < deepest ? [exampleOf(getOwn(schema, 'items'), depth + 1)] : [];
		default:
			return depth < deepest ? objectFor(schema, depth) : {};
	}
}

function firstOf(schema: unknown): Json | undefined {
	const examples = getOwn(schema, 'examples');
	const choices = getOwn(schema, 'enum');
	const lists = [Array.isArray(examples) ? examples : [], Array.isArray(choices) ? choices : []];
	const given = [
		getOwn(schema, 'const'),
		getOwn(schema, 'default'),
		...lists.map(([one]) => one as unknown)
	];
	return given.find((one) => one !== undefined) as Json | undefined;
}

function numberFor(schema: unknown): number {
	const minimum = getOwn(schema, 'minimum');
	return typeof minimum === 'number' ? minimum : 1;
}

function objectFor(schema: unknown, depth: number): JsonObject {
	const properties = getOwn(schema, 'properties');
	if (!isJsonObject(properties)) return {};
	return Object.fromEntries(
		Object.entries(properties).map(([name, inner]) => [name, exampleOf(inner, depth + 1)])
	);
}
