import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import { isPlaceholder, restOf } from '../../model/json-pieces.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString } from '../words.ts';
import {
	newDelta,
	newDetails,
	newEnd,
	newError,
	newFields,
	newStart,
	newUsage
} from '../new-events.ts';

// One of each at most: an answer's content has no blocks.
const textBlock = 'content';
const reasoningBlock = 'reasoning';
const refusalBlock = 'refusal';

/** Events of one chunk of a stream. */
export function parseEvent(_event: string, data: unknown): StreamEvent[] {
	return parseAnswer(data, 'delta');
}

/** Events of a whole answer: the same as its stream would have given. */
export function parseBody(data: unknown): StreamEvent[] {
	return parseAnswer(data, 'message');
}

function parseAnswer(data: unknown, field: 'delta' | 'message'): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { choices, usage } = data;
	const events = newStart(data);
	if (Array.isArray(choices)) {
		for (let place = 0; place < choices.length; place++) {
			for (const event of parseChoice(choices[place], place, field, data)) events.push(event);
		}
	}
	if (isJsonObject(usage) && !isPlaceholder(usage)) events.push(parseUsage(usage));
	events.push(...newDetails(parseDetails(data)));
	return events;
}

function parseChoice(
	choice: Json | undefined,
	place: number,
	field: 'delta' | 'message',
	data: JsonObject
): StreamEvent[] {
	if (!isJsonObject(choice)) return [];
	const { index, finish_reason: reason, error } = choice;
	const events = parseMessage(choice[field], field === 'delta');
	const hasError = !isPlaceholder(error);
	if (hasError || reason === 'error') {
		events.push(newError(hasError ? error : (data.error ?? null), choice));
	} else if (typeof reason === 'string' && reason !== '') {
		events.push({ type: 'block-end', block: textBlock }, ...newEnd(reason));
	}
	events.push(...newDetails(restOf(choice, choiceFields), field === 'delta'));
	const number = typeof index === 'number' ? index : place;
	return number === 0 ? events : events.map((event) => ofChoice(event, number));
}

/** An event of an answer beside the first. What is said beside it, and its failure, stand among the details of all. */
function ofChoice(event: StreamEvent, choice: number): StreamEvent {
	if (event.type === 'details') {
		return { ...event, values: { [`choices[${choice}]`]: event.values } };
	}
	if (event.type !== 'error') return { ...event, choice };
	const { code, message } = event.error;
	const error = { ...(code !== undefined && { code }), message };
	return { type: 'details', values: { [`choices[${choice}]`]: { error } } };
}

function parseMessage(message: Json | undefined, isPiece: boolean): StreamEvent[] {
	if (!isJsonObject(message)) return [];
	const { content, refusal, tool_calls, annotations } = message;
	// Each server has one of these names, and some send the same thoughts under two.
	const thoughts = message.reasoning || message.reasoning_content || message.reasoning_text;
	const text = Array.isArray(content)
		? content.flatMap(parseContent)
		: newDelta('text-delta', textBlock, content);
	const details = restOf(message, messageFields);
	// Nearly every piece is a text and nothing else.
	if (!thoughts && !refusal && !annotations && !tool_calls && details === undefined) return text;
	return [
		...newDelta('reasoning-delta', reasoningBlock, thoughts),
		...text,
		...newDelta('refusal-delta', refusalBlock, refusal),
		...(Array.isArray(annotations) && annotations.length > 0
			? newFields('chat-completions', textBlock, { annotations })
			: []),
		...(Array.isArray(tool_calls) ? tool_calls.flatMap(parseCall) : []),
		...newDetails(details, isPiece)
	];
}

/** A piece of a content that is a list: texts are one text, anything else is kept as it is. */
function parseContent(piece: Json, place: number): StreamEvent[] {
	const text = getString(piece, 'text');
	if (text !== undefined) return newDelta('text-delta', textBlock, text);
	return newFields('chat-completions', `${textBlock} ${place}`, restOf(piece, new Set()));
}

function parseCall(call: Json, place: number): StreamEvent[] {
	if (!isJsonObject(call)) return [];
	const { index, type } = call;
	// A call that is not streamed has no index.
	const block = `tool ${typeof index === 'number' ? index : place}`;
	const called = call.function;
	if (called === undefined && typeof type === 'string' && type !== 'function') {
		return newFields('chat-completions', block, restOf(call, new Set(['index'])));
	}
	const id = getString(call, 'id') ?? '';
	const name = getString(called, 'name') ?? '';
	const input = getString(called, 'arguments') ?? '';
	const inner = restOf(called, new Set(['name', 'arguments']));
	const fields = { ...restOf(call, callFields), ...(inner && { function: inner }) };
	const events: StreamEvent[] = [];
	if (name !== '' || id !== '') events.push({ type: 'tool-call-start', block, id, name });
	if (input !== '') events.push({ type: 'tool-call-delta', block, input });
	return [
		...events,
		...(Object.keys(fields).length > 0 ? newFields('chat-completions', block, fields) : [])
	];
}

/** What is said beside the answer. Guardrails call theirs `amazon-bedrock-trace` here, and `trace` elsewhere. */
function parseDetails(data: JsonObject): JsonObject | undefined {
	const details = restOf(data, answerFields);
	if (details === undefined || !('amazon-bedrock-trace' in details)) return details;
	const { 'amazon-bedrock-trace': trace, ...rest } = details;
	return { ...rest, ...(trace !== undefined && { trace }) };
}

function parseUsage(usage: JsonObject): StreamEvent {
	const counts = {
		input: usage.prompt_tokens,
		output: usage.completion_tokens,
		reasoning: getOwn(usage.completion_tokens_details, 'reasoning_tokens'),
		cacheRead: getOwn(usage.prompt_tokens_details, 'cached_tokens'),
		cacheWrite: getOwn(usage.prompt_tokens_details, 'cache_write_tokens')
	};
	return newUsage(counts, usage);
}

const answerFields = new Set([
	'id',
	'object',
	'created',
	'model',
	'choices',
	'usage',
	'error',
	// Padding against guessing a text by the length of its chunks.
	'obfuscation'
]);
const choiceFields = new Set(['index', 'delta', 'message', 'finish_reason', 'error']);
const messageFields = new Set([
	'role',
	'content',
	'reasoning',
	'reasoning_content',
	'reasoning_text',
	'refusal',
	'tool_calls',
	'annotations'
]);
const callFields = new Set(['index', 'id', 'type', 'function']);
