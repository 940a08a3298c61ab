import type { Output } from '../model/draft.ts';
import { readDeepJson, stringifyJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { getString } from './words.ts';

type Schema = Output & { type: 'schema' };

/** A schema with its name as the OpenAI APIs write it. */
export function saySchema({ name, schema, strict, description }: Schema): JsonObject {
	return {
		...(name !== undefined && { name }),
		...(description !== undefined && { description }),
		schema: parseSchema(schema),
		...(strict !== undefined && { strict })
	};
}

/** A text that is not JSON goes as it stands, and the service says what it thinks of it. */
function parseSchema(text: string): Json {
	try {
		return readDeepJson(text);
	} catch {
		return text;
	}
}

/** What a schema says with its name, without what stands beside its words. */
export function readSchema(wire: unknown): Schema | undefined {
	const schema = getOwn(wire, 'schema') as Json | undefined;
	if (schema === undefined) return undefined;
	const strict = getOwn(wire, 'strict');
	return {
		type: 'schema',
		...readNames(wire),
		schema: stringifyJson(schema, 2),
		...(typeof strict === 'boolean' && { strict })
	};
}

/** What a schema is called and what it is for. */
export function readNames(wire: unknown): { name?: string; description?: string } {
	const name = getString(wire, 'name');
	const description = getString(wire, 'description');
	return { ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}
