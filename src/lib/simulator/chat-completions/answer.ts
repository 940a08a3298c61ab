import type { Call } from '../call.ts';
import { findChatProblem } from './check.ts';
import type { ThoughtPlace } from './message.ts';
import { buildDeltas, buildMessage } from './message.ts';
import { guardrailIdOf, readChat } from './request.ts';
import type { Completion, Prompt, Stop } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import { refuseAsOpenAi } from '../wire/errors.ts';
import type { Fault } from '../faults.ts';
import { findFault, finishReply } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, numberOf, objectOf, parseJson, stringOf } from '../json.ts';
import { readModelId } from '../models/families.ts';
import { refuseBrokenBody } from '../openai/request.ts';
import { newUuid } from '../random.ts';
import type { Frame, Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { encodeSse } from '../wire/sse.ts';
import { waitFor } from '../wire/waits.ts';

const finishReasons: Readonly<Record<Stop, string>> = {
	end: 'stop',
	length: 'length',
	'stop-sequence': 'stop',
	tool: 'tool_calls',
	guardrail: 'guardrail_intervened',
	'content-filter': 'content_filter'
};

/** Answers `POST …/chat/completions`. */
export function answerChat(call: Call): Reply {
	const body = parseJson(call.body);
	if (!isObject(body)) return refuseAsOpenAi(refuseBrokenBody(call.body));
	const model = stringOf(body['model']);
	const fault = findFault(model, 'chat-completions');
	const bad = fault?.answer?.('chat-completions', call.path, call.region);
	if (bad !== undefined) return bad;
	const problem = findChatProblem(model, body, fault === undefined ? call : undefined);
	if (problem !== undefined) return refuseAsOpenAi(problem);
	const prompt: Prompt = { ...readChat(model, body, call), twist: fault?.twist };
	const onRuntime = call.place === 'runtime' || /:\d+$/.test(model);
	const place = onRuntime ? 'reasoning-tags' : (readModelId(model).family?.thoughts ?? 'reasoning');
	return replyChat({ call, model, body, prompt, place, fault });
}

/** A Chat request that is sound, and where the thought of its answer goes. */
export interface ChatRequest {
	call: Call;
	model: string;
	body: JsonObject;
	prompt: Prompt;
	place: ThoughtPlace;
	fault: Fault | undefined;
}

/** The reply to a request that is sound. */
export function replyChat({ call, model, body, prompt, place, fault }: ChatRequest): Reply {
	const count = numberOf(body['n']) ?? 1;
	const completions = Array.from({ length: count }, (_, variant) =>
		complete({ ...prompt, variant }, call.random)
	);
	const id = `chatcmpl-${newUuid(call.random)}`;
	const head = { id, created: Math.floor(call.now / 1000), model };
	const chat: Chat = { call, request: body, completions, head, place };
	return finishReply(fault, {
		api: 'chat-completions',
		streamed: body['stream'] === true,
		contentType: 'text/event-stream',
		frames: buildFrames(chat),
		whole: () => newJsonReply(200, buildBody(chat)),
		random: call.random
	});
}

/** What the two forms of an answer share. */
interface Chat {
	call: Call;
	request: JsonObject;
	/** One for each choice that the request asks for. */
	completions: readonly Completion[];
	/** The members that the body and every chunk begin with. */
	head: { id: string; created: number; model: string };
	/** Where a thought goes: a field of its own, or tags inside the content. */
	place: ThoughtPlace;
}

function buildBody({ call, request, completions, head, place }: Chat): JsonObject {
	return {
		...head,
		object: 'chat.completion',
		choices: completions.map((completion, index) => ({
			// GLM 5 was seen to leave the index out.
			...(head.model !== 'zai.glm-5' && { index }),
			finish_reason: finishReasons[completion.stop],
			logprobs: null,
			message: buildMessage(completion, place)
		})),
		usage: usageOf(completions),
		...tierOf(request),
		...guardrailOf(call, completions)
	};
}

function buildFrames({ call, request, completions, head, place }: Chat): Frame[] {
	const { random } = call;
	const frames: Frame[] = [];
	const counted = objectOf(request['stream_options'])['include_usage'] === true;
	const push = (name: string, choices: object[], wait: number, rest: object = {}): void => {
		const chunk = { ...head, object: 'chat.completion.chunk', choices, ...tierOf(request) };
		const data = { ...chunk, ...(counted && { usage: null }), ...rest };
		frames.push({ name, bytes: encodeSse('', JSON.stringify(data)), wait });
	};
	const streams = completions.map((completion) => buildDeltas(completion, place, random));
	// The choices take turns, one delta each.
	for (let at = 0; streams.some((deltas) => at < deltas.length); at++) {
		for (const [index, deltas] of streams.entries()) {
			const delta = deltas[at];
			const wait = at === 0 ? 0 : waitFor(random);
			if (delta !== undefined) push('delta', [{ index, delta, finish_reason: null }], wait);
		}
	}
	for (const [index, { stop }] of completions.entries()) {
		const end = { index, delta: {}, finish_reason: finishReasons[stop] };
		push('end', [end], 0, guardrailOf(call, completions));
	}
	if (counted) push('usage', [], 0, { usage: usageOf(completions) });
	frames.push({ name: 'done', bytes: encodeSse('', '[DONE]'), wait: 0 });
	return frames;
}

function usageOf(completions: readonly Completion[]): object {
	const sum = (count: (usage: Completion['usage']) => number): number =>
		completions.reduce((total, { usage }) => total + count(usage), 0);
	const prompt_tokens = completions[0]?.usage.input ?? 0;
	const completion_tokens = sum(({ output }) => output);
	const thought = completions.some(({ reasoning }) => reasoning.length > 0);
	return {
		prompt_tokens,
		completion_tokens,
		total_tokens: prompt_tokens + completion_tokens,
		completion_tokens_details: thought
			? { reasoning_tokens: sum(({ reasoning }) => reasoning) }
			: null
	};
}

function tierOf(request: JsonObject): object {
	const tier = request['service_tier'];
	return typeof tier === 'string' ? { service_tier: tier } : {};
}

function guardrailOf(call: Call, completions: readonly Completion[]): object {
	const id = guardrailIdOf(call);
	if (id === undefined) return {};
	const intervened = completions.some(({ stop }) => stop === 'guardrail');
	const action = intervened ? 'INTERVENED' : 'NONE';
	const traced =
		call.headers.get('x-amzn-bedrock-trace')?.toUpperCase().startsWith('ENABLED') === true;
	const trace = { guardrail: { inputAssessment: { [id]: {} } } };
	return {
		'amazon-bedrock-guardrailAction': action,
		...(traced && { 'amazon-bedrock-trace': trace })
	};
}
