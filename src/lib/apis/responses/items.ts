import type { Part } from '../../model/draft.ts';
import type { StreamEvent } from '../../model/event.ts';
import { equalJson, getOwn, isJsonObject } from '../../model/json.ts';
import { isPlaceholder, restOf } from '../../model/json-pieces.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString, newOpaquePart, typeOf } from '../words.ts';
import { newDetails, newFields, withExtra } from '../new-events.ts';
import { reasoningTextOf } from './parts.ts';
import { guessPart } from './read.ts';

/** Events of an item that begins: what has deltas of its own is made by these. */
export function parseItemStart(block: string, item: unknown): StreamEvent[] {
	switch (typeOf(item)) {
		case '':
		case 'message':
		case 'reasoning':
			return [];
		case 'function_call': {
			const id = getString(item, 'call_id') ?? '';
			return [{ type: 'tool-call-start', block, id, name: getString(item, 'name') ?? '' }];
		}
	}
	return newFields('responses', block, restOf(item, new Set()));
}

/** Events of a whole item, streamed before or not. An item that says nothing gives none. */
export function parseItem(block: string, item: Json): StreamEvent[] {
	switch (typeOf(item)) {
		case '':
			return [];
		case 'message':
			return parseMessage(block, item);
		case 'reasoning': {
			const part = parseReasoning(item);
			return part === undefined ? [] : [{ type: 'part', block, part }];
		}
		case 'function_call':
			return [{ type: 'part', block, part: parseCall(item) }];
	}
	return [{ type: 'part', block, part: newOpaquePart('responses', item) }];
}

function parseMessage(block: string, item: Json): StreamEvent[] {
	const content = getOwn(item, 'content');
	const parts = Array.isArray(content) ? (content as Json[]) : [];
	const phase = getString(item, 'phase');
	const beside = phase === undefined ? {} : { phase };
	return [
		...parts.flatMap((part, index) => parsePart(`${block}.${index}`, part, false, beside)),
		...newDetails(restOf(item, messageFields))
	];
}

/**
 * A part of a message's content. `textOnly` where it is known to leave out all but the text; `beside` is what its message
 * says of it.
 */
export function parsePart(
	block: string,
	wire: Json,
	textOnly = false,
	beside: JsonObject = {}
): StreamEvent[] {
	const guess = guessPart(wire);
	if (guess === undefined) {
		return isPlaceholder(wire) || !isJsonObject(wire)
			? []
			: [{ type: 'part', block, part: newOpaquePart('responses', wire) }];
	}
	if ('text' in guess && guess.text === '') return [];
	const rest = { ...restOf(wire, partFields), ...beside };
	const isWhole = textOnly || Object.keys(rest).length === 0;
	return [{ type: 'part', block, part: isWhole ? guess : withExtra('responses', guess, rest) }];
}

function parseReasoning(item: Json): Part | undefined {
	const text = reasoningTextOf(item);
	const encrypted = getString(item, 'encrypted_content');
	if (text === '' && !encrypted) return undefined;
	const part: Part = { type: 'reasoning', text, ...(encrypted && { encrypted }) };
	const isSaid = !encrypted || isSaidByText(item, text);
	return withExtra('responses', part, restOf(item, isSaid ? reasoningFields : reasoningWords));
}

/** Whether a summary of one text, or of none, is all that an item says: its text alone tells how it stood there. */
function isSaidByText(item: Json, text: string): boolean {
	const said: Json = text === '' ? [] : [{ type: 'summary_text', text }];
	const summary = (getOwn(item, 'summary') ?? []) as Json;
	return isPlaceholder(getOwn(item, 'content')) && equalJson(summary, said);
}

function parseCall(item: Json): Part {
	const part: Part = {
		type: 'tool-call',
		id: getString(item, 'call_id') ?? '',
		name: getString(item, 'name') ?? '',
		input: getString(item, 'arguments') ?? ''
	};
	return withExtra('responses', part, restOf(item, callFields));
}

// Ids and states of items are the service's own bookkeeping: they don't go back, because an id that the service has not
// stored is refused.
const messageFields = new Set(['type', 'id', 'role', 'status', 'content', 'phase']);
const partFields = new Set(['type', 'text', 'refusal']);
const reasoningWords = new Set(['type', 'id', 'status', 'encrypted_content']);
const reasoningFields = new Set([...reasoningWords, 'summary', 'content']);
const callFields = new Set(['type', 'id', 'status', 'call_id', 'name', 'arguments']);
