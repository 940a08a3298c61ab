import type { Part } from '../../model/draft.ts';
import { depthOf, readDeepJson } from '../../model/json-text.ts';
import { getOwn, isJsonObject } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { Loss } from '../api.ts';
import { getString, sayWithExtra, wholeText } from '../words.ts';
import { sayFile } from './files.ts';

/** What a part is in content; undefined where it cannot be said, which is the caller's to report. */
export function sayPart(part: Part, losses: Loss[] = []): Json | undefined {
	switch (part.type) {
		case 'text':
			return sayText(part);
		case 'refusal':
			return sayWithExtra('converse', part, { text: part.text });
		case 'reasoning':
			return sayWithExtra('converse', part, { reasoningContent: sayReasoning(part) });
		case 'tool-call': {
			const input = parseInput(part.input);
			if (input === undefined) return undefined;
			const toolUse = { toolUseId: part.id, name: part.name, input };
			return sayWithExtra('converse', part, { toolUse });
		}
		case 'tool-result':
			return sayWithExtra('converse', part, { toolResult: sayResult(part, losses) });
		case 'image':
		case 'document':
		case 'audio':
		case 'video':
			return sayFile(part);
		case 'opaque':
			return part.api === 'converse' ? part.value : undefined;
	}
}

/** What is lost where a part cannot be said. */
export function lossOf(part: Part): Loss {
	return part.type === 'tool-call'
		? { code: 'cut-call', name: part.name }
		: { code: 'part', type: part.type };
}

/**
 * A text. One that is to be guarded stands in a block of that kind, whose further fields are kept under its name. One
 * that came with its sources goes back with them, as long as its words are the same.
 */
function sayText(part: Part & { type: 'text' }): Json {
	const text = wholeText(part);
	if (isJsonObject(part.extra?.converse?.guardContent)) {
		return sayWithExtra('converse', part, { guardContent: { text: { text } } });
	}
	const cited = part.extra?.converse?.citationsContent;
	const value = part.json === true ? parseInput(text) : undefined;
	if (value !== undefined && text !== '') return sayWithExtra('converse', part, { json: value });
	if (cited === undefined) return sayWithExtra('converse', part, { text });
	const content = getOwn(cited, 'content');
	if (!Array.isArray(content)) {
		return sayWithExtra('converse', part, { citationsContent: { content: [{ text }] } });
	}
	const words = (content as Json[]).map((piece) => getString(piece, 'text') ?? '').join('');
	// A block has one key, so words that were edited leave their sources behind.
	return words === text ? sayWithExtra('converse', part, {}) : { text };
}

function sayReasoning({ text, signature, redacted }: Part & { type: 'reasoning' }): JsonObject {
	if (redacted !== undefined) return { redactedContent: redacted };
	return { reasoningText: { text, ...(signature !== undefined && { signature }) } };
}

/** A tool's result without blank texts, which are refused there too. */
function sayResult(part: Part & { type: 'tool-result' }, losses: Loss[]): JsonObject {
	const content = part.parts.flatMap((inner) => {
		if (inner.type === 'text' && inner.text.trim() === '') return [];
		const said = sayPart(inner, losses);
		if (said === undefined) losses.push(lossOf(inner));
		return said === undefined ? [] : [said];
	});
	const { id, status } = part;
	return { toolUseId: id, content, ...(status !== undefined && { status }) };
}

// Writing a value that is nested deeper could overflow the stack, and no service takes it.
const maxInputDepth = 500;

/**
 * A tool call's input as a value, its numbers as they came; an empty text means no arguments. Undefined where it is not
 * JSON or too deep.
 */
function parseInput(input: string): Json | undefined {
	if (input === '') return {};
	try {
		const value = readDeepJson(input);
		return depthOf(input) > maxInputDepth ? undefined : value;
	} catch {
		// Cut off in the middle: the caller reports it.
		return undefined;
	}
}
