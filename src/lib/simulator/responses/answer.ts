import type { Completion, Prompt } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import { newTurn } from '../answers/conversation.ts';
import type { Call } from '../call.ts';
import { findFault, finishReply } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, parseJson, stringOf } from '../json.ts';
import { refuseBrokenBody } from '../openai/request.ts';
import { BASE32 } from '../random.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid, refuseAsOpenAi } from '../wire/errors.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { bodyAt, newJob } from './background.ts';
import { findOrphan, findResponsesProblem, findUndecided } from './check.ts';
import { beginOf, buildResponseFrames } from './events.ts';
import type { Item } from './items.ts';
import { buildItems, buildToolList } from './items.ts';
import { readItems, readResponses, readTurns } from './request.ts';
import { missResponse, scopeOf } from './scope.ts';
import type { StoredResponse } from './stored.ts';

const ID_LENGTH = 52;

/** Answers `POST …/responses`. */
export function answerResponses(call: Call): Reply {
	const body = parseJson(call.body);
	if (!isObject(body)) return refuseAsOpenAi(refuseBrokenBody(call.body));
	const model = stringOf(body['model']);
	const fault = findFault(model, 'responses');
	const bad = fault?.answer?.('responses', call.path, call.region);
	if (bad !== undefined) return bad;
	const problem = findResponsesProblem(model, body, fault === undefined ? call : undefined);
	if (problem !== undefined) return refuseAsOpenAi(problem);
	const chain = recall(call, body['previous_response_id']);
	if (!Array.isArray(chain)) return refuseAsOpenAi(chain);
	const input = readItems(body['input'], call.random);
	const all = [...chain.flatMap(itemsOf), ...input];
	const orphan = findOrphan(all) ?? findUndecided(all);
	if (orphan !== undefined) return refuseAsOpenAi(orphan);

	const turns = readTurns(input);
	const before = chain.flatMap((response) => response.turns);
	const prompt: Prompt = {
		...readResponses(model, body, before, turns, all, call),
		twist: fault?.twist
	};
	const completion = complete(prompt, call.random);
	const items = [
		...(all.some(({ type }) => type === 'mcp_list_tools') ? [] : listTools(prompt, call)),
		...buildItems(completion, body, model, call.random)
	];
	const response = buildResponse(call, body, completion, items);
	const frames = buildResponseFrames(response, items, call.random);
	const streamed = body['stream'] === true;
	const background = body['background'] === true;
	if (body['store'] !== false) {
		call.stored.add({
			id: stringOf(response['id']),
			scope: scopeOf(call),
			createdAt: call.now,
			previous: chain.at(-1)?.id,
			input,
			turns: [...turns, newTurn('assistant', completion.text.join(''))],
			body: response,
			job: background ? newJob(frames, call.now, call.speed, streamed) : undefined
		});
	}
	return finishReply(fault, {
		api: 'responses',
		streamed,
		contentType: 'text/event-stream',
		// Nobody waits for an answer that is written in the background.
		frames: background && !streamed ? [] : frames,
		whole: () => newJsonReply(200, background ? beginOf(response, 'queued') : response),
		random: call.random
	});
}

// The responses before this one, or what the service says where it cannot go on from them.
function recall(call: Call, id: unknown): StoredResponse[] | Problem {
	if (typeof id !== 'string') return [];
	const chain = call.stored.recall(id, scopeOf(call), call.now);
	const last = chain?.at(-1);
	if (chain === undefined || last === undefined)
		return missResponse(id, call, 'previous_response_id');
	const status = stringOf(bodyAt(last, call.now)['status']);
	return status === 'completed' || status === 'incomplete'
		? chain
		: newInvalid(`Response '${id}' is ${status} and cannot be continued.`, 'previous_response_id');
}

function itemsOf({ input, body }: StoredResponse): JsonObject[] {
	const output = Array.isArray(body['output']) ? body['output'].filter(isObject) : [];
	return [...input, ...output];
}

function listTools({ serverTools = [] }: Prompt, { random }: Call): Item[] {
	return serverTools
		.filter(({ kind, builtIn }) => kind === 'mcp' && builtIn !== true)
		.map((tool) => buildToolList(tool, random));
}

function buildResponse(
	call: Call,
	request: JsonObject,
	completion: Completion,
	items: readonly Item[]
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
		output: items.map(({ value }) => value),
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
