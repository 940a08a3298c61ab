import type { Call } from '../call.ts';
import type { Completion, Prompt, Stop } from '../answers/completion.ts';
import { complete } from '../answers/completion.ts';
import { findConverseProblem } from './check.ts';
import { readConverse } from './request.ts';
import { refuseNatively } from '../wire/errors.ts';
import { encodeEvent } from '../wire/event-stream.ts';
import { finishReply, findFault } from '../faults.ts';
import type { JsonObject } from '../json.ts';
import { isObject, objectOf, parseJson, stringOf, stringsOf } from '../json.ts';
import { findRuntimeProblem } from '../models/rules.ts';
import type { Random } from '../random.ts';
import { BASE62 } from '../random.ts';
import type { Frame, Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';
import { groupPieces, splitPieces } from '../answers/tokens.ts';
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
	const bad = fault?.answer?.('converse', call.path);
	if (bad !== undefined) return bad;
	const problem =
		(fault === undefined ? findRuntimeProblem(modelId, 'converse', call) : undefined) ??
		findConverseProblem(modelId, body);
	if (problem !== undefined) return refuseNatively(problem);
	const prompt: Prompt = { ...readConverse(modelId, body), twist: fault?.twist };
	const completion = complete(prompt, call.random);
	const frames = buildFrames(completion, body, modelId, call.random);
	return finishReply(fault, {
		api: 'converse',
		streamed,
		contentType: 'application/vnd.amazon.eventstream',
		frames,
		whole: () => newJsonReply(200, buildBody(completion, body, modelId, frames, call.random)),
		random: call.random
	});
}

function buildBody(
	completion: Completion,
	request: JsonObject,
	modelId: string,
	frames: readonly Frame[],
	random: Random
): JsonObject {
	const content: object[] = [];
	const thought = completion.reasoning.join('');
	const text = completion.text.join('');
	if (thought !== '') {
		const signature = signatureFor(modelId, random);
		content.push({ reasoningContent: { reasoningText: { text: thought, ...signature } } });
	}
	if (text !== '') content.push({ text });
	for (const { id, name, input } of completion.calls) {
		content.push({ toolUse: { toolUseId: `tooluse_${id}`, name, input: parseJson(input) } });
	}
	return {
		metrics: { latencyMs: totalWait(frames) },
		output: { message: { content, role: 'assistant' } },
		...endOf(completion, request),
		...traceOf(completion, request),
		usage: usageOf(completion)
	};
}

function buildFrames(
	completion: Completion,
	request: JsonObject,
	modelId: string,
	random: Random
): Frame[] {
	const frames: Frame[] = [];
	const push = (name: string, payload: object, wait = 0): void => {
		const p = PADDING.slice(0, random.int(1, PADDING.length));
		frames.push({ name, bytes: encodeEvent(name, { ...payload, p }), wait });
	};
	let contentBlockIndex = 0;
	const pushBlock = (deltas: readonly object[], start?: object): void => {
		if (start !== undefined) push('contentBlockStart', { contentBlockIndex, start });
		for (const delta of deltas) {
			push('contentBlockDelta', { contentBlockIndex, delta }, waitFor(random));
		}
		push('contentBlockStop', { contentBlockIndex });
		contentBlockIndex++;
	};
	push('messageStart', { role: 'assistant' });
	if (completion.reasoning.length > 0) {
		const deltas = completion.reasoning.map((text) => ({ reasoningContent: { text } }));
		const seal = signatureFor(modelId, random);
		pushBlock([...deltas, ...('signature' in seal ? [{ reasoningContent: seal }] : [])]);
	}
	if (completion.text.length > 0) pushBlock(completion.text.map((text) => ({ text })));
	for (const { id, name, input } of completion.calls) {
		const parts = groupPieces(splitPieces(input), random);
		pushBlock(
			parts.map((part) => ({ toolUse: { input: part } })),
			{ toolUse: { toolUseId: `tooluse_${id}`, name } }
		);
	}
	push('messageStop', endOf(completion, request));
	const usage = usageOf(completion);
	const metrics = { latencyMs: totalWait(frames) };
	push('metadata', { usage, metrics, ...traceOf(completion, request) });
	return frames;
}

function endOf({ stop, stopSequence }: Completion, request: JsonObject): object {
	const asked = stringsOf(request['additionalModelResponseFieldPaths']).includes('/stop_sequence');
	const fields = { stop_sequence: stopSequence ?? null };
	return { stopReason: stopReasons[stop], ...(asked && { additionalModelResponseFields: fields }) };
}

function usageOf({ usage }: Completion): object {
	return {
		inputTokens: usage.input,
		outputTokens: usage.output,
		totalTokens: usage.input + usage.output,
		cacheReadInputTokens: 0,
		cacheWriteInputTokens: 0,
		serverToolUsage: {}
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

// Only Claude signs its thoughts.
function signatureFor(modelId: string, random: Random): { signature?: string } {
	return modelId.includes('anthropic.') ? { signature: `${random.text(BASE62, 96)}==` } : {};
}
