import type { JsonObject } from '../json.ts';
import type { Random } from '../random.ts';
import type { Frame } from '../wire/reply.ts';
import { encodeSse } from '../wire/sse.ts';
import { waitFor } from '../wire/waits.ts';
import type { Item } from './items.ts';

/** How long a background response waits for its turn, in ms of model time. */
export const QUEUE_WAIT = 1000;

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
	random: Random
): Frame[] {
	const frames: Frame[] = [];
	const push = (type: string, data: object, wait = 0): void => {
		frames.push(newResponseFrame(type, data, frames.length, wait));
	};
	const queued = response['background'] === true;
	const begun = beginOf(response, 'in_progress');
	push('response.created', { response: queued ? beginOf(response, 'queued') : begun });
	if (queued) push('response.queued', { response: beginOf(response, 'queued') });
	push('response.in_progress', { response: begun }, queued ? QUEUE_WAIT : 0);
	for (const [output_index, { value, started, events }] of items.entries()) {
		push('response.output_item.added', { output_index, item: started });
		const place = { item_id: value['id'], output_index };
		for (const { type, data, paced } of events) {
			push(`response.${type}`, { ...place, ...data }, paced === true ? waitFor(random) : 0);
		}
		push('response.output_item.done', { output_index, item: value });
	}
	push(`response.${String(response['status'])}`, { response });
	return frames;
}

/** A response before it has an answer, in a state of its own. */
export function beginOf(
	response: JsonObject,
	status: 'queued' | 'in_progress' | 'cancelled'
): JsonObject {
	return { ...response, status, output: [], usage: null, incomplete_details: null };
}
