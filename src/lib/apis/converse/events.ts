import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import { isPlaceholder, restOf } from '../../model/json-pieces.ts';
import { stringifyJson } from '../../model/json-text.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString } from '../words.ts';
import { newDelta, newDetails, newEnd, newFields, newUsage } from '../new-events.ts';
import { parseBlock } from './blocks.ts';

/** Events of one message of a Converse stream; `event` is the message’s type. */
export function parseEvent(event: string, data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { contentBlockIndex, start, delta, stopReason, role } = data as WireEvent;
	const block = String(typeof contentBlockIndex === 'number' ? contentBlockIndex : 0);
	switch (event) {
		case 'messageStart':
			return role === undefined ? [] : [{ type: 'response-start' }];
		case 'contentBlockStart':
			return parseStart(block, start);
		case 'contentBlockDelta':
			return parseDelta(block, delta);
		case 'contentBlockStop':
			return [{ type: 'block-end', block }];
		case 'messageStop':
			return [...newDetails(restOf(data, notDetails)), ...newEnd(stopReason)];
		case 'metadata':
			return parseMetadata(data);
	}
	return [];
}

function parseStart(block: string, start: unknown): StreamEvent[] {
	const toolUse = getOwn(start, 'toolUse');
	if (!isJsonObject(toolUse)) return newFields('converse', block, restOf(start, nothing));
	const rest = restOf(toolUse, toolFields);
	return [
		{
			type: 'tool-call-start',
			block,
			id: getString(toolUse, 'toolUseId') ?? '',
			name: getString(toolUse, 'name') ?? ''
		},
		...newFields('converse', block, rest && { toolUse: rest }),
		...newFields('converse', block, restOf(start, toolUseOnly))
	];
}

function parseDelta(block: string, delta: unknown): StreamEvent[] {
	const text = getOwn(delta, 'text');
	// Nearly every delta is a text and nothing else.
	if (typeof text === 'string' && Object.keys(delta as object).length === 1) {
		return newDelta('text-delta', block, text);
	}
	const citation = getOwn(delta, 'citation');
	return [
		...newDelta('text-delta', block, text),
		...parseInput(block, getOwn(delta, 'toolUse')),
		...parseReasoning(block, getOwn(delta, 'reasoningContent')),
		...(isJsonObject(citation) && !isPlaceholder(citation)
			? newFields('converse', block, { citationsContent: { citations: [citation] } })
			: []),
		...newFields('converse', block, restOf(delta, deltaFields))
	];
}

function parseInput(block: string, toolUse: unknown): StreamEvent[] {
	const input = getOwn(toolUse, 'input') as Json | undefined;
	const rest = restOf(toolUse, toolFields);
	const events = newFields('converse', block, rest && { toolUse: rest });
	if (input === undefined || input === null || input === '') return events;
	const text = typeof input === 'string' ? input : stringifyJson(input);
	return [{ type: 'tool-call-delta', block, input: text }, ...events];
}

function parseReasoning(block: string, reasoning: unknown): StreamEvent[] {
	const signature = getString(reasoning, 'signature');
	const redacted = getString(reasoning, 'redactedContent');
	const rest = restOf(reasoning, reasoningFields);
	return [
		...newDelta('reasoning-delta', block, getOwn(reasoning, 'text')),
		...(signature ? [{ type: 'reasoning-seal', block, signature } as const] : []),
		...(redacted ? [{ type: 'reasoning-seal', block, redacted } as const] : []),
		...newFields('converse', block, rest && { reasoningContent: rest })
	];
}

function parseMetadata(data: JsonObject): StreamEvent[] {
	const { usage } = data as WireEvent;
	const details = newDetails(restOf(data, notDetails));
	if (!isJsonObject(usage) || isPlaceholder(usage)) return details;
	const counts = {
		input: usage.inputTokens,
		output: usage.outputTokens,
		cacheRead: usage.cacheReadInputTokens,
		cacheWrite: usage.cacheWriteInputTokens
	};
	return [newUsage(counts, usage), ...details];
}

/** Events of a whole Converse answer: the same as its stream would have given. */
export function parseBody(data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const message = getOwn(getOwn(data, 'output'), 'message');
	const content = getOwn(message, 'content');
	return [
		...(Array.isArray(content)
			? content.flatMap((wire: Json, index) => parseBlock(String(index), wire))
			: []),
		...parseMetadata(data),
		...newEnd(data.stopReason)
	];
}

const nothing = new Set<string>();
const toolUseOnly = new Set(['toolUse']);
const toolFields = new Set(['toolUseId', 'name', 'input']);
const reasoningFields = new Set(['text', 'signature', 'redactedContent']);
const deltaFields = new Set(['text', 'toolUse', 'reasoningContent', 'citation']);
// `p` is padding against guessing a text by the length of its frames.
const notDetails = new Set(['output', 'stopReason', 'usage', 'p']);

interface WireEvent {
	contentBlockIndex?: unknown;
	start?: unknown;
	delta?: unknown;
	stopReason?: unknown;
	role?: unknown;
	usage?: JsonObject;
}
