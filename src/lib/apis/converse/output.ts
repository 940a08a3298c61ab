import type { Draft } from '../../model/draft.ts';
import { getOwn } from '../../model/json.ts';
import type { JsonObject } from '../../model/json.ts';
import { getAt } from '../../model/json-path.ts';
import type { Loss } from '../api.ts';
import { readNames } from '../output.ts';
import { getString, typeOf } from '../words.ts';

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

/** What `outputConfig` says of the form of an answer. */
export function readOutput(config: unknown): Pick<Draft, 'output'> {
	const format = getOwn(config, 'textFormat');
	const wire = getAt(format, ['structure', 'jsonSchema']);
	const schema = getString(wire, 'schema');
	if (typeOf(format) !== 'json_schema' || schema === undefined) return {};
	return { output: { type: 'schema', ...readNames(wire), schema } };
}
