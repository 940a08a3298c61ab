import type { JsonObject } from '../json.ts';
import { objectOf, parseJson, stringOf } from '../json.ts';
import { findLooseObject } from '../strict-schema.ts';
import type { Problem } from '../wire/errors.ts';
import { quote } from './words.ts';

/** What a model refuses of the schema of an answer, or undefined. */
export function findOutputProblem(bare: string, body: JsonObject): Problem | undefined {
	const format = objectOf(objectOf(body['outputConfig'])['textFormat']);
	const text = objectOf(objectOf(format['structure'])['jsonSchema'])['schema'];
	if (typeof text !== 'string') return undefined;
	const isGpt = /^openai\.gpt-(5\.6|6)/.test(bare);
	const loose = findLooseObject(parseJson(stringOf(text)), isGpt);
	if (loose !== undefined && loose.optional === undefined)
		return quote(
			"output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false"
		);
	if (loose?.optional !== undefined)
		return quote(`'required' must include every key in properties. Missing '${loose.optional}'.`);
	const own = objectOf(objectOf(body['additionalModelRequestFields'])['text']);
	return isGpt && objectOf(own['format'])['strict'] !== true
		? quote("text.format.strict must be set to true where text.format is 'json_schema'.")
		: undefined;
}
