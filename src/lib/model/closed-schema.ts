import { getOwn, isJsonObject } from './json.ts';
import type { Json } from './json.ts';

/** Where schemas stand in a schema: one, a list of them, or one for each name. */
const single = ['items', 'additionalItems', 'not', 'if', 'then', 'else'];
const lists = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const named = ['properties', '$defs', 'definitions', 'patternProperties'];

/**
 * The schema as strict services want it: at any depth an object takes nothing beside its properties, and all of them are
 * required. The same value where it is so already.
 */
export function closeSchema(schema: Json): Json {
	if (!isJsonObject(schema)) return schema;
	const changed = Object.entries(schema).map(([key, value]): [string, Json] => {
		if (single.includes(key)) return [key, closeSchema(value)];
		if (lists.includes(key) && Array.isArray(value)) return [key, closeAll(value)];
		if (named.includes(key) && isJsonObject(value)) return [key, closeNamed(value)];
		return [key, value];
	});
	const isObject = schema.type === 'object' || isJsonObject(schema.properties);
	const closed = isObject ? withEnds(schema) : {};
	const isSame = changed.every(([key, value]) => schema[key] === value);
	return isSame && Object.keys(closed).length === 0
		? schema
		: { ...Object.fromEntries(changed), ...closed };
}

/** What an object lacks to be closed. */
function withEnds(schema: Json): { [key: string]: Json } {
	const names = Object.keys((getOwn(schema, 'properties') as object | undefined) ?? {});
	const required = getOwn(schema, 'required');
	const has = Array.isArray(required) ? required : [];
	const isOpen = getOwn(schema, 'additionalProperties') !== false;
	return {
		...(names.some((name) => !has.includes(name)) && { required: names }),
		...(isOpen && { additionalProperties: false })
	};
}

function closeAll(schemas: Json[]): Json[] {
	const closed = schemas.map(closeSchema);
	return closed.every((one, i) => one === schemas[i]) ? schemas : closed;
}

function closeNamed(schemas: { [name: string]: Json }): Json {
	const closed = Object.entries(schemas).map(([name, one]) => [name, closeSchema(one)] as const);
	return closed.every(([name, one]) => one === schemas[name])
		? schemas
		: Object.fromEntries(closed);
}
