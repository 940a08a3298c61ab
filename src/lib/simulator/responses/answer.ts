import type { Call } from '../call.ts';
import type { Completion, Prompt } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import { newTurn } from '../answers/conversation.ts';
import type { Problem } from '../wire/errors.ts';
import { refuseAsOpenAi } from '../wire/errors.ts';
import { findFault, finishReply } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, parseJson, stringOf } from '../json.ts';
import { refuseBrokenBody } from '../openai/request.ts';
import { BASE32 } from '../random.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { buildResponseFrames } from './events.ts';
import { buildItems, tellingOf } from './items.ts';
import { findOrphan, findResponsesProblem } from './check.ts';
import { readInput, readResponses } from './request.ts';

const ID_LENGTH = 52;

/** Answers `POST …/responses`. */
export function answerResponses(call: Call): Reply {
	const body = parseJson(call.body);
	if (!isObject(body)) return refuseAsOpenAi(refuseBrokenBody(call.body));
	const model = stringOf(body['model']);
	const fault = findFault(model, 'responses');
	const bad = fault?.answer?.('responses', call.path);
	if (bad !== undefined) return bad;
	const problem = findResponsesProblem(model, body, fault === undefined ? call : undefined);
	if (problem !== undefined) return refuseAsOpenAi(problem);
	const previous =
		typeof body['previous_response_id'] === 'string' ? body['previous_response_id'] : undefined;
	const before =
		previous === undefined ? [] : call.stored.recall(previous, scopeOf(call), call.now);
	if (before === undefined) return refuseAsOpenAi(missResponse(previous ?? '', call));
	const turns = readInput(body['input']);
	const prompt: Prompt = { ...readResponses(model, body, before, turns), twist: fault?.twist };
	const completion = complete(prompt, call.random);
	const items = buildItems(completion, body, model, call.random);
	const response = buildResponse(
		call,
		body,
		completion,
		items.map(({ value }) => value)
	);
	if (body['store'] !== false) {
		call.stored.add({
			id: stringOf(response['id']),
			scope: scopeOf(call),
			createdAt: call.now,
			previous,
			turns: [...turns, newTurn('assistant', completion.text.join(''))],
			body: response
		});
	}
	const thought = { telling: tellingOf(model, body), gemma: model.includes('google.gemma-4') };
	return finishReply(fault, {
		api: 'responses',
		streamed: body['stream'] === true,
		contentType: 'text/event-stream',
		frames: buildResponseFrames(response, items, thought, call.random),
		whole: () => newJsonReply(200, response),
		random: call.random
	});
}

/** Answers `GET …/responses/{id}`. */
export function answerStored(call: Call, id: string): Reply {
	const found = call.stored.find(id, scopeOf(call), call.now);
	return found === undefined
		? refuseAsOpenAi(missResponse(id, call))
		: newJsonReply(200, found.body);
}

/** Answers `DELETE …/responses/{id}`. */
export function deleteStored(call: Call, id: string): Reply {
	return call.stored.remove(id, scopeOf(call), call.now)
		? newJsonReply(200, { id, object: 'response', deleted: true })
		: refuseAsOpenAi(missResponse(id, call));
}

// A response is found only on the endpoint, in the region and under the prefix that gave it; a
// loopback host stands for them all.
function scopeOf({ place, region, path }: Call): string {
	return place === 'loopback'
		? place
		: `${place} ${region} ${path.slice(0, path.indexOf('/responses'))}`;
}

function missResponse(id: string, { place }: Call): Problem {
	const message = place === 'runtime' ? 'Response not found.' : `Response '${id}' not found.`;
	return { status: 404, exception: '', message };
}

function buildResponse(
	call: Call,
	request: JsonObject,
	completion: Completion,
	output: readonly JsonObject[]
): JsonObject {
	const { stop, usage } = completion;
	const reasons = { length: 'max_output_tokens', 'content-filter': 'content_filter' } as const;
	const reason = stop === 'length' || stop === 'content-filter' ? reasons[stop] : undefined;
	const reasoning = objectOf(request['reasoning']);
	return {
		id: `resp_${call.random.text(BASE32, ID_LENGTH)}`,
		object: 'response',
		created_at: Math.floor(call.now / 1000),
		status: reason === undefined ? 'completed' : 'incomplete',
		background: request['background'] === true,
		error: null,
		incomplete_details: reason === undefined ? null : { reason },
		instructions: request['instructions'] ?? null,
		max_output_tokens: numberOf(request['max_output_tokens']) ?? null,
		model: request['model'],
		output,
		parallel_tool_calls: request['parallel_tool_calls'] ?? true,
		previous_response_id: request['previous_response_id'] ?? null,
		reasoning: { effort: reasoning['effort'] ?? null, summary: reasoning['summary'] ?? null },
		service_tier: request['service_tier'] ?? 'default',
		store: request['store'] ?? true,
		temperature: request['temperature'] ?? 1,
		text: request['text'] ?? { format: { type: 'text' } },
		tool_choice: request['tool_choice'] ?? 'auto',
		tools: request['tools'] ?? [],
		top_p: request['top_p'] ?? 1,
		truncation: request['truncation'] ?? 'disabled',
		usage: {
			input_tokens: usage.input,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: usage.output,
			output_tokens_details: { reasoning_tokens: usage.reasoning },
			total_tokens: usage.input + usage.output
		},
		metadata: request['metadata'] ?? {}
	};
}
