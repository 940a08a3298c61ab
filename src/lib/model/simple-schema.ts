import { equalJson, getOwn, isJsonObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** What a form can say of the arguments of a function. */
export interface SimpleSchema {
	fields: SimpleField[];
	/** `additionalProperties: false`: nothing beside the fields. */
	isClosed: boolean;
}

export interface SimpleField {
	name: string;
	type: (typeof simpleTypes)[number];
	description?: string;
	isRequired: boolean;
	/** The only texts that it takes. */
	choices?: string[];
}

export const simpleTypes = ['string', 'number', 'integer', 'boolean'] as const;

/** A schema that says no more than a form can; undefined for any other. */
export function readSimpleSchema(schema: Json | undefined): SimpleSchema | undefined {
	if (schema === undefined) return { fields: [], isClosed: false };
	const properties = getOwn(schema, 'properties') ?? {};
	const required = getOwn(schema, 'required') ?? [];
	if (!isJsonObject(properties) || !Array.isArray(required)) return undefined;
	const fields = Object.entries(properties).flatMap(([name, property]) =>
		readField(name, property, required.includes(name))
	);
	const simple = { fields, isClosed: getOwn(schema, 'additionalProperties') === false };
	const isWhole = equalJson(
		sortRequired(saySimpleSchema(simple)),
		sortRequired(withProperties(schema))
	);
	return isWhole ? simple : undefined;
}

function readField(name: string, property: Json, isRequired: boolean): SimpleField[] {
	const type = simpleTypes.find((one) => one === getOwn(property, 'type'));
	const description = getOwn(property, 'description');
	const choices = getOwn(property, 'enum');
	if (type === undefined) return [];
	return [
		{
			...{ name, type, isRequired },
			...(typeof description === 'string' && { description }),
			...(Array.isArray(choices) && { choices: choices.filter((one) => typeof one === 'string') })
		}
	];
}

/** The schema of what a form says. */
export function saySimpleSchema({ fields, isClosed }: SimpleSchema): JsonObject {
	const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
	return {
		type: 'object',
		properties: Object.fromEntries(
			fields.map(({ name, type, description, choices }) => [
				name,
				{
					type,
					...(description !== undefined && { description }),
					...(choices !== undefined && { enum: choices })
				}
			])
		),
		...(required.length > 0 && { required }),
		...(isClosed && { additionalProperties: false })
	};
}

/** What a schema leaves out and what is said of it all the same are one. */
function withProperties(schema: Json): Json {
	return isJsonObject(schema) ? { properties: {}, ...schema } : schema;
}

/** In whatever order the required ones stand. */
function sortRequired(schema: Json): Json {
	const required = getOwn(schema, 'required');
	if (!isJsonObject(schema) || !Array.isArray(required)) return schema;
	return { ...schema, required: required.map(String).toSorted() };
}
