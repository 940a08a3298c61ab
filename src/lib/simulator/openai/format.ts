import type { JsonObject } from '../json.ts';
import { isObject, objectOf, stringOf } from '../json.ts';
import { findLooseObject } from '../strict-schema.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';

/** What is wrong with the schema of a strict `response_format` or `text.format`, which `param` names, or undefined. */
export function findFormatProblem(format: unknown, param: string): Problem | undefined {
	if (!isObject(format) || format['type'] !== 'json_schema') return undefined;
	const spec: JsonObject = isObject(format['json_schema']) ? format['json_schema'] : format;
	if (spec['strict'] !== true) return undefined;
	const loose = findLooseObject(objectOf(spec['schema']), true);
	if (loose === undefined) return undefined;
	const { context, optional } = loose;
	const names = context.map((name) => `'${name}'`).join(', ');
	const place = context.length === 1 ? `(${names},)` : `(${names})`;
	const reason =
		optional === undefined
			? `In context=${place}, 'additionalProperties' is required to be supplied and to be false.`
			: `In context=${place}, 'required' is required to be supplied and to be an array including every key in properties. Missing '${optional}'.`;
	return newInvalid(`Invalid schema for ${param} '${stringOf(spec['name'])}': ${reason}`, param);
}
