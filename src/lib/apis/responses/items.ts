import type { Part } from '../../model/draft.ts';
import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString, newDelta, newOpaquePart, typeOf } from '../words.ts';
import { guessPart, joinTexts } from './read.ts';

/** The start of a function call. */
export function parseCallStart(block: string, item: unknown): StreamEvent {
	const { id, name } = parseCall(item);
	return { type: 'tool-call-start', block, id, name };
}

function parseCall(item: unknown): Part & { type: 'tool-call' } {
	return {
		type: 'tool-call',
		id: getString(item, 'call_id') ?? '',
		name: getString(item, 'name') ?? '',
		input: getString(item, 'arguments') ?? ''
	};
}

/** What only the whole item tells: a seal, the exact arguments, or all of an item that has no deltas of its own. */
export function parseItemEnd(block: string, item: unknown): StreamEvent[] {
	if (!isJsonObject(item)) return [];
	switch (typeOf(item)) {
		case '':
		case 'message':
			return [];
		case 'reasoning':
			return parseSeal(block, item);
		case 'function_call':
			return [{ type: 'part', block, part: parseCall(item) }];
	}
	return [{ type: 'part', block, part: newOpaquePart('responses', item) }];
}

function parseSeal(block: string, item: JsonObject): StreamEvent[] {
	const encrypted = getString(item, 'encrypted_content');
	return encrypted !== undefined ? [{ type: 'reasoning-seal', block, encrypted }] : [];
}

/** Events of an item that was not streamed. */
export function parseItem(block: string, item: Json): StreamEvent[] {
	if (!isJsonObject(item)) return [];
	const { content, summary } = item;
	const parts = Array.isArray(content) ? content : [];
	switch (typeOf(item)) {
		case 'message':
			return parts.flatMap((part, index) => parsePart(`${block}.${index}`, part));
		case 'reasoning':
			return [
				...newDelta('reasoning-delta', block, joinTexts(summary)),
				...parts.flatMap((part) => newDelta('reasoning-delta', block, getOwn(part, 'text'))),
				...parseSeal(block, item)
			];
		case 'function_call': {
			const { input } = parseCall(item);
			return [parseCallStart(block, item), { type: 'tool-call-delta', block, input }];
		}
	}
	return parseItemEnd(block, item);
}

function parsePart(block: string, wire: Json): StreamEvent[] {
	const part = guessPart(wire) ?? newOpaquePart('responses', wire);
	if (part.type === 'text') {
		return [...newDelta('text-delta', block, part.text), { type: 'block-end', block }];
	}
	return part.type === 'refusal'
		? newDelta('refusal-delta', block, part.text)
		: [{ type: 'part', block, part }];
}
