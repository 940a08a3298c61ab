import type { Call } from '../call.ts';
import { findChatProblem } from './check.ts';
import { guardrailIdOf, readChat } from './request.ts';
import type { Completion, Prompt, Stop } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import { refuseAsOpenAi } from '../wire/errors.ts';
import { findFault, finishReply } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, objectOf, parseJson, stringOf } from '../json.ts';
import { refuseBrokenBody } from '../openai/request.ts';
import { newUuid } from '../random.ts';
import type { Frame, Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { encodeSse } from '../wire/sse.ts';
import { groupPieces, splitPieces } from '../answers/tokens.ts';
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
	const bad = fault?.answer?.('chat-completions', call.path);
	if (bad !== undefined) return bad;
	const problem = findChatProblem(model, body, fault === undefined ? call : undefined);
	if (problem !== undefined) return refuseAsOpenAi(problem);
	const prompt: Prompt = { ...readChat(model, body, call), twist: fault?.twist };
	const completion = complete(prompt, call.random);
	const chat = newChat(call, model, body, completion, prompt.thinks);
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
	completion: Completion;
	/** The members that the body and every chunk begin with. */
	head: { id: string; created: number; model: string };
	/** Where a thought goes: a field of its own, or tags inside the content. */
	tagged: boolean;
}

function newChat(
	call: Call,
	model: string,
	request: JsonObject,
	completion: Completion,
	thinks: boolean
): Chat {
	const id = `chatcmpl-${newUuid(call.random)}`;
	return {
		call,
		request,
		completion,
		head: { id, created: Math.floor(call.now / 1000), model },
		tagged: thinks && (call.place === 'runtime' || /:\d+$/.test(model))
	};
}

function buildBody({ call, request, completion, head, tagged }: Chat): JsonObject {
	const thought = completion.reasoning.join('');
	const text = completion.text.join('');
	const content = tagged && thought !== '' ? `<reasoning>${thought}</reasoning>${text}` : text;
	const calls = completion.calls.map(({ id, name, input }) => ({
		id: `call_${id}`,
		type: 'function',
		function: { name, arguments: input }
	}));
	const message = {
		role: 'assistant',
		content: completion.refused || calls.length > 0 ? null : content,
		refusal: completion.refused ? text : null,
		...(!tagged && thought !== '' && { reasoning: thought }),
		...(calls.length > 0 && { tool_calls: calls })
	};
	// GLM 5 was seen to leave the index out.
	const index = head.model === 'zai.glm-5' ? {} : { index: 0 };
	return {
		...head,
		object: 'chat.completion',
		choices: [{ ...index, finish_reason: finishReasons[completion.stop], logprobs: null, message }],
		usage: usageOf(completion),
		...tierOf(request),
		...guardrailOf(call, completion)
	};
}

function buildFrames({ call, request, completion, head, tagged }: Chat): Frame[] {
	const { random } = call;
	const frames: Frame[] = [];
	const counted = objectOf(request['stream_options'])['include_usage'] === true;
	const push = (name: string, choices: object[], wait: number, rest: object = {}): void => {
		const chunk = { ...head, object: 'chat.completion.chunk', choices, ...tierOf(request) };
		const data = { ...chunk, ...(counted && { usage: null }), ...rest };
		frames.push({ name, bytes: encodeSse('', JSON.stringify(data)), wait });
	};
	const pushDelta = (delta: object, wait = waitFor(random)): void => {
		push('delta', [{ index: 0, delta, finish_reason: null }], wait);
	};
	pushDelta({ role: 'assistant', content: '' }, 0);
	for (const delta of buildDeltas(completion, tagged)) pushDelta(delta);
	for (const [index, { id, name, input }] of completion.calls.entries()) {
		const start = { index, id: `call_${id}`, type: 'function', function: { name, arguments: '' } };
		pushDelta({ tool_calls: [start] });
		for (const part of groupPieces(splitPieces(input), random)) {
			pushDelta({ tool_calls: [{ index, function: { arguments: part } }] });
		}
	}
	const end = { index: 0, delta: {}, finish_reason: finishReasons[completion.stop] };
	push('end', [end], 0, guardrailOf(call, completion));
	if (counted) push('usage', [], 0, { usage: usageOf(completion) });
	frames.push({ name: 'done', bytes: encodeSse('', '[DONE]'), wait: 0 });
	return frames;
}

function buildDeltas({ reasoning, text, refused }: Completion, tagged: boolean): object[] {
	if (refused) return text.map((refusal) => ({ refusal }));
	const said = text.map((content) => ({ content }));
	if (reasoning.length === 0) return said;
	if (!tagged) return [...reasoning.map((thought) => ({ reasoning: thought })), ...said];
	const thought = ['<rea', 'soning>', ...reasoning, '</reason', 'ing>'];
	return [...thought.map((content) => ({ content })), ...said];
}

function usageOf({ usage, reasoning }: Completion): object {
	return {
		prompt_tokens: usage.input,
		completion_tokens: usage.output,
		total_tokens: usage.input + usage.output,
		completion_tokens_details: reasoning.length > 0 ? { reasoning_tokens: usage.reasoning } : null
	};
}

function tierOf(request: JsonObject): object {
	const tier = request['service_tier'];
	return typeof tier === 'string' ? { service_tier: tier } : {};
}

function guardrailOf(call: Call, { stop }: Completion): object {
	const id = guardrailIdOf(call);
	if (id === undefined) return {};
	const action = stop === 'guardrail' ? 'INTERVENED' : 'NONE';
	const traced =
		call.headers.get('x-amzn-bedrock-trace')?.toUpperCase().startsWith('ENABLED') === true;
	const trace = { guardrail: { inputAssessment: { [id]: {} } } };
	return {
		'amazon-bedrock-guardrailAction': action,
		...(traced && { 'amazon-bedrock-trace': trace })
	};
}
