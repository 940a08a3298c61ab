import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectsOf, stringOf } from '../json.ts';
import { findOpenAiProblem } from '../models/rules.ts';
import { readModelId } from '../models/families.ts';
import {
	findBudgetProblem,
	findSamplingProblem,
	findTierProblem,
	missParameter,
	refuseEmptyList,
	refuseNumber
} from '../openai/request.ts';
import { findFormatProblem } from '../openai/format.ts';
import { findChatParameterProblem, findParameterProblem } from '../openai/parameters.ts';
import { wordDeserialize } from '../openai/words.ts';
import { findMismatch } from '../shape.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { chatShape } from './shapes.ts';

const MAX_CHOICES = 128;

/** What is wrong with the body of a Chat request, or undefined. Without a call, any model will do. */
export function findChatProblem(
	model: string,
	body: JsonObject,
	call: Call | undefined
): Problem | undefined {
	const { messages } = body;
	if (model === '') return missParameter('model');
	if (messages === undefined || messages === null) return missParameter('messages');
	if (Array.isArray(messages) && messages.length === 0) return refuseEmptyList('messages');
	const mismatch = findMismatch(body, chatShape);
	if (mismatch !== undefined) return wordDeserialize(mismatch);
	return (
		(call && findOpenAiProblem(model, call)) ??
		findBudgetProblem(model, body) ??
		findSamplingProblem(model, body) ??
		findTierProblem(model, body) ??
		findChoicesProblem(body) ??
		findParameterProblem(body) ??
		findChatParameterProblem(body) ??
		findFormatProblem(body['response_format'], 'response_format') ??
		findToolProblem(model, body) ??
		findOrphan(objectsOf(messages))
	);
}

function findChoicesProblem({ n }: JsonObject): Problem | undefined {
	const count = numberOf(n);
	if (count === undefined) return undefined;
	return refuseNumber('n', count, 1, MAX_CHOICES);
}

function findToolProblem(model: string, body: JsonObject): Problem | undefined {
	const tools = objectsOf(body['tools']);
	const effort = body['reasoning_effort'];
	if (tools.length === 0) {
		return body['tool_choice'] === undefined || body['tool_choice'] === 'none'
			? undefined
			: newInvalid(
					"Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
					'tool_choice'
				);
	}
	const told = typeof effort === 'string' && effort !== 'none';
	return told && readModelId(model).bare.startsWith('openai.gpt-5.6')
		? newInvalid(
				`Function tools with reasoning_effort are not supported for ${model} in /v1/chat/completions. Please use /v1/responses instead.`,
				'reasoning_effort'
			)
		: undefined;
}

// A result answers a call of the last assistant message, and every call is answered before anyone else speaks.
function findOrphan(messages: readonly JsonObject[]): Problem | undefined {
	let open: string[] = [];
	let asked: string[] = [];
	for (const [at, message] of [...messages, {}].entries()) {
		if (message['role'] === 'tool') {
			const id = stringOf(message['tool_call_id']);
			if (asked.length === 0)
				return newInvalid(
					"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
					`messages.[${at}].role`
				);
			if (!asked.includes(id))
				return newInvalid(
					`Invalid parameter: 'tool_call_id' of '${id}' not found in 'tool_calls' of previous message.`,
					`messages.[${at}].tool_call_id`
				);
			open = open.filter((one) => one !== id);
			continue;
		}
		if (open.length > 0)
			return newInvalid(
				`An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${open.join(', ')}`,
				`messages.[${at}].role`
			);
		asked = objectsOf(message['tool_calls']).map(({ id }) => stringOf(id));
		open = asked;
	}
	return undefined;
}
