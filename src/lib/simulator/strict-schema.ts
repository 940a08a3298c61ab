import type { JsonObject } from './json.ts';
import { isObject, objectOf, objectsOf } from './json.ts';

/** The first place of a JSON Schema at which a strict service stops, by the names that lead there. */
export interface LooseObject {
	context: string[];
	/** A property that is not required; absent where `additionalProperties` is not false. */
	optional?: string;
}

/** Where an object of a schema is open, or has a property that is not required; undefined for a strict schema. */
export function findLooseObject(
	schema: unknown,
	requiresAll: boolean,
	context: string[] = []
): LooseObject | undefined {
	if (!isObject(schema)) return undefined;
	const properties = objectOf(schema['properties']);
	if (schema['type'] === 'object' || isObject(schema['properties'])) {
		if (schema['additionalProperties'] !== false) return { context };
		const required = Array.isArray(schema['required']) ? schema['required'] : [];
		const optional = Object.keys(properties).find((name) => !required.includes(name));
		if (requiresAll && optional !== undefined) return { context, optional };
	}
	const inner: [unknown, string[]][] = [
		...innerOf(properties, ['properties']),
		...innerOf(objectOf(schema['$defs']), ['$defs']),
		[schema['items'], ['items']],
		...objectsOf(schema['anyOf']).map((one, at): [unknown, string[]] => [one, ['anyOf', `${at}`]])
	];
	for (const [one, names] of inner) {
		const found = findLooseObject(one, requiresAll, [...context, ...names]);
		if (found !== undefined) return found;
	}
	return undefined;
}

function innerOf(map: JsonObject, path: string[]): [unknown, string[]][] {
	return Object.entries(map).map(([name, one]) => [one, [...path, name]]);
}
