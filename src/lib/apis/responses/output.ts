import type { Draft } from '../../model/draft.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { saySchema } from '../output.ts';

/** The form of an answer as a field of the body. */
export function sayOutput({ output }: Draft): JsonObject {
	if (output === undefined) return {};
	const format: Json =
		output.type === 'object'
			? { type: 'json_object' }
			: { type: 'json_schema', ...saySchema(output) };
	return { text: { format } };
}
