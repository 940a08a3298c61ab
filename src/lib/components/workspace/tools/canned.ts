import { exampleOf } from '../../../model/json-example.ts';
import { isJsonObject } from '../../../model/json.ts';
import { readInput } from '../../../model/tool-calls.ts';
import type { OpenCall, WrittenResult } from '../../../model/tool-calls.ts';
import type { Turn } from '../../../model/turn.ts';
import type { Conversation } from '../../../state/conversation.svelte.ts';
import { text } from '../../../text/index.ts';

/** A result that can be picked instead of written. */
export interface Canned {
	label: string;
	result: WrittenResult;
}

const words = text.tools;
const mostRecent = 4;
const longestLabel = 48;

/** Results for any call: an example, nothing, and a failure as the API says one. */
export function cannedFor({ api, editor }: Conversation, call: OpenCall): Canned[] {
	const tool = editor.settings.tools?.find(
		(one) => one.type === 'function' && one.name === call.name
	);
	const input = readInput(call.input);
	// What was asked for stands in it, so that two calls get different results.
	const example = {
		...fieldsOf(tool?.type === 'function' ? exampleOf(tool.schema) : undefined),
		...fieldsOf(input)
	};
	const failure: WrittenResult = api.toolResult.hasStatus
		? { text: words.failed, isError: true }
		: { text: JSON.stringify({ error: words.failed }) };
	return [
		{ label: words.example, result: { text: JSON.stringify(example) } },
		{ label: words.emptyObject, result: { text: '{}' } },
		{ label: words.failure, result: failure }
	];
}

/** What tools of that name gave before in some conversations, the newest first, each once. */
export function recentResults(conversations: readonly Conversation[], name: string): Canned[] {
	/** By its label: two that look the same are one. */
	const found = new Map<string, WrittenResult>();
	const turns = conversations.flatMap(({ tree }) => [...tree.turns.values()]);
	const called = namesOfCalls(turns);
	for (const { message } of turns.toSorted((a, b) => b.at - a.at)) {
		for (const part of message.parts) {
			if (part.type !== 'tool-result' || called.get(part.id) !== name) continue;
			const [said, ...others] = part.parts;
			if (said?.type !== 'text' || others.length > 0) continue;
			const label = words.recent(shorten(said.text));
			if (found.has(label)) continue;
			const status = part.status === 'error' && ({ isError: true } as const);
			found.set(label, { text: said.text, ...status });
		}
	}
	return Array.from(found, ([label, result]) => ({ label, result })).slice(0, mostRecent);
}

function namesOfCalls(turns: readonly Turn[]): Map<string, string> {
	const parts = turns.flatMap(({ message }) => message.parts);
	return new Map(
		parts.flatMap((part) => (part.type === 'tool-call' ? [[part.id, part.name]] : []))
	);
}

function fieldsOf(value: unknown): object {
	return isJsonObject(value) ? value : {};
}

function shorten(result: string): string {
	const line = result.replace(/\s+/g, ' ');
	return line.length > longestLabel ? `${line.slice(0, longestLabel)}…` : line;
}
