import type { Draft, Message, Part } from '../model/draft.ts';
import type { StreamEvent } from '../model/event.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { familyOf } from '../model/model-id.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest, Target } from '../model/request.ts';
import { ReadError } from './api.ts';
import type { Api, Loss, Param } from './api.ts';
import {
	completeGuess,
	findExtraLosses,
	matchPath,
	newOpaqueMessage,
	newUsage,
	readBody,
	readParams,
	readTarget,
	sayOpaqueMessage,
	sayParams,
	sayWithExtra
} from './words.ts';

const params: readonly Param[] = [
	{
		name: 'temperature',
		path: ['inferenceConfig', 'temperature'],
		group: 'sampling',
		kind: 'number',
		min: 0,
		max: 1,
		initial: 0.7
	},
	{
		name: 'topP',
		path: ['inferenceConfig', 'topP'],
		group: 'sampling',
		kind: 'number',
		min: 0,
		max: 1,
		initial: 0.9
	},
	{
		name: 'maxTokens',
		path: ['inferenceConfig', 'maxTokens'],
		group: 'length',
		kind: 'integer',
		min: 1,
		initial: 2048
	},
	{
		name: 'stopSequences',
		path: ['inferenceConfig', 'stopSequences'],
		group: 'length',
		kind: 'strings',
		max: 4
	}
];

/** Bedrock's own API for all models that chat, streamed as binary event-stream messages. */
export const converse: Api = {
	id: 'converse',
	label: 'Converse',
	docs: 'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html',
	params,
	system: 'System',
	chains: false,
	build,
	read,
	parseEvent,
	parseBody
};

function build(draft: Draft, target: Target): { request: HttpRequest; losses: Loss[] } {
	const losses: Loss[] = [];
	if (draft.chain !== undefined) losses.push({ code: 'chain' });
	const operation = draft.stream === true ? 'converse-stream' : 'converse';
	const body = sayDraft(draft, losses);
	losses.push(...findExtraLosses('converse', draft, draft.messages, body));
	const request: HttpRequest = {
		method: 'POST',
		// One segment: the slashes of an ARN become %2F.
		url: `${target.base}/model/${encodeURIComponent(draft.model.toWellFormed())}/${operation}`,
		headers: {
			'Content-Type': 'application/json',
			...(draft.stream === true && { Accept: 'application/vnd.amazon.eventstream' })
		},
		body: stringifyBody(body)
	};
	return { request, losses };
}

function sayDraft(draft: Draft, losses: Loss[]): JsonObject {
	const { system, guardrail } = draft;
	const messages = draft.messages.flatMap((message) => sayMessage(message, draft.model, losses));
	const lead = system === undefined ? [] : sayParts(system, draft.model, losses);
	return sayWithExtra('converse', draft, {
		...(messages.length > 0 && { messages }),
		...(lead.length > 0 && { system: lead }),
		...sayParams(draft, params, losses),
		...(guardrail !== undefined && {
			guardrailConfig: {
				guardrailIdentifier: guardrail.id,
				guardrailVersion: guardrail.version,
				...(guardrail.trace !== undefined && { trace: guardrail.trace })
			}
		})
	});
}

/** The one message, or none: what another API kept whole, or an answer of which nothing goes back. */
function sayMessage(message: Message, model: string, losses: Loss[]): Json[] {
	const whole = sayOpaqueMessage('converse', message);
	if (whole !== undefined) return [whole];
	const content = sayParts(message, model, losses);
	if (content.length === 0 && message.parts.length > 0) return [];
	return [sayWithExtra('converse', message, { role: sayRole(message.role, losses), content })];
}

function sayRole(role: Message['role'], losses: Loss[]): string {
	if (role === 'user' || role === 'assistant' || role === 'system') return role;
	losses.push({ code: 'role', role });
	return role === 'developer' ? 'system' : 'user';
}

function sayParts(message: Message, model: string, losses: Loss[]): Json[] {
	return message.parts.flatMap((part) => {
		if (part.type === 'reasoning' && isForeign(part, message, model)) return [];
		const said = sayPart(part);
		if (said === undefined) losses.push({ code: 'part', type: part.type });
		return said === undefined ? [] : [said];
	});
}

/** Reasoning of an answer goes back only sealed by this API, and only to the family of models that sealed it. */
function isForeign(part: Part & { type: 'reasoning' }, message: Message, model: string): boolean {
	const sealed = part.signature !== undefined || part.redacted !== undefined;
	if (message.from === undefined) return part.encrypted !== undefined && !sealed;
	return !sealed || familyOf(message.from.model) !== familyOf(model);
}

