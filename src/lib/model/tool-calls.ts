import type { Message, Part } from './draft.ts';
import { newId } from './draft.ts';
import { isJsonObject, getOwn } from './json.ts';
import type { Json } from './json.ts';

/** A call of an answer that has no result yet. */
export interface OpenCall {
	id: string;
	name: string;
	/** JSON text as it came. */
	input: string;
	/** Its arguments are not JSON, so it can't be run: the model gets an error back. */
	isCut: boolean;
}

/** What a person wrote as the result of a call. */
export interface WrittenResult {
	text: string;
	/** Send it as a text, although it is a JSON object. */
	asText?: true;
	/** That the tool failed, for an API that has a field for it. */
	isError?: true;
}

/** Results being written, by the id of their call. */
export type WrittenResults = Readonly<Record<string, WrittenResult>>;

/**
 * The calls at the end of `path` that wait for a result. Only those of the last answer: what was answered otherwise is
 * over. The service's own tools have their results from the service, so nobody is asked for them.
 */
export function openCallsOf(path: readonly Message[]): OpenCall[] {
	const last = path.findLastIndex((message) => !isOnlyResults(message));
	const answer = path[last];
	if (answer?.role !== 'assistant') return [];
	const answered = new Set(path.slice(last + 1).flatMap(({ parts }) => parts.flatMap(idOfResult)));
	return answer.parts.flatMap((part) => {
		if (part.type !== 'tool-call' || isServerCall(part) || answered.has(part.id)) return [];
		const { id, name, input } = part;
		return [{ id, name, input, isCut: readInput(input) === undefined }];
	});
}

/** Whether the service runs a call itself (Converse: `type: "server_tool_use"`). */
export function isServerCall(part: Part): boolean {
	const type = getOwn(getOwn(part.extra?.converse, 'toolUse'), 'type');
	return part.type === 'tool-call' && type === 'server_tool_use';
}

/** The value of a call's arguments, where no text means none; undefined where they are not JSON. */
export function readInput(input: string): Json | undefined {
	if (input === '') return {};
	try {
		return JSON.parse(input) as Json;
	} catch {
		// Cut off, or not JSON from the start: it is shown as it came.
		return undefined;
	}
}

/**
 * The message that gives calls their results, all in one turn; undefined where one has none. A result that is a JSON
 * object is marked as such: Converse has a form for objects, and takes anything else as text.
 */
export function newResults(
	calls: readonly OpenCall[],
	results: WrittenResults,
	hasStatus: boolean
): Message | undefined {
	const parts: Part[] = [];
	for (const { id } of calls) {
		const result = getOwn(results, id) as WrittenResult | undefined;
		if (result === undefined || result.text.trim() === '') return undefined;
		const { text, asText, isError } = result;
		const isObject = asText !== true && isJsonObject(readInput(text));
		const said: Part = { type: 'text', text, ...(isObject && { json: true }) };
		const status = isError === true && hasStatus && ({ status: 'error' } as const);
		parts.push({ type: 'tool-result', id, parts: [said], ...status });
	}
	return parts.length === 0 ? undefined : { id: newId(), role: 'tool', parts };
}

function isOnlyResults({ parts }: Message): boolean {
	return parts.length > 0 && parts.every(({ type }) => type === 'tool-result');
}

function idOfResult(part: Part): string[] {
	return part.type === 'tool-result' ? [part.id] : [];
}
