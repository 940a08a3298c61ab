import { getOwn, isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';

/** What services refuse in a JSON Schema of an answer, and the schema without it. */
export interface Closed {
	schema: Json;
	/** Places, as JSON pointers, where `additionalProperties` is not false. */
	open: string[];
	/** Places where not every property is required. */
	optional: string[];
}

const lists = ['anyOf', 'allOf', 'oneOf', 'prefixItems'];
const maps = ['properties', '$defs', 'definitions', 'patternProperties'];

/** Closes every object of a schema and requires all its properties, at any depth. What it finds is in `open` and `optional`. */
export function closeSchema(schema: Json): Closed {
	const found: Closed = { schema, open: [], optional: [] };
	return { ...found, schema: close(schema, '#', found) };
}

function close(schema: Json, place: string, found: Closed): Json {
	if (!isJsonObject(schema)) return schema;
	const inner = Object.fromEntries(
		Object.entries(schema).map(([key, value]): [string, Json] => {
			const below = `${place}/${key}`;
			if (key === 'items') return [key, close(value, below, found)];
			if (lists.includes(key) && Array.isArray(value))
				return [key, value.map((one, i) => close(one, `${below}/${i}`, found))];
			if (maps.includes(key) && isJsonObject(value)) return [key, closeEach(value, below, found)];
			return [key, value];
		})
	);
	return isObjectSchema(inner) ? closeObject(inner, place, found) : inner;
}

function closeEach(map: JsonObject, place: string, found: Closed): JsonObject {
	return Object.fromEntries(
		Object.entries(map).map(([key, value]) => {
			const escaped = key.replaceAll('~', '~0').replaceAll('/', '~1');
			return [key, close(value, `${place}/${escaped}`, found)];
		})
	);
}

function isObjectSchema(schema: JsonObject): boolean {
	const { type } = schema;
	const isObject = type === 'object' || (Array.isArray(type) && type.includes('object'));
	return isObject || (type === undefined && isJsonObject(schema.properties));
}

function closeObject(schema: JsonObject, place: string, found: Closed): JsonObject {
	const names = Object.keys((getOwn(schema, 'properties') as JsonObject | undefined) ?? {});
	const required = Array.isArray(schema.required) ? schema.required : [];
	const isWhole = names.every((name) => required.includes(name));
	if (schema.additionalProperties !== false) found.open.push(place);
	if (!isWhole) found.optional.push(place);
	return {
		...schema,
		...(!isWhole && { required: names }),
		additionalProperties: false
	};
}