function sayPart(part: Part): Json | undefined {
	switch (part.type) {
		case 'text':
		case 'refusal':
			return sayWithExtra('converse', part, { text: part.text });
		case 'reasoning':
			return sayWithExtra('converse', part, { reasoningContent: sayReasoning(part) });
		case 'tool-call': {
			const input = parseInput(part.input);
			if (input === undefined) return undefined;
			const toolUse = { toolUseId: part.id, name: part.name, input };
			return sayWithExtra('converse', part, { toolUse });
		}
		case 'opaque':
			return part.api === 'converse' ? part.value : undefined;
	}
}

function sayReasoning({ text, signature, redacted }: Part & { type: 'reasoning' }): JsonObject {
	if (redacted !== undefined) return { redactedContent: redacted };
	return { reasoningText: { text, ...(signature !== undefined && { signature }) } };
}

/** A tool call's input as a value; an empty text means no arguments. Undefined where it is not JSON. */
function parseInput(input: string): Json | undefined {
	if (input === '') return {};
	try {
		return JSON.parse(input) as Json;
	} catch {
		return undefined;
	}
}

function read(request: HttpRequest): Draft {
	// An ARN whose slash was not encoded is understood, and built as it should have been.
	const [, model = '', operation] = matchPath(
		request,
		/\/model\/(.+)\/(converse|converse-stream)$/
	);
	const body = readBody(request);
	const { messages, system } = body;
	const draft: Draft = {
		model: decodeModel(model),
		...readTarget(request),
		...(operation === 'converse-stream' && { stream: true }),
		...(Array.isArray(system) &&
			system.length > 0 && { system: { id: '', role: 'system', parts: system.map(readPart) } }),
		messages: Array.isArray(messages) ? messages.map(readMessage) : [],
		params: readParams(body, params),
		...readGuardrail(body.guardrailConfig)
	};
	return completeGuess('converse', body, draft, (guess) => sayDraft(guess, [])) ?? draft;
}

function decodeModel(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		throw new ReadError('wrong-path');
	}
}

function readGuardrail(config: Json | undefined): Pick<Draft, 'guardrail'> {
	const id = getOwn(config, 'guardrailIdentifier');
	const version = getOwn(config, 'guardrailVersion');
	const trace = getOwn(config, 'trace');
	if (typeof id !== 'string' || typeof version !== 'string') return {};
	return { guardrail: { id, version, ...(typeof trace === 'string' && { trace }) } };
}

function readMessage(wire: Json): Message {
	const role = getOwn(wire, 'role');
	const content = getOwn(wire, 'content');
	const whole = newOpaqueMessage('converse', wire);
	if (role !== 'user' && role !== 'assistant' && role !== 'system') return whole;
	if (!Array.isArray(content)) return whole;
	const guess: Message = { id: '', role, parts: content.map(readPart) };
	return completeGuess('converse', wire, guess, (one) => sayMessage(one, '', [])[0]) ?? whole;
}

function readPart(wire: Json): Part {
	const guess = guessPart(wire);
	const part = guess && completeGuess('converse', wire, guess, sayPart);
	return part ?? { type: 'opaque', api: 'converse', value: wire };
}

function guessPart(wire: Json): Part | undefined {
	if (!isJsonObject(wire)) return undefined;
	const { text, reasoningContent, toolUse } = wire as WireBlock;
	if (typeof text === 'string') return { type: 'text', text };
	if (isJsonObject(toolUse)) {
		const { toolUseId, name, input } = toolUse;
		if (typeof toolUseId !== 'string' || typeof name !== 'string') return undefined;
		return { type: 'tool-call', id: toolUseId, name, input: JSON.stringify(input ?? {}) };
	}
	if (!isJsonObject(reasoningContent)) return undefined;
	const { reasoningText, redactedContent }: WireReasoning = reasoningContent;
	if (typeof redactedContent === 'string') {
		return { type: 'reasoning', text: '', redacted: redactedContent };
	}
	if (typeof reasoningText?.text !== 'string') return undefined;
	const { signature } = reasoningText;
	return {
		type: 'reasoning',
		text: reasoningText.text,
		...(typeof signature === 'string' && { signature })
	};
}

