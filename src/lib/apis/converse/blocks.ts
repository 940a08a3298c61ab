import type { Part } from '../../model/draft.ts';
import type { StreamEvent } from '../../model/event.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import { restOf } from '../../model/json-pieces.ts';
import { stringifyJson } from '../../model/json-text.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { getString } from '../words.ts';
import { newFields, withExtra } from '../new-events.ts';

/** Events of a block of a whole answer; one without words for it is kept as it is. */
export function parseBlock(block: string, wire: Json): StreamEvent[] {
	const part = parsePart(wire);
	if (part !== undefined)
		return [
			{ type: 'part', block, part },
			{ type: 'block-end', block }
		];
	return newFields('converse', block, restOf(wire, new Set()));
}

function parsePart(wire: Json): Part | undefined {
	const text = getString(wire, 'text');
	if (text) return withExtra('converse', { type: 'text', text }, restOf(wire, new Set(['text'])));
	return (
		parseCall(wire, getOwn(wire, 'toolUse')) ??
		parseCited(wire, getOwn(wire, 'citationsContent')) ??
		parseReasoning(wire, getOwn(wire, 'reasoningContent'))
	);
}

function parseCall(wire: Json, toolUse: unknown): Part | undefined {
	if (!isJsonObject(toolUse)) return undefined;
	const input = stringifyJson(toolUse.input ?? {});
	const id = getString(toolUse, 'toolUseId') ?? '';
	const name = getString(toolUse, 'name') ?? '';
	const rest = restOf(toolUse, new Set(['toolUseId', 'name', 'input']));
	return withExtra(
		'converse',
		{ type: 'tool-call', id, name, input },
		beside(wire, 'toolUse', rest)
	);
}

/** The words of an answer with its sources; these, and how the words were cut, stand in `extra`. */
function parseCited(wire: Json, cited: unknown): Part | undefined {
	const content = getOwn(cited, 'content');
	const pieces = Array.isArray(content) ? (content as Json[]) : [];
	const text = pieces.map((piece) => getString(piece, 'text') ?? '').join('');
	if (text === '') return undefined;
	const [only, ...others] = pieces;
	const isPlain = others.length === 0 && restOf(only, new Set(['text'])) === undefined;
	const rest = restOf(cited, new Set(isPlain ? ['content'] : [])) ?? {};
	return withExtra('converse', { type: 'text', text }, beside(wire, 'citationsContent', rest));
}

function parseReasoning(wire: Json, reasoning: unknown): Part | undefined {
	const inner = getOwn(reasoning, 'reasoningText');
	const text = getString(inner, 'text') ?? '';
	const signature = getString(inner, 'signature');
	const redacted = getString(reasoning, 'redactedContent');
	if (text === '' && !signature && !redacted) return undefined;
	const part: Part = {
		type: 'reasoning',
		text,
		...(signature && { signature }),
		...(redacted && { redacted })
	};
	const innerRest = restOf(inner, new Set(['text', 'signature']));
	const rest: JsonObject = {
		...restOf(reasoning, new Set(['reasoningText', 'redactedContent'])),
		...(innerRest && { reasoningText: innerRest })
	};
	const hasRest = Object.keys(rest).length > 0;
	return withExtra('converse', part, beside(wire, 'reasoningContent', hasRest ? rest : undefined));
}

/** What stands beside the words of a block: `inside` its one field, and other fields. */
function beside(wire: Json, field: string, inside: JsonObject | undefined): JsonObject | undefined {
	const outside = restOf(wire, new Set([field]));
	if (inside === undefined) return outside;
	return { ...outside, [field]: inside };
}
