import type { Call } from '../call.ts';
import type { Prompt } from '../answers/completion.ts';
import type { Turn } from '../answers/conversation.ts';
import { newTurn } from '../answers/conversation.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, stringOf } from '../json.ts';
import { findOpenAiProblem } from '../models/rules.ts';
import { readModelId } from '../models/families.ts';
import {
	findSamplingProblem,
	missParameter,
	readFormat,
	readOpenAiMessage,
	readToolChoice,
	refuseEmptyList
} from '../openai/request.ts';

const MIN_OUTPUT_TOKENS = 16;
const FOREIGN = [
	'messages',
	'max_tokens',
	'max_completion_tokens',
	'guardrailConfig',
	'amazon-bedrock-guardrailConfig'
];

/** What is wrong with the body of a Responses request, or undefined. Without a call, any model will do. */
export function findResponsesProblem(
	model: string,
	body: JsonObject,
	call: Call | undefined
): Problem | undefined {
	const { input } = body;
	if (model === '') return missParameter('model');
	const foreign = FOREIGN.find((name) => body[name] !== undefined);
	if (foreign !== undefined) return newInvalid(`Unknown parameter: '${foreign}'.`, foreign);
	if (input === undefined || input === null || input === '') return missParameter('input');
	if (Array.isArray(input) && input.length === 0) return refuseEmptyList('input');
	const limit = numberOf(body['max_output_tokens']);
	if (limit !== undefined && limit < MIN_OUTPUT_TOKENS) {
		return newInvalid(
			`Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${MIN_OUTPUT_TOKENS}, but got ${limit} instead.`,
			'max_output_tokens'
		);
	}
	if (call?.place === 'runtime' && body['background'] === true) {
		return newInvalid('The background parameter is not supported.', 'background');
	}
	return (call && findOpenAiProblem(model, call)) ?? findSamplingProblem(model, body);
}

/** The turns that a request brings with it. */
export function readInput(input: unknown): Turn[] {
	if (typeof input === 'string') return [newTurn('user', input)];
	return objectsOf(input).flatMap((item) => {
		if (item['type'] === 'function_call_output') {
			const { output } = item;
			const result = typeof output === 'string' ? output : JSON.stringify(output ?? null);
			return [{ ...newTurn('tool', ''), results: [result] }];
		}
		return typeof item['role'] === 'string' ? [readOpenAiMessage(item)] : [];
	});
}

/** A Responses body as a prompt that goes on from the turns before. */
export function readResponses(
	model: string,
	body: JsonObject,
	before: readonly Turn[],
	turns: readonly Turn[]
): Prompt {
	const instructions = stringOf(body['instructions']);
	const schema = readFormat(objectOf(objectOf(body['text'])['format']));
	return {
		turns: [...(instructions === '' ? [] : [newTurn('system', instructions)]), ...before, ...turns],
		tools: objectsOf(body['tools'])
			.filter((tool) => tool['type'] === 'function')
			.map((tool) => ({ name: stringOf(tool['name']), schema: tool['parameters'] })),
		choice: readToolChoice(body['tool_choice']),
		thinks: isThinking(model, objectOf(body['reasoning'])),
		maxTokens: numberOf(body['max_output_tokens']),
		stops: [],
		...(schema !== undefined && { schema }),
		guarded: false
	};
}

function isThinking(model: string, reasoning: JsonObject): boolean {
	const thinks = readModelId(model).family?.thinks ?? 'never';
	if (reasoning['effort'] === 'none' || thinks === 'never') return false;
	return thinks !== 'asked' || reasoning['effort'] !== undefined;
}
