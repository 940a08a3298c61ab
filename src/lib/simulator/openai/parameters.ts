import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectsOf } from '../json.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { refuseNumber } from './request.ts';

const ranges: readonly [name: string, min: number, max: number][] = [
	['frequency_penalty', -2, 2],
	['presence_penalty', -2, 2],
	['top_logprobs', 0, 20],
	['max_tool_calls', 1, Infinity]
];

const MAX_STOPS = 4;
const MAX_METADATA = 16;

/** What is wrong with the parameters that both OpenAI APIs know, or undefined. */
export function findParameterProblem(body: JsonObject): Problem | undefined {
	for (const [name, min, max] of ranges) {
		const value = numberOf(body[name]);
		const problem = value === undefined ? undefined : refuseNumber(name, value, min, max);
		if (problem !== undefined) return problem;
	}
	const { metadata, parallel_tool_calls: parallel } = body;
	if (isObject(metadata) && Object.keys(metadata).length > MAX_METADATA)
		return newInvalid(
			`Invalid 'metadata': too many properties. Expected an object with at most ${MAX_METADATA} properties, but got an object with ${Object.keys(metadata).length} properties instead.`,
			'metadata'
		);
	return typeof parallel === 'boolean' && objectsOf(body['tools']).length === 0
		? newInvalid(
				"Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
				'parallel_tool_calls'
			)
		: undefined;
}

/** What is wrong with the parameters that only Chat knows, or undefined. */
export function findChatParameterProblem(body: JsonObject): Problem | undefined {
	const { stop, stream, stream_options: options, logprobs, top_logprobs: top } = body;
	if (Array.isArray(stop) && stop.length > MAX_STOPS)
		return newInvalid(
			`Invalid 'stop': array too long. Expected an array with maximum length ${MAX_STOPS}, but got an array with length ${stop.length} instead.`,
			'stop'
		);
	if (isObject(options) && stream !== true)
		return newInvalid(
			"The 'stream_options' parameter is only allowed when 'stream' is enabled.",
			'stream_options'
		);
	return numberOf(top) !== undefined && logprobs !== true
		? newInvalid(
				"Invalid value for 'top_logprobs': 'logprobs' must be set to true to use 'top_logprobs'.",
				'top_logprobs'
			)
		: undefined;
}
