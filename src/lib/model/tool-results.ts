import type { Message, Part } from './draft.ts';
import { isJsonObject } from './json.ts';
import { readInput } from './tool-calls.ts';
import type { WrittenResult, WrittenResults } from './tool-calls.ts';
import type { Turn } from './turn.ts';

/** The calls that a turn's results answer: those of the answer before it. */
export function callsBefore(turns: ReadonlyMap<string, Turn>, id: string): Part[] {
	let turn = turns.get(id);
	while (turn !== undefined && turn.message.role !== 'assistant') {
		turn = turn.parent === undefined ? undefined : turns.get(turn.parent);
	}
	return turn?.message.parts.filter(({ type }) => type === 'tool-call') ?? [];
}

/** The results of a message as a person would have written them; undefined where one is more than a text. */
export function writtenResultsOf({ parts }: Message): WrittenResults | undefined {
	const results: Record<string, WrittenResult> = {};
	for (const part of parts) {
		if (part.type !== 'tool-result') return undefined;
		const [said, ...others] = part.parts;
		if (said?.type !== 'text' || others.length > 0) return undefined;
		const isText = said.json !== true && isJsonObject(readInput(said.text));
		results[part.id] = {
			text: said.text,
			...(isText && { asText: true }),
			...(part.status === 'error' && { isError: true })
		};
	}
	return results;
}
