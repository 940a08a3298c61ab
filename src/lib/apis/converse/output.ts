import type { Draft } from '../../model/draft.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Loss } from '../api.ts';

/** The form of an answer as a field of the body. Converse takes a schema as text, and knows no other form. */
export function sayOutput({ output }: Draft, losses: Loss[]): JsonObject {
	if (output === undefined) return {};
	if (output.type === 'object') {
		losses.push({ code: 'output' });
		return {};
	}
	const { name, description, schema } = output;
	const jsonSchema = {
		schema,
		...(name !== undefined && { name }),
		...(description !== undefined && { description })
	};
	return { outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema } } } };
}
