import type { Call } from '../call.ts';
import type { Prompt } from '../answers/completion.ts';
import type { Problem } from '../wire/errors.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, stringOf, stringsOf } from '../json.ts';
import { findOpenAiProblem } from '../models/rules.ts';
import { readModelId } from '../models/families.ts';
import {
	findBudgetProblem,
	findSamplingProblem,
	missParameter,
	readFormat,
	readOpenAiMessage,
	readToolChoice,
	refuseEmptyList
} from '../openai/request.ts';

/** What is wrong with the body of a Chat request, or undefined. Without a call, any model will do. */
export function findChatProblem(
	model: string,
	body: JsonObject,
	call: Call | undefined
): Problem | undefined {
	const { messages } = body;
	if (model === '') return missParameter('model');
	if (!Array.isArray(messages)) return missParameter('messages');
	if (messages.length === 0) return refuseEmptyList('messages');
	return (
		(call && findOpenAiProblem(model, call)) ??
		findBudgetProblem(model, body) ??
		findSamplingProblem(model, body)
	);
}

/** A Chat body as a prompt. */
export function readChat(model: string, body: JsonObject, call: Call): Prompt {
	const thinks = readModelId(model).family?.thinks ?? 'never';
	const effort = body['reasoning_effort'];
	const shown =
		call.place === 'runtime'
			? ['always']
			: effort === 'high'
				? ['always', 'mantle', 'asked']
				: ['always', 'mantle'];
	const schema = readFormat(objectOf(body['response_format']));
	return {
		turns: objectsOf(body['messages']).map(readOpenAiMessage),
		tools: objectsOf(body['tools']).map(({ function: tool }) => ({
			name: stringOf(objectOf(tool)['name']),
			schema: objectOf(tool)['parameters']
		})),
		choice: readToolChoice(body['tool_choice']),
		thinks: effort !== 'none' && shown.includes(thinks),
		maxTokens: numberOf(body['max_completion_tokens'] ?? body['max_tokens']),
		stops: stringsOf(body['stop']),
		...(schema !== undefined && { schema }),
		guarded: guardrailIdOf(call) !== undefined
	};
}

/**
 * The guardrail that looks at a call. Mantle ignores the header, so a loopback host heeds it only on
 * the path that the runtime has too.
 */
export function guardrailIdOf({ place, path, headers }: Call): string | undefined {
	const heeded = place === 'runtime' || (place === 'loopback' && path.startsWith('/openai/'));
	return (heeded ? headers.get('x-amzn-bedrock-guardrailidentifier') : null) ?? undefined;
}
