import { getOwn } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Snippet } from './client.ts';
import { readCall } from './python-call.ts';

/** One request of a chain of stored responses, and what came of it. */
export interface ChainStep {
	request: HttpRequest;
	/** As the service called it. */
	responseId?: string;
	/** The ids of the calls in the answer, in order. */
	calls: readonly string[];
}

/** A request of a chain as a program sends it. */
export interface Turn {
	/** Place of its address among those of the chain, from 0. */
	client: number;
	body: JsonObject;
	headers: [name: string, value: string][];
	/** The turn that it continues, from 0; absent where its body names a response that no turn made, or none. */
	after?: number;
	/** Where the calls were made that it gives results of: the turn, and the place among its calls, from 0. */
	calls: ReadonlyMap<string, { turn: number; call: number }>;
}

/** A chain taken apart. */
export interface ChainProgram {
	/** What the paths of the API are appended to; nearly always one. */
	bases: string[];
	turns: Turn[];
}

/** A program in one language that sends a chain again. */
export type ChainClient = (program: ChainProgram) => Snippet;

const path = '/responses';

/**
 * What a program has to say to send a chain again, each turn continuing the one before as it did. Nothing is streamed and
 * nothing made in the background, because the next turn needs the whole answer. Undefined where a request can't be
 * written as a call.
 */
export function readChain(steps: readonly ChainStep[]): ChainProgram | undefined {
	const bases: string[] = [];
	const turns: Turn[] = [];
	for (const { request } of steps) {
		const call = readCall(request);
		if (call === undefined || !call.url.pathname.endsWith(path)) return undefined;
		const { stream: _, background: __, ...body } = call.body;
		const base = call.url.origin + call.url.pathname.slice(0, -path.length);
		if (!bases.includes(base)) bases.push(base);
		const before = steps.slice(0, turns.length);
		const after = before.findIndex(({ responseId }) => {
			return responseId !== undefined && responseId === body['previous_response_id'];
		});
		turns.push({
			...{ client: bases.indexOf(base), body, headers: call.headers },
			...(after !== -1 && { after }),
			calls: callsBefore(body, before)
		});
	}
	return { bases, turns };
}

/** The calls of earlier turns that a body gives results of. One that goes along in the body itself keeps its own id. */
function callsBefore(body: JsonObject, before: readonly ChainStep[]): Turn['calls'] {
	const own = new Set(idsIn(body['input'], 'function_call'));
	const found = new Map<string, { turn: number; call: number }>();
	for (const id of idsIn(body['input'], 'function_call_output')) {
		if (own.has(id)) continue;
		const turn = before.findLastIndex(({ calls }) => calls.includes(id));
		if (turn !== -1) found.set(id, { turn, call: before[turn]?.calls.indexOf(id) ?? 0 });
	}
	return found;
}

function idsIn(input: Json | undefined, type: string): string[] {
	if (!Array.isArray(input)) return [];
	return input.flatMap((item) => {
		const id = getOwn(item, 'call_id');
		return getOwn(item, 'type') === type && typeof id === 'string' ? [id] : [];
	});
}
