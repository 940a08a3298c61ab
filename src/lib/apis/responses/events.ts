import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import { isPlaceholder, restOf } from '../../model/json-pieces.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString, typeOf } from '../words.ts';
import { newDelta, newDetails, newError, newFields, newStart, newUsage } from '../new-events.ts';
import { parseItem, parseItemStart, parsePart } from './items.ts';

/** Events of one frame of a stream; `event` is its type, which a server may leave to the data. */
export function parseEvent(event: string, data: unknown): StreamEvent[] {
	if (!isJsonObject(data)) return [];
	// A server may leave out the field `event`, which then reads as `message`.
	const type = event === '' || event === 'message' ? typeOf(data) : event;
	const { output_index, content_index, summary_index, delta, item, part, response } =
		data as WireEvent;
	const outer = String(typeof output_index === 'number' ? output_index : 0);
	switch (type) {
		case 'response.output_text.delta':
			return newDelta('text-delta', newBlock(outer, content_index), delta);
		case 'response.created':
			return newStart(response);
		case 'response.refusal.delta':
			return newDelta('refusal-delta', newBlock(outer, content_index), delta);
		case 'response.reasoning_summary_part.added':
			return summary_index === 0 ? [] : newDelta('reasoning-delta', outer, '\n\n');
		case 'response.output_item.added':
			return parseItemStart(outer, item);
		case 'response.function_call_arguments.delta':
			return typeof delta === 'string' && delta !== ''
				? [{ type: 'tool-call-delta', block: outer, input: delta }]
				: [];
		case 'response.output_item.done':
			return parseItem(outer, item as Json);
		case 'response.output_text.annotation.added':
			return parseAnnotation(newBlock(outer, content_index), data.annotation);
		case 'response.content_part.done':
			// A part of thoughts is said by its item.
			return typeOf(part) === 'reasoning_text'
				? []
				: parsePart(newBlock(outer, content_index), part as Json);
		case 'response.output_text.done':
			return [
				...parsePart(newBlock(outer, content_index), { text: data.text ?? '' }, true),
				{ type: 'block-end', block: newBlock(outer, content_index) }
			];
		case 'response.completed':
		case 'response.incomplete':
		case 'response.failed':
		case 'response.cancelled':
			return [
				...parseResponse(response, type.slice('response.'.length)),
				// Some gateways count the cost beside the response.
				...newDetails(restOf(data, endFields))
			];
		case 'error':
			return [newError(isJsonObject(data.error) ? data.error : data, data)];
	}
	// Models differ in the middle of the name: reasoning_text, reasoning_summary_text, reasoning.
	if (/^response\.reasoning.*delta$/.test(type)) return newDelta('reasoning-delta', outer, delta);
	return type.endsWith('.delta') && typeof output_index === 'number'
		? parseOtherDelta(outer, type, data)
		: [];
}

function newBlock(item: string, content: unknown): string {
	return `${item}.${typeof content === 'number' ? content : 0}`;
}

function parseAnnotation(block: string, annotation: Json | undefined): StreamEvent[] {
	return isPlaceholder(annotation) || annotation === undefined
		? []
		: newFields('responses', block, { annotations: [annotation] });
}

// Where the deltas of items without words go in the item.
const deltaNames = new Map([
	['custom_tool_call_input', 'input'],
	['mcp_call_arguments', 'arguments'],
	['code_interpreter_call_code', 'code']
]);

/** A piece of an item that there are no words for. */
function parseOtherDelta(block: string, type: string, data: JsonObject): StreamEvent[] {
	const name = type.slice('response.'.length, -'.delta'.length);
	const { delta, ...rest } = restOf(data, frameFields) ?? {};
	const named = delta === undefined ? {} : { [deltaNames.get(name) ?? 'delta']: delta };
	const fields = { ...rest, ...named };
	return Object.keys(fields).length === 0 ? [] : newFields('responses', block, fields);
}

/** Events of a whole response: the same as its stream would have given. */
export function parseBody(data: unknown): StreamEvent[] {
	return [...newStart(data), ...parseResponse(data, undefined)];
}

/** All that a response says at its end; `named` is how the event that brings it calls its status. */
function parseResponse(response: unknown, named: string | undefined): StreamEvent[] {
	const output = getOwn(response, 'output');
	const items = Array.isArray(output) ? (output as Json[]) : [];
	const usage = getOwn(response, 'usage');
	return [
		...(named === undefined ? [] : newStart(response)),
		...items
			.flatMap((item, index) => parseItem(String(index), item))
			.map((event) =>
				event.type === 'part' && named !== undefined ? { ...event, repeat: true as const } : event
			),
		...parseOutputText(response, items),
		...(isJsonObject(usage) && !isPlaceholder(usage) ? [parseUsage(usage)] : []),
		...newDetails(restOf(response, responseFields)),
		// Also where nobody asked for it: an account can be set so that nothing is kept.
		...(getOwn(response, 'store') === false ? newDetails({ store: false }) : []),
		...parseEnd(response, getString(response, 'status') || named)
	];
}

/** Some servers give the text only in a field that clients make for themselves elsewhere. */
function parseOutputText(response: unknown, items: Json[]): StreamEvent[] {
	const text = getString(response, 'output_text');
	if (!text || items.length > 0) return [];
	return [{ type: 'part', block: '0.0', part: { type: 'text', text }, repeat: true }];
}

/** How a response ended, if it did. */
function parseEnd(response: unknown, status: string | undefined): StreamEvent[] {
	switch (status) {
		case 'completed':
			return [{ type: 'response-end', reason: status }];
		case 'incomplete': {
			const reason = getString(getOwn(response, 'incomplete_details'), 'reason');
			return [{ type: 'response-end', reason: reason || status }];
		}
		case 'failed': {
			const error = getOwn(response, 'error') as Json | undefined;
			return [newError(error, (response ?? null) as Json)];
		}
		case 'queued':
		case 'in_progress':
		case 'cancelled':
			return [{ type: 'unfinished', status }];
	}
	return [];
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

const frameFields = new Set([
	'type',
	'sequence_number',
	'item_id',
	'output_index',
	'content_index',
	'obfuscation'
]);

const endFields = new Set(['type', 'sequence_number', 'response']);

// What has words of its own, and what only repeats the request.
const responseFields = new Set(
	(
		'id object type created_at completed_at status background error incomplete_details instructions ' +
		'max_output_tokens max_tool_calls model output output_text parallel_tool_calls previous_response_id ' +
		'prompt_cache_key prompt_cache_retention reasoning safety_identifier store stream temperature text ' +
		'tool_choice tools top_logprobs top_p truncation usage user metadata conversation include input ' +
		'frequency_penalty presence_penalty'
	).split(' ')
);

interface WireEvent {
	output_index?: unknown;
	content_index?: unknown;
	summary_index?: unknown;
	delta?: unknown;
	item?: unknown;
	part?: unknown;
	response?: unknown;
}
