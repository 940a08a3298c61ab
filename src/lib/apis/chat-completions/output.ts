import type { Draft } from '../../model/draft.ts';
import { getOwn } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { readSchema, saySchema } from '../output.ts';
import { typeOf } from '../words.ts';

/** The form of an answer as a field of the body. */
export function sayOutput({ output }: Draft): JsonObject {
	if (output === undefined) return {};
	const format: Json =
		output.type === 'object'
			? { type: 'json_object' }
			: { type: 'json_schema', json_schema: saySchema(output) };
	return { response_format: format };
}

/** What `response_format` says. */
export function readOutput(format: unknown): Pick<Draft, 'output'> {
	if (typeOf(format) === 'json_object') return { output: { type: 'object' } };
	if (typeOf(format) !== 'json_schema') return {};
	const output = readSchema(getOwn(format, 'json_schema'));
	return output === undefined ? {} : { output };
}
