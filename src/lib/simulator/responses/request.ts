import type { Call } from '../call.ts';
import type { Prompt } from '../answers/completion.ts';
import type { Turn } from '../answers/conversation.ts';
import { newTurn } from '../answers/conversation.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { readFormat, readOpenAiMessage, readToolChoice } from '../openai/request.ts';

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
