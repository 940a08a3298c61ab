import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { JsonObject } from '../../model/json.ts';
import { getString, newDelta, newStart, newUsage, typeOf } from '../words.ts';
import { parseCallStart, parseItem, parseItemEnd } from './items.ts';

/** Events of one frame of a stream; `event` is its type, which a server may leave to the data. */
export function parseEvent(event: string, data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	// A server may leave out the field `event`, which then reads as `message`.
	const type = event === '' || event === 'message' ? typeOf(data) : event;
	const { output_index, content_index, summary_index, delta, item, response } = data as WireEvent;
	const outer = newBlock(output_index);
	const block = newBlock(output_index, content_index);
	switch (type) {
		case 'response.created':
			return [newStart(response)];
		case 'response.output_text.delta':
			return newDelta('text-delta', block, delta);
		case 'response.refusal.delta':
			return newDelta('refusal-delta', block, delta);
		case 'response.reasoning_summary_part.added':
			return summary_index === 0 ? [] : newDelta('reasoning-delta', outer, '\n\n');
		case 'response.output_item.added':
			return typeOf(item) === 'function_call' ? [parseCallStart(outer, item)] : [];
		case 'response.function_call_arguments.delta':
			return typeof delta === 'string'
				? [{ type: 'tool-call-delta', block: outer, input: delta }]
				: [];
		case 'response.output_item.done':
			return parseItemEnd(outer, item);
		case 'response.content_part.done':
		case 'response.output_text.done':
			return [{ type: 'block-end', block }];
		case 'response.completed':
		case 'response.incomplete':
		case 'response.failed':
			return parseEnd(response, type.slice('response.'.length));
		case 'error':
			return [parseError(isJsonObject(data.error) ? data.error : data, data)];
	}
	// Models differ in the middle of the name: reasoning_text, reasoning_summary_text, reasoning.
	if (/^response\.reasoning.*delta$/.test(type)) return newDelta('reasoning-delta', outer, delta);
	return [];
}

function newBlock(output: unknown, content?: unknown): string {
	const item = String(typeof output === 'number' ? output : 0);
	return typeof content === 'number' ? `${item}.${content}` : item;
}

/** How a response ended, if it did: one that is queued or in progress has no end yet. */
function parseEnd(response: unknown, status: unknown): StreamEvent[] {
	const usage = getOwn(response, 'usage');
	const events: StreamEvent[] = isJsonObject(usage) ? [parseUsage(usage)] : [];
	switch (status) {
		case 'completed':
			return [...events, { type: 'response-end', reason: status }];
		case 'incomplete': {
			const reason = getString(getOwn(response, 'incomplete_details'), 'reason');
			return [...events, { type: 'response-end', reason: reason ?? status }];
		}
		case 'failed':
			return [...events, parseError(getOwn(response, 'error'), response)];
	}
	return events;
}

function parseUsage(usage: JsonObject): StreamEvent {
	const counts = {
		input: usage.input_tokens,
		output: usage.output_tokens,
		reasoning: getOwn(usage.output_tokens_details, 'reasoning_tokens'),
		cacheRead: getOwn(usage.input_tokens_details, 'cached_tokens'),
		cacheWrite: getOwn(usage.input_tokens_details, 'cache_write_tokens')
	};
	return newUsage(counts, usage);
}

function parseError(error: unknown, whole: unknown): StreamEvent {
	const code = getString(error, 'code');
	return {
		type: 'error',
		error: {
			status: 200,
			...(code !== undefined && { code }),
			message: getString(error, 'message') ?? '',
			raw: JSON.stringify(whole ?? null)
		}
	};
}

/** Events of a whole response: the same as its stream would have given. */
export function parseBody(data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	const { output, status } = data;
	const items = Array.isArray(output) ? output : [];
	return [
		newStart(data),
		...items.flatMap((item, index) => parseItem(newBlock(index), item)),
		...parseEnd(data, status)
	];
}

interface WireEvent {
	output_index?: unknown;
	content_index?: unknown;
	summary_index?: unknown;
	delta?: unknown;
	item?: unknown;
	response?: unknown;
}
