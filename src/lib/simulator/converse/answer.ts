import type { Call } from '../call.ts';
import type { Completion, Prompt, Stop } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import type { Block } from './blocks.ts';
import { buildBlocks } from './blocks.ts';
import { findConverseProblem } from './check.ts';
import { readConverse } from './request.ts';
import { refuseNatively } from '../wire/errors.ts';
import { encodeEvent } from '../wire/event-stream.ts';
import { finishReply, findFault } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, objectOf, parseJson, stringOf, stringsOf } from '../json.ts';
import { findRuntimeProblem } from '../models/rules.ts';
import type { Random } from '../random.ts';
import type { Frame, Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { totalWait, waitFor } from '../wire/waits.ts';

const PADDING = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const stopReasons: Readonly<Record<Stop, string>> = {
	end: 'end_turn',
	length: 'max_tokens',
	'stop-sequence': 'stop_sequence',
	tool: 'tool_use',
	guardrail: 'guardrail_intervened',
	'content-filter': 'content_filtered'
};

/** Answers `/model/{modelId}/converse` or `/converse-stream`. */
export function answerConverse(call: Call, modelId: string, streamed: boolean): Reply {
	const body = parseJson(call.body);
	if (!isObject(body)) {
		return refuseNatively({
			status: 400,
			exception: 'SerializationException',
			message: 'The request body is not valid JSON.'
		});
	}
	const fault = findFault(modelId, 'converse');
	const bad = fault?.answer?.('converse', call.path, call.region);
	if (bad !== undefined) return bad;
	const problem =
		(fault === undefined ? findRuntimeProblem(modelId, 'converse', call) : undefined) ??
		findConverseProblem(modelId, body);
	if (problem !== undefined) return refuseNatively(problem);
	const { region, random } = call;
	const prompt: Prompt = { ...readConverse(modelId, body), region, twist: fault?.twist };
	const completion = complete(prompt, random);
	const blocks = buildBlocks(completion, modelId, random);
	const frames = buildFrames(completion, blocks, body, random);
	return finishReply(fault, {
		api: 'converse',
		streamed,
		contentType: 'application/vnd.amazon.eventstream',
		frames,
		whole: () => newJsonReply(200, buildBody(completion, blocks, body, frames)),
		random
	});
}

function buildBody(
	completion: Completion,
	blocks: readonly Block[],
	request: JsonObject,
	frames: readonly Frame[]
): JsonObject {
	return {
		metrics: { latencyMs: totalWait(frames) },
		output: { message: { content: blocks.map(({ whole }) => whole), role: 'assistant' } },
		...endOf(completion, request),
		...echoOf(completion, request),
		usage: usageOf(completion)
	};
}

function buildFrames(
	completion: Completion,
	blocks: readonly Block[],
	request: JsonObject,
	random: Random
): Frame[] {
	const frames: Frame[] = [];
	const push = (name: string, payload: object, wait = 0): void => {
		const p = PADDING.slice(0, random.int(1, PADDING.length));
		frames.push({ name, bytes: encodeEvent(name, { ...payload, p }), wait });
	};
	push('messageStart', { role: 'assistant' });
	for (const [contentBlockIndex, { start, deltas }] of blocks.entries()) {
		if (start !== undefined) push('contentBlockStart', { contentBlockIndex, start });
		for (const delta of deltas) {
			push('contentBlockDelta', { contentBlockIndex, delta }, waitFor(random));
		}
		push('contentBlockStop', { contentBlockIndex });
	}
	push('messageStop', endOf(completion, request));
	const usage = usageOf(completion);
	const metrics = { latencyMs: totalWait(frames) };
	push('metadata', { usage, metrics, ...echoOf(completion, request) });
	return frames;
}

function endOf({ stop, stopSequence }: Completion, request: JsonObject): object {
	const asked = stringsOf(request['additionalModelResponseFieldPaths']).includes('/stop_sequence');
	const fields = { stop_sequence: stopSequence ?? null };
	return { stopReason: stopReasons[stop], ...(asked && { additionalModelResponseFields: fields }) };
}

function usageOf({ usage, served }: Completion): object {
	return {
		inputTokens: usage.input,
		outputTokens: usage.output,
		totalTokens: usage.input + usage.output,
		cacheReadInputTokens: 0,
		cacheWriteInputTokens: 0,
		serverToolUsage: served.length > 0 ? { invocations: served.length } : {}
	};
}

// What the service says back of the request: the guardrail's trace, the tier, the latency.
function echoOf(completion: Completion, { serviceTier, performanceConfig, ...rest }: JsonObject) {
	return {
		...traceOf(completion, rest),
		...(isObject(serviceTier) && { serviceTier }),
		...(isObject(performanceConfig) && { performanceConfig })
	};
}

function traceOf({ stop }: Completion, request: JsonObject): object {
	const config = objectOf(request['guardrailConfig']);
	const id = stringOf(config['guardrailIdentifier']);
	if (!/^enabled/.test(stringOf(config['trace']))) return {};
	const found = { match: 'blockme', action: 'BLOCKED', detected: true };
	const assessment = stop === 'guardrail' ? { wordPolicy: { customWords: [found] } } : {};
	return { trace: { guardrail: { inputAssessment: { [id]: assessment } } } };
}