function parseEvent(event: string, data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { contentBlockIndex, start, delta, stopReason, role } = data as WireEvent;
	const block = String(contentBlockIndex);
	switch (event) {
		case 'messageStart':
			return role === undefined ? [] : [{ type: 'response-start' }];
		case 'contentBlockStart':
			return parseToolStart(block, start?.toolUse);
		case 'contentBlockDelta':
			return isJsonObject(delta) ? parseDelta(block, delta) : [];
		case 'contentBlockStop':
			return [{ type: 'block-end', block }];
		case 'messageStop':
			return [{ type: 'response-end', reason: String(stopReason) }];
		case 'metadata':
			return parseMetadata(data);
	}
	return [];
}

function parseToolStart(block: string, toolUse: WireToolUse | undefined): StreamEvent[] {
	if (!isJsonObject(toolUse)) return [];
	return [
		{
			type: 'tool-call-start',
			block,
			id: String(toolUse.toolUseId),
			name: String(toolUse.name)
		}
	];
}

function parseDelta(block: string, delta: WireBlock): StreamEvent[] {
	const { text, reasoningContent, toolUse } = delta;
	const events: StreamEvent[] = [];
	if (typeof text === 'string') events.push({ type: 'text-delta', block, text });
	if (typeof toolUse?.input === 'string') {
		events.push({ type: 'tool-call-delta', block, input: toolUse.input });
	}
	if (isJsonObject(reasoningContent)) events.push(...parseReasoning(block, reasoningContent));
	return events;
}

/** Reasoning of a delta and of a whole block: they differ only in whether `reasoningText` stands around it. */
function parseReasoning(block: string, reasoning: WireReasoning): StreamEvent[] {
	const { text, signature } = reasoning.reasoningText ?? reasoning;
	const { redactedContent } = reasoning;
	const events: StreamEvent[] = [];
	if (typeof text === 'string') events.push({ type: 'reasoning-delta', block, text });
	if (typeof signature === 'string') events.push({ type: 'reasoning-seal', block, signature });
	if (typeof redactedContent === 'string') {
		events.push({ type: 'reasoning-seal', block, redacted: redactedContent });
	}
	return events;
}

function parseMetadata(data: JsonObject): StreamEvent[] {
	const { usage, trace } = data as WireEvent;
	const events: StreamEvent[] = [];
	if (isJsonObject(usage)) {
		const counts = {
			input: usage.inputTokens,
			output: usage.outputTokens,
			cacheRead: usage.cacheReadInputTokens,
			cacheWrite: usage.cacheWriteInputTokens
		};
		events.push(newUsage(counts, usage));
	}
	if (trace !== undefined) events.push({ type: 'trace', value: trace });
	return events;
}

function parseBody(data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { output, stopReason } = data as WireEvent;
	const content = output?.message?.content;
	const events: StreamEvent[] = Array.isArray(content)
		? content.flatMap((wire, index) => parseBlock(String(index), wire))
		: [];
	if (typeof stopReason === 'string') events.push({ type: 'response-end', reason: stopReason });
	return [...events, ...parseMetadata(data)];
}

function parseBlock(block: string, wire: Json): StreamEvent[] {
	if (!isJsonObject(wire)) return [];
	const { text, reasoningContent, toolUse } = wire as WireBlock;
	if (typeof text === 'string') {
		return [
			{ type: 'text-delta', block, text },
			{ type: 'block-end', block }
		];
	}
	if (isJsonObject(reasoningContent)) return parseReasoning(block, reasoningContent);
	if (isJsonObject(toolUse)) {
		const input = JSON.stringify(toolUse.input ?? {});
		return [...parseToolStart(block, toolUse), { type: 'tool-call-delta', block, input }];
	}
	return [{ type: 'part', block, part: { type: 'opaque', api: 'converse', value: wire } }];
}

interface WireToolUse {
	toolUseId?: unknown;
	name?: unknown;
	input?: unknown;
}

interface WireReasoning {
	text?: unknown;
	signature?: unknown;
	reasoningText?: { text?: unknown; signature?: unknown };
	redactedContent?: unknown;
}

interface WireBlock {
	text?: unknown;
	reasoningContent?: WireReasoning;
	toolUse?: WireToolUse;
}

interface WireEvent {
	contentBlockIndex?: unknown;
	start?: { toolUse?: WireToolUse };
	delta?: WireBlock;
	stopReason?: unknown;
	role?: unknown;
	output?: { message?: { content?: Json } };
	usage?: JsonObject;
	trace?: Json;
}
