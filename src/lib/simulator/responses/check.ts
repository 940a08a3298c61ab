import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { numberOf, objectOf, objectsOf, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { findOpenAiProblem } from '../models/rules.ts';
import {
	findSamplingProblem,
	findTierProblem,
	missParameter,
	refuseEmptyList
} from '../openai/request.ts';
import { findFormatProblem } from '../openai/format.ts';
import { findParameterProblem } from '../openai/parameters.ts';
import { wordParameter } from '../openai/words.ts';
import { findMismatch } from '../shape.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { responsesShape } from './shapes.ts';

const MIN_OUTPUT_TOKENS = 16;

/** What is wrong with the body of a Responses request, or undefined. Without a call, any model will do. */
export function findResponsesProblem(
	model: string,
	body: JsonObject,
	call: Call | undefined
): Problem | undefined {
	const { input } = body;
	if (model === '') return missParameter('model');
	const mismatch = findMismatch(body, responsesShape);
	if (mismatch !== undefined) return wordParameter(mismatch);
	if (input === undefined || input === null || input === '') return missParameter('input');
	if (Array.isArray(input) && input.length === 0) return refuseEmptyList('input');
	const limit = numberOf(body['max_output_tokens']);
	if (limit !== undefined && limit < MIN_OUTPUT_TOKENS) {
		return newInvalid(
			`Invalid 'max_output_tokens': integer below minimum value. Expected a value >= ${MIN_OUTPUT_TOKENS}, but got ${limit} instead.`,
			'max_output_tokens'
		);
	}
	return (
		findBackgroundProblem(body, call) ??
		(call && findOpenAiProblem(model, call)) ??
		findSamplingProblem(model, body) ??
		findTierProblem(model, body) ??
		findParameterProblem(body) ??
		findFormatProblem(objectOf(body['text'])['format'], 'text.format') ??
		findToolProblem(model, body, call)
	);
}

function findBackgroundProblem(body: JsonObject, call: Call | undefined): Problem | undefined {
	if (body['background'] !== true) return undefined;
	if (call?.place === 'runtime')
		return newInvalid('The background parameter is not supported.', 'background');
	return body['store'] === false
		? newInvalid("Background mode requires 'store' to be true.", 'background')
		: undefined;
}

// Mantle runs tools of its own, for the models that can use them.
function findToolProblem(
	model: string,
	body: JsonObject,
	call: Call | undefined
): Problem | undefined {
	const { bare } = readModelId(model);
	const choice = body['tool_choice'];
	if (bare.startsWith('openai.gpt-oss') && (choice === 'none' || choice === 'required'))
		return newInvalid(
			`Invalid value for 'tool_choice': '${choice}' is not supported with this model.`,
			'tool_choice'
		);
	for (const [at, tool] of objectsOf(body['tools']).entries()) {
		const type = stringOf(tool['type']);
		if (type === 'function' || type === 'custom') continue;
		const searches = type.startsWith('web_search') && !/^xai\.|^openai\.gpt-oss/.test(bare);
		if (call?.place === 'runtime' || (type !== 'mcp' && !searches))
			return newInvalid(
				`Tool type '${type}' is not supported for model '${model}'`,
				`tools[${at}]`
			);
		if (type === 'mcp' && tool['connector_id'] === undefined)
			return tool['server_url'] === undefined
				? missParameter(`tools[${at}].connector_id`)
				: newInvalid(
						`Unsupported parameter: 'tools[${at}].server_url' is not supported. Use 'connector_id' instead.`,
						`tools[${at}].server_url`
					);
	}
	return undefined;
}

/**
 * What is wrong with the calls and results of a chain of items, or undefined: each call has its
 * result, and each result its call.
 */
export function findOrphan(items: readonly JsonObject[]): Problem | undefined {
	const idsOf = (type: string): string[] =>
		items.filter((item) => item['type'] === type).map((item) => stringOf(item['call_id']));
	const calls = idsOf('function_call');
	const results = idsOf('function_call_output');
	const stray = results.find((id) => !calls.includes(id));
	if (stray !== undefined)
		return newInvalid(
			`No tool call found for function call output with call_id ${stray}.`,
			'input'
		);
	const open = calls.find((id) => !results.includes(id));
	return open === undefined
		? undefined
		: newInvalid(`No tool output found for function call ${open}.`, 'input');
}

/**
 * What is wrong with what a chain of items asks a person and what was decided, or undefined: the service goes on only
 * when all is decided. The words are ours: nobody wrote down those of Bedrock.
 */
export function findUndecided(items: readonly JsonObject[]): Problem | undefined {
	const textsOf = (type: string, field: string): string[] =>
		items.filter((item) => item['type'] === type).map((item) => stringOf(item[field]));
	const asked = textsOf('mcp_approval_request', 'id');
	const decided = textsOf('mcp_approval_response', 'approval_request_id');
	const stray = decided.find((id) => !asked.includes(id));
	if (stray !== undefined)
		return newInvalid(`No MCP approval request found with id ${stray}.`, 'input');
	const open = asked.filter((id) => !decided.includes(id));
	return open.length === 0
		? undefined
		: newInvalid(`These MCP approval requests have no approval: ${open.join(', ')}.`, 'input');
}
