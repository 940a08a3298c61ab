import type { Turn } from '../answers/conversation.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import type { JsonObject } from '../json.ts';
import { describePixels } from '../pictures.ts';
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
	const topP = numberOf(body['top_p']);
	return (
		(temperature === undefined ? undefined : refuseNumber('temperature', temperature, 0, 2)) ??
		(topP === undefined ? undefined : refuseNumber('top_p', topP, 0, 1))
	);
}

/** What the service says to a number outside its range, or undefined where it is inside. */
export function refuseNumber(
	name: string,
	value: number,
	min: number,
	max: number
): Problem | undefined {
	if (value >= min && value <= max) return undefined;
	const kind = name === 'n' ? 'integer' : 'decimal';
	const [side, limit] =
		value < min ? ['below minimum', `>= ${min}`] : ['above maximum', `<= ${max}`];
	return newInvalid(
		`Invalid '${name}': ${kind} ${side} value. Expected a value ${limit}, but got ${value} instead.`,
		name
	);
}

/** What is wrong with the service tier for a model, or undefined. */
export function findTierProblem(model: string, body: JsonObject): Problem | undefined {
	const tier = body['service_tier'];
	const usual = tier === undefined || tier === null || tier === 'auto' || tier === 'default';
	return readModelId(model).family?.untiered === true && !usual && typeof tier === 'string'
		? newInvalid(`unsupported service_tier '${tier}'`, 'service_tier')
		: undefined;
}

/** What is wrong with `max_tokens` for a model of Chat Completions, or undefined. */
export function findBudgetProblem(model: string, body: JsonObject): Problem | undefined {
	const strict = readModelId(model).family?.strict === true;
	if (isNumber(body['max_tokens']) && isNumber(body['max_completion_tokens'])) {
		return newInvalid(
			"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
			'max_tokens'
		);
	}
	const low = ['max_tokens', 'max_completion_tokens'].find((name) => Number(body[name] ?? 1) < 1);
	if (low !== undefined)
		return newInvalid(
			`Invalid '${low}': integer below minimum value. Expected a value >= 1, but got ${String(body[low])} instead.`,
			low
		);
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

function isNumber(value: unknown): boolean {
	return typeof value === 'number';
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
	const audio = objectOf(part['input_audio']);
	if (typeof audio['data'] === 'string')
		return [`audio ${stringOf(audio['format'])}, about ${sizeOf(audio['data'])} bytes`];
	const image = part['image_url'];
	const url = stringOf(typeof image === 'string' ? image : objectOf(image)['url']);
	const file = objectOf(part['file'] ?? (part['type'] === 'input_file' ? part : undefined));
	const address = [url, stringOf(file['file_url'])].find((text) => /^(?:https?|s3):/.test(text));
	if (address !== undefined) return [`a file at ${address}`];
	const data = url || stringOf(file['file_data']);
	if (data === '') return [];
	const mime = /^data:([^;,]+)/.exec(data)?.[1] ?? 'file';
	const size = sizeOf(data.slice(data.indexOf(',') + 1));
	const name = stringOf(file['filename']);
	const pixels = url === '' ? '' : describePixels(data.slice(data.indexOf(',') + 1));
	return [`${name === '' ? '' : `${name}, `}${mime}${pixels}, about ${size} bytes`];
}

function sizeOf(base64: string): number {
	return Math.floor((base64.length * 3) / 4);
}
