import type { ApiId, Part } from '../model/draft.ts';
import type { StreamEvent, Usage } from '../model/event.ts';
import { getOwn, isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { numberOf, stringifyJson } from '../model/json-text.ts';
import { getString } from './words.ts';

/** The start of an answer, by the OpenAI APIs' names for its id and its model; none where they say nothing. */
export function newStart(answer: unknown): StreamEvent[] {
	if (!isJsonObject(answer)) return [];
	// Each chunk of Chat Completions comes by here.
	const { id, model } = answer;
	const hasId = typeof id === 'string' && id !== '';
	const hasModel = typeof model === 'string' && model !== '';
	if (hasId && hasModel) return [{ type: 'response-start', id, model }];
	if (hasId) return [{ type: 'response-start', id }];
	return hasModel ? [{ type: 'response-start', model }] : [];
}

/** The end of an answer; none without a reason. */
export function newEnd(reason: unknown): StreamEvent[] {
	return typeof reason === 'string' && reason !== '' ? [{ type: 'response-end', reason }] : [];
}

/** The event of what is said beside an answer; none where that is nothing. `pieces`: its texts go on in later ones. */
export function newDetails(values: JsonObject | undefined, pieces = false): StreamEvent[] {
	return values === undefined ? [] : [{ type: 'details', values, ...(pieces && { pieces }) }];
}

/** The event of fields that a block has and no word says; none where there are none. */
export function newFields(
	api: ApiId,
	block: string,
	fields: JsonObject | undefined
): StreamEvent[] {
	return fields === undefined ? [] : [{ type: 'fields', block, api, fields }];
}

/** A part with the fields beside its words, where there are any. */
export function withExtra(api: ApiId, part: Part, fields: JsonObject | undefined): Part {
	return fields === undefined ? part : { ...part, extra: { ...part.extra, [api]: fields } };
}

/** The failure that an answer tells in a field of its own: an object, or words; `whole` is what it stands in. */
export function newError(error: Json | undefined, whole: Json): StreamEvent {
	const number = numberOf(getOwn(error, 'code'));
	const code = getString(error, 'code') || getString(error, 'type') || number?.toString();
	return {
		type: 'error',
		error: {
			status: 200,
			...(code && { code }),
			message: typeof error === 'string' ? error : (getString(error, 'message') ?? ''),
			raw: stringifyJson(whole)
		}
	};
}

/** The event of a piece of text; none where it is empty or no text. */
export function newDelta(
	type: 'text-delta' | 'reasoning-delta' | 'refusal-delta',
	block: string,
	text: unknown
): StreamEvent[] {
	return typeof text === 'string' && text !== '' ? [{ type, block, text }] : [];
}

/** The usage event of a service's own `raw` object: the counts that are numbers. */
export function newUsage(counts: { [K in keyof Usage]?: unknown }, raw: JsonObject): StreamEvent {
	const known = Object.entries(counts).flatMap(([name, count]) => {
		const number = numberOf(count);
		return number === undefined ? [] : [[name, number]];
	});
	return { type: 'usage', ...(Object.fromEntries(known) as Partial<Usage>), raw };
}
