import type { Output } from '../model/draft.ts';
import { readDeepJson } from '../model/json-text.ts';
import type { Json, JsonObject } from '../model/json.ts';

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
