import type { StreamEvent } from '../../model/event.ts';
import { isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { newOpaquePart, newUsage } from '../words.ts';

/** Events of one message of a Converse stream; `event` is the message’s type. */
export function parseEvent(event: string, data: unknown): StreamEvent[] {
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

/** Events of a whole Converse answer: the same as its stream would have given. */
export function parseBody(data: unknown): StreamEvent[] {
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
	return [{ type: 'part', block, part: newOpaquePart('converse', wire) }];
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
