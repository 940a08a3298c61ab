import { newApproval, readApproval, readApprovalRequest } from './approvals.ts';
import type { Message, Part } from './draft.ts';
import { newId } from './draft.ts';
import { isJsonObject, getOwn } from './json.ts';
import type { Json } from './json.ts';
import { isBlank } from './written.ts';

/** A call of an answer that waits for somebody: for its result, or to be allowed. */
export interface OpenCall {
	id: string;
	name: string;
	/** JSON text as it came. */
	input: string;
	/** Its arguments are not JSON, so it can't be run: the model gets an error back. */
	isCut: boolean;
	/** The server that runs it once it is allowed; absent where somebody gives its result. */
	server?: string;
}

/** What a person wrote as the result of a call. */
export interface WrittenResult {
	/** For a call that needs to be allowed: why it was decided so. */
	text: string;
	/** Files that the tool gave. */
	parts?: readonly Part[];
	/** Send it as a text, although it is a JSON object. */
	asText?: true;
	/** That the tool failed, for an API that has a field for it. */
	isError?: true;
	/** Whether the call is allowed; absent until it is decided. */
	approve?: boolean;
}

/** Results being written, by the id of their call. */
export type WrittenResults = Readonly<Record<string, WrittenResult>>;

/**
 * The calls at the end of `path` that wait for somebody. Only those of the last answer: what was answered otherwise is
 * over. The service's own tools have their results from the service, so nobody is asked for them.
 */
export function openCallsOf(path: readonly Message[]): OpenCall[] {
	const last = path.findLastIndex((message) => !isOnlyResults(message));
	const answer = path[last];
	if (answer?.role !== 'assistant') return [];
	const answered = new Set(path.slice(last + 1).flatMap(({ parts }) => parts.map(answeredBy)));
	return answer.parts.flatMap((part) => {
		const call = callOf(part);
		return call === undefined || answered.has(call.id) ? [] : [call];
	});
}

/** The call of a part that somebody has to answer; undefined for any other part. */
export function callOf(part: Part): OpenCall | undefined {
	const asked = readApprovalRequest(part);
	if (asked !== undefined) return { ...asked, isCut: false };
	if (part.type !== 'tool-call' || isServerCall(part)) return undefined;
	const { id, name, input } = part;
	return { id, name, input, isCut: readInput(input) === undefined };
}

/** Id of the call that a part gives a result or a decision for; undefined for any other part. */
export function answeredBy(part: Part): string | undefined {
	return part.type === 'tool-result' ? part.id : readApproval(part)?.request;
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

/** Whether a call has its result, or is decided. */
export function isReady(call: OpenCall, result: WrittenResult | undefined): boolean {
	if (call.server !== undefined) return result?.approve !== undefined;
	return result !== undefined && (!isBlank(result.text) || (result.parts ?? []).length > 0);
}

/** The message that answers calls, all in one turn; undefined where one is not ready. */
export function newResults(
	calls: readonly OpenCall[],
	results: WrittenResults,
	hasStatus: boolean
): Message | undefined {
	const parts: Part[] = [];
	for (const call of calls) {
		const result = getOwn(results, call.id) as WrittenResult | undefined;
		if (result === undefined || !isReady(call, result)) return undefined;
		parts.push(newResult(call, result, hasStatus));
	}
	return parts.length === 0 ? undefined : { id: newId(), role: 'tool', parts };
}

/**
 * A result that is a JSON object is marked as such: Converse has a form for objects, and takes anything else as text. A
 * text that says nothing is left out where there are files.
 */
function newResult({ id, server }: OpenCall, result: WrittenResult, hasStatus: boolean): Part {
	const { text, parts = [], asText, isError, approve = false } = result;
	if (server !== undefined) return newApproval({ request: id, approve, reason: text.trim() });
	const isObject = asText !== true && isJsonObject(readInput(text));
	const said: Part = { type: 'text', text, ...(isObject && { json: true }) };
	const status = isError === true && hasStatus && ({ status: 'error' } as const);
	return {
		type: 'tool-result',
		id,
		parts: isBlank(text) ? [...parts] : [said, ...parts],
		...status
	};
}

function isOnlyResults({ parts }: Message): boolean {
	return parts.length > 0 && parts.every((part) => answeredBy(part) !== undefined);
}
