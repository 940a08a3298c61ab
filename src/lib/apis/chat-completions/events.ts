import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString, newDelta, newStart, newUsage } from '../words.ts';

// One text at most: an answer's content has no blocks.
const textBlock = 'content';

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
	const { choices, usage, 'amazon-bedrock-trace': trace } = data as WireAnswer;
	const events = [newStart(data)];
	const choice = Array.isArray(choices) ? choices[0] : undefined;
	const message = choice?.[field];
	if (isJsonObject(message)) events.push(...parseMessage(message));
	const reason = choice?.finish_reason;
	if (typeof reason === 'string') {
		events.push({ type: 'block-end', block: textBlock }, { type: 'response-end', reason });
	}
	if (isJsonObject(usage)) events.push(parseUsage(usage));
	if (trace !== undefined) events.push({ type: 'trace', value: trace });
	return events;
}

function parseMessage(message: WireMessage): StreamEvent[] {
	const { content, reasoning, reasoning_content, refusal, tool_calls } = message;
	const text = Array.isArray(content)
		? content.map((part) => getString(part, 'text') ?? '').join('')
		: content;
	return [
		// Some servers send the same thoughts under both names.
		...newDelta('reasoning-delta', textBlock, reasoning || reasoning_content),
		...newDelta('text-delta', textBlock, text),
		...newDelta('refusal-delta', textBlock, refusal),
		...(Array.isArray(tool_calls) ? tool_calls.flatMap(parseCall) : [])
	];
}

function parseCall(call: WireCall | null, position: number): StreamEvent[] {
	if (!isJsonObject(call)) return [];
	const { index, id, function: called } = call as WireCall;
	// A call that is not streamed has no index.
	const block = `tool ${typeof index === 'number' ? index : position}`;
	const name = called?.name;
	const input = called?.arguments;
	const events: StreamEvent[] = [];
	if (typeof name === 'string' && name !== '') {
		events.push({ type: 'tool-call-start', block, id: typeof id === 'string' ? id : '', name });
	}
	if (typeof input === 'string' && input !== '') {
		events.push({ type: 'tool-call-delta', block, input });
	}
	return events;
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

interface WireCall {
	index?: unknown;
	id?: unknown;
	function?: { name?: unknown; arguments?: unknown };
}

interface WireMessage {
	content?: Json;
	reasoning?: unknown;
	reasoning_content?: unknown;
	refusal?: unknown;
	tool_calls?: WireCall[];
}

interface WireAnswer {
	choices?: { delta?: WireMessage; message?: WireMessage; finish_reason?: unknown }[];
	usage?: JsonObject;
	'amazon-bedrock-trace'?: Json;
}
