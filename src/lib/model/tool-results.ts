import { readApproval } from './approvals.ts';
import { isFilePart } from './draft.ts';
import type { Message } from './draft.ts';
import { isJsonObject } from './json.ts';
import { callOf, readInput } from './tool-calls.ts';
import type { OpenCall, WrittenResult, WrittenResults } from './tool-calls.ts';
import type { Turn } from './turn.ts';

/** The calls that a turn's results answer: those of the answer before it. */
export function callsBefore(turns: ReadonlyMap<string, Turn>, id: string): OpenCall[] {
	let turn = turns.get(id);
	while (turn !== undefined && turn.message.role !== 'assistant') {
		turn = turn.parent === undefined ? undefined : turns.get(turn.parent);
	}
	return turn?.message.parts.flatMap((part) => callOf(part) ?? []) ?? [];
}

/** The results of a message as a person would have written them; undefined where one is more than a text and files. */
export function writtenResultsOf({ parts }: Message): WrittenResults | undefined {
	const results: Record<string, WrittenResult> = {};
	for (const part of parts) {
		const decided = readApproval(part);
		if (decided !== undefined) {
			results[decided.request] = { text: decided.reason, approve: decided.approve };
			continue;
		}
		if (part.type !== 'tool-result') return undefined;
		const [first, ...others] = part.parts;
		const said = first?.type === 'text' ? first : undefined;
		const files = said === undefined ? part.parts : others;
		if (!files.every(isFilePart)) return undefined;
		const isText = said !== undefined && said.json !== true && isJsonObject(readInput(said.text));
		results[part.id] = {
			text: said?.text ?? '',
			...(files.length > 0 && { parts: files }),
			...(isText && { asText: true }),
			...(part.status === 'error' && { isError: true })
		};
	}
	return results;
}
