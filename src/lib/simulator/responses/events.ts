import type { JsonObject } from '../json.ts';
import { objectsOf } from '../json.ts';
import type { Random } from '../random.ts';
import type { Frame } from '../wire/reply.ts';
import type { Item, Telling } from './items.ts';
import { encodeSse } from '../wire/sse.ts';
import { waitFor } from '../wire/waits.ts';

/** One event of the Responses stream as a frame. */
export function newResponseFrame(
	type: string,
	data: object,
	sequence_number: number,
	wait = 0
): Frame {
	const payload = JSON.stringify({ type, ...data, sequence_number });
	return { name: type, bytes: encodeSse(type, payload), wait };
}

/** The whole stream of a response: its frame of life, and in it the events of its items. */
export function buildResponseFrames(
	response: JsonObject,
	items: readonly Item[],
	thought: { telling: Telling; gemma: boolean },
	random: Random
): Frame[] {
	const frames: Frame[] = [];
	const push = (type: string, data: object, wait = 0): void => {
		frames.push(newResponseFrame(type, data, frames.length, wait));
	};
	const begun = {
		...response,
		status: 'in_progress',
		output: [],
		usage: null,
		incomplete_details: null
	};
	push('response.created', { response: begun });
	push('response.in_progress', { response: begun });
	for (const [output_index, { kind, value, deltas }] of items.entries()) {
		const started = { ...value, status: 'in_progress', ...emptied(kind, value) };
		push('response.output_item.added', { output_index, item: started });
		const place = { item_id: value['id'], output_index };
		const parts = partsOf(kind, value, thought);
		if (parts !== undefined) {
			const index = parts.index === undefined ? {} : { [parts.index]: 0 };
			const where = { ...place, ...index };
			if (parts.part !== undefined) {
				push(`${parts.part}.added`, { ...where, part: { ...parts.value, [parts.field]: '' } });
			}
			const rest = parts.name === 'response.output_text' ? { logprobs: [] } : {};
			for (const delta of deltas) {
				push(`${parts.name}.delta`, { ...where, delta, ...rest }, waitFor(random));
			}
			push(`${parts.name}.done`, { ...where, [parts.field]: parts.value[parts.field], ...rest });
			if (parts.part !== undefined) push(`${parts.part}.done`, { ...where, part: parts.value });
		}
		push('response.output_item.done', { output_index, item: value });
	}
	push(`response.${String(response['status'])}`, { response });
	return frames;
}

interface Parts {
	/** The name of the deltas, without `.delta`. */
	name: string;
	/** The member that holds the text. */
	field: string;
	value: JsonObject;
	/** The name of the events around it. */
	part?: string;
	/** What its place within the item is called. */
	index?: string;
}

function partsOf(
	kind: Item['kind'],
	value: JsonObject,
	{ telling, gemma }: { telling: Telling; gemma: boolean }
): Parts | undefined {
	if (kind === 'function_call') {
		return { name: 'response.function_call_arguments', field: 'arguments', value };
	}
	const part = objectsOf(
		value[telling === 'summary' && kind === 'reasoning' ? 'summary' : 'content']
	)[0];
	if (part === undefined) return undefined;
	if (kind === 'message') {
		const refusal = part['type'] === 'refusal';
		return {
			name: refusal ? 'response.refusal' : 'response.output_text',
			field: refusal ? 'refusal' : 'text',
			value: part,
			part: 'response.content_part',
			index: 'content_index'
		};
	}
	if (telling === 'summary') {
		return {
			name: 'response.reasoning_summary_text',
			field: 'text',
			value: part,
			part: 'response.reasoning_summary_part',
			index: 'summary_index'
		};
	}
	// Gemma 4 was seen to name these events in its own way.
	const name = gemma ? 'response.reasoning' : 'response.reasoning_text';
	return {
		name,
		field: 'text',
		value: part,
		part: 'response.content_part',
		index: 'content_index'
	};
}

function emptied(kind: Item['kind'], value: JsonObject): object {
	if (kind === 'function_call') return { arguments: '' };
	return 'content' in value ? { content: [] } : { summary: [] };
}
