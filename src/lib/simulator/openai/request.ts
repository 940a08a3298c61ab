import type { Turn } from '../answers/conversation.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, objectsOf, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import type { ToolChoice } from '../answers/tools.ts';

/** What the service says where a parameter is absent. */
export function missParameter(name: string): Problem {
	return newInvalid(`Missing required parameter: '${name}'.`, name);
}

/** What the service says where a list is empty. */
export function refuseEmptyList(name: string): Problem {
	return newInvalid(
		`Invalid '${name}': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
		name
	);
}

/** What the service says to a body that is not a JSON object. */
export function refuseBrokenBody(body: string): Problem {
	const reason = body.trim() === '' ? 'EOF while parsing a value' : 'expected a JSON object';
	return newInvalid(
		`Failed to deserialize the JSON body into the target type: ${reason} at line 1 column ${body === '' ? 0 : 1}`
	);
}

/** What is wrong with the sampling parameters for a model, or undefined. */
export function findSamplingProblem(model: string, body: JsonObject): Problem | undefined {
	const strict = readModelId(model).family?.strict === true;
	const temperature = numberOf(body['temperature']);
	if (strict && body['top_p'] !== undefined) return refuseParameter('top_p', '');
	if (strict && temperature !== undefined && temperature !== 1)
		return refuseParameter('temperature', '');
	if (temperature !== undefined && (temperature < 0 || temperature > 2)) {
		return newInvalid(
			`Invalid 'temperature': decimal ${temperature < 0 ? 'below minimum' : 'above maximum'} value. Expected a value ${temperature < 0 ? '>= 0' : '<= 2'}, but got ${temperature} instead.`,
			'temperature'
		);
	}
	return undefined;
}

/** What is wrong with `max_tokens` for a model of Chat Completions, or undefined. */
export function findBudgetProblem(model: string, body: JsonObject): Problem | undefined {
	const strict = readModelId(model).family?.strict === true;
	return strict && body['max_tokens'] !== undefined
		? refuseParameter('max_tokens', " Use 'max_completion_tokens' instead.")
		: undefined;
}

/** One message of either OpenAI API as a turn. */
export function readOpenAiMessage(message: JsonObject): Turn {
	const { content } = message;
	const parts = objectsOf(content);
	const text =
		typeof content === 'string' ? content : parts.map((part) => stringOf(part['text'])).join('\n');
	const role = readRole(stringOf(message['role']));
	return {
		role,
		text: role === 'tool' ? '' : text.trim(),
		files: parts.flatMap(describeFile),
		results: role === 'tool' ? [text] : []
	};
}

/** A `tool_choice` of either OpenAI API. */
export function readToolChoice(choice: unknown): ToolChoice {
	if (choice === 'none' || choice === 'required') return choice;
	if (!isObject(choice)) return 'auto';
	return { name: stringOf(choice['name'] ?? objectOf(choice['function'])['name']) };
}

/** The schema of a `response_format` or `text.format`, `{}` for any object, or undefined. */
export function readFormat(format: JsonObject): unknown {
	if (format['type'] === 'json_object') return { type: 'object', properties: {} };
	if (format['type'] !== 'json_schema') return undefined;
	return format['schema'] ?? objectOf(format['json_schema'])['schema'] ?? {};
}

function refuseParameter(name: string, hint: string): Problem {
	return newInvalid(
		`Unsupported parameter: '${name}' is not supported with this model.${hint}`,
		name
	);
}

function readRole(role: string): Turn['role'] {
	if (role === 'assistant' || role === 'tool') return role;
	return role === 'system' || role === 'developer' ? 'system' : 'user';
}

function describeFile(part: JsonObject): string[] {
	const image = part['image_url'];
	const url = stringOf(typeof image === 'string' ? image : objectOf(image)['url']);
	const file = objectOf(part['file'] ?? (part['type'] === 'input_file' ? part : undefined));
	const data = url || stringOf(file['file_data']);
	if (data === '') return [];
	const mime = /^data:([^;,]+)/.exec(data)?.[1] ?? 'file';
	const size = Math.floor(((data.length - data.indexOf(',') - 1) * 3) / 4);
	const name = stringOf(file['filename']);
	return [`${name === '' ? '' : `${name}, `}${mime}, about ${size} bytes`];
}
