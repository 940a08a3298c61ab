import type { Draft } from '../../model/draft.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { readSchema, saySchema } from '../output.ts';
import { typeOf } from '../words.ts';

/** The form of an answer as a field of the body. */
export function sayOutput({ output }: Draft): JsonObject {
	if (output === undefined) return {};
	const format: Json =
		output.type === 'object'
			? { type: 'json_object' }
			: { type: 'json_schema', ...saySchema(output) };
	return { text: { format } };
}

/** What `text.format` says. */
export function readOutput(format: unknown): Pick<Draft, 'output'> {
	if (typeOf(format) === 'json_object') return { output: { type: 'object' } };
	const output = typeOf(format) === 'json_schema' ? readSchema(format) : undefined;
	return output === undefined ? {} : { output };
}
