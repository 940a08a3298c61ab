import type { JsonObject } from '../json.ts';
import { isObject, objectOf, objectsOf } from '../json.ts';
import { findClaudeStopProblem, findClaudeThinkingProblem } from './claude.ts';
import { findOutputProblem } from './output.ts';
import type { Family } from '../models/families.ts';
import { readModelId } from '../models/families.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { quote } from './words.ts';

/** What the family of a model refuses in a Converse body that is sound by itself, or undefined. */
export function findFamilyProblem(model: string, body: JsonObject): Problem | undefined {
	const { bare, family } = readModelId(model);
	const messages = objectsOf(body['messages']);
	const signed = bare.startsWith('anthropic.') || family === undefined;
	return (
		(signed ? undefined : findSignature(messages)) ??
		(family && findSamplingProblem(family, objectOf(body['inferenceConfig']))) ??
		(family && findThinkingProblem(family, objectOf(body['additionalModelRequestFields']))) ??
		findClaudeThinkingProblem(bare, body) ??
		findClaudeStopProblem(bare, body) ??
		findOutputProblem(bare, body) ??
		(family?.prefill === false ? findPrefill(messages) : undefined)
	);
}

function findSignature(messages: readonly JsonObject[]): Problem | undefined {
	const found = messages
		.flatMap(({ content }) => objectsOf(content))
		.some(({ reasoningContent }) => {
			const thought = objectOf(objectOf(reasoningContent)['reasoningText']);
			return thought['signature'] !== undefined;
		});
	return found
		? newInvalid(
				"This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again."
			)
		: undefined;
}

function findSamplingProblem(
	{ sampling }: Family,
	{ temperature, topP }: JsonObject
): Problem | undefined {
	if (sampling === 'one' && temperature !== undefined && topP !== undefined)
		return quote(
			'`temperature` and `top_p` cannot both be specified for this model. Please use only one.'
		);
	if (sampling !== 'none') return undefined;
	if (temperature !== undefined) return quote('`temperature` is deprecated for this model.');
	return topP === undefined ? undefined : quote('`top_p` is deprecated for this model.');
}

function findThinkingProblem({ sampling }: Family, { thinking }: JsonObject): Problem | undefined {
	return sampling === 'none' && isObject(thinking) && thinking['type'] === 'enabled'
		? quote(
				'"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.'
			)
		: undefined;
}

function findPrefill(messages: readonly JsonObject[]): Problem | undefined {
	return messages.at(-1)?.['role'] === 'assistant'
		? quote(
				'This model does not support assistant message prefill. The conversation must end with a user message.'
			)
		: undefined;
}
