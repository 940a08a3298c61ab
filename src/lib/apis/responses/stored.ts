import type { Json } from '../../model/json.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Message } from '../../model/draft.ts';
import type { HttpRequest } from '../../model/request.ts';
import { stringifyBody } from '../../model/request.ts';
import { read } from './read.ts';

/**
 * What one can ask of a stored response, each as a request of its own. `base` is what the path of the API was appended to
 * when the response was made: it is known there and nowhere else.
 *
 * @see https://platform.openai.com/docs/api-reference/responses
 */
export const storedCalls = {
	retrieve: (base: string, id: string) => newCall('GET', addressOf(base, id)),
	delete: (base: string, id: string) => newCall('DELETE', addressOf(base, id)),
	cancel: (base: string, id: string) => newCall('POST', `${addressOf(base, id)}/cancel`),
	/** At most a hundred items a page, the oldest first. */
	inputItems: (base: string, id: string, after?: string) => {
		const query = after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
		return newCall('GET', `${addressOf(base, id)}/input_items?limit=100&order=asc${query}`);
	},
	/** The stream of a response in the background, after the event with the number `startingAfter`. */
	resume: (base: string, id: string, startingAfter: number) =>
		newCall('GET', `${addressOf(base, id)}?stream=true&starting_after=${startingAfter}`)
} as const;

function addressOf(base: string, id: string): string {
	return `${base}/responses/${encodeURIComponent(id)}`;
}

function newCall(method: HttpRequest['method'], url: string): HttpRequest {
	return { method, url, headers: {} };
}

/** The messages that items of a request's input say, as the service lists them. Ids and states are its own bookkeeping. */
export function readItems(items: readonly Json[]): Message[] {
	const input = items.map((item) => {
		if (!isJsonObject(item)) return item;
		const { id: _, status: __, ...rest } = item;
		if (getOwn(rest, 'type') !== 'message') return rest;
		const { type: ___, ...message } = rest;
		return message;
	});
	const body = stringifyBody({ model: '', input });
	const url = 'https://bedrock-mantle.us-east-1.api.aws/v1/responses';
	return read({ method: 'POST', url, headers: {}, body }).messages;
}
