import { storedCalls } from '../apis/responses/stored.ts';
import { parseServiceError } from '../http/service-error.ts';
import type { ServiceError } from '../model/event.ts';
import type { Exchange, Unreachable } from '../model/exchange.ts';
import { readJson } from '../model/json-text.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { identityOf } from '../model/key.ts';
import type { HttpRequest } from '../model/request.ts';
import { placeOf } from '../model/response-node.ts';
import { stateOfStatus } from '../model/response-state.ts';
import type { Run } from '../model/run.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { Runner } from './runner.ts';
import { setServiceState } from './service-state.ts';

/** Who sends, and with which key. */
export interface Caller {
	keyRing: Pick<KeyRing, 'keyFor' | 'note' | 'record'>;
	runner: Pick<Runner, 'ask'>;
}

/** Why a call on a stored response brought nothing. */
export type CallFailure =
	/** The service said so, in its own words. */
	| { reason: 'refused'; error: ServiceError }
	| { reason: 'unreachable'; host: string; cause: Unreachable }
	/** The answer is none of this API's, or did not come to its end. */
	| { reason: 'unreadable'; status: number }
	/** It was ended, or the key was forgotten meanwhile. */
	| { reason: 'stopped' }
	| { reason: 'no-way'; why: NoWay };

/** Why nothing may be sent to where a response is kept: there is no key, or it is another Region's or account's. */
export type NoWay = 'no-key' | 'other-region' | 'other-account';

/** What a call brought: the body of the answer and the exchange it came in. */
export type Called = { ok: JsonObject; exchange: Exchange } | { failure: CallFailure };

/** Where a response is kept and for whom: what of a run says it. */
export type Kept = Pick<Run, 'request' | 'simulated' | 'key' | 'identity'>;

/**
 * The key in use, where it may ask for what a run has made: it belongs to the Region and not to another account. `isSure`:
 * it is of the account that made it, so that what the service does not know is gone and not merely somebody else's.
 */
export function wayTo(
	{ request, simulated, key, identity }: Kept,
	keyRing: Pick<KeyRing, 'keyFor' | 'record'>
): { key: string | undefined; isSure: boolean } | { why: NoWay } {
	if (simulated) return { key: undefined, isSure: true };
	const record = keyRing.keyFor({ base: request.url });
	if (record === undefined)
		return { why: keyRing.record === undefined ? 'no-key' : 'other-region' };
	const account = identityOf(record)?.account;
	const isSame = account !== undefined && account === identity?.account;
	const isOther = account !== undefined && identity?.account !== undefined && !isSame;
	if (isOther) return { why: 'other-account' };
	return { key: record.id, isSure: isSame || record.id === key };
}

/** Sends a request about what a run has made, once, and reads the answer. Never rejects. */
export async function call(
	request: HttpRequest,
	kept: Kept,
	{ keyRing, runner }: Caller,
	signal = new AbortController().signal
): Promise<Called> {
	const way = wayTo(kept, keyRing);
	if ('why' in way) return { failure: { reason: 'no-way', why: way.why } };
	const exchange = await runner.ask(way.key, request.url, signal, (means, signal) =>
		means.execution.send({ request, signal, ...means.with })
	);
	if (exchange === undefined) return { failure: { reason: 'stopped' } };
	return readCalled(exchange);
}

function readCalled(exchange: Exchange): Called {
	const { end, status, headers = {}, request } = exchange;
	if (typeof end === 'object' && 'unreachable' in end) {
		const { host } = new URL(request.url);
		return { failure: { reason: 'unreachable', host, cause: end.unreachable } };
	}
	if (end === 'stopped' || end === 'page-closed' || typeof end === 'object' || status === undefined)
		return { failure: { reason: 'stopped' } };
	const text = textOf(exchange);
	if (status < 200 || status > 299)
		return { failure: { reason: 'refused', error: parseServiceError(status, headers, text) } };
	const body = end === 'whole' ? readObject(text) : undefined;
	return body === undefined
		? { failure: { reason: 'unreadable', status } }
		: { ok: body, exchange };
}

function textOf({ chunks }: Exchange): string {
	const decoder = new TextDecoder();
	const pieces = chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true }));
	return pieces.join('') + decoder.decode();
}

function readObject(text: string): JsonObject | undefined {
	try {
		const value = readJson(text);
		return isJsonObject(value) ? value : undefined;
	} catch {
		// Not JSON: a page of a proxy, as a rule.
		return undefined;
	}
}

/** Asks the service for the response of a run, and notes what it says of it. */
export async function retrieve(conversation: Conversation, run: Run): Promise<Called> {
	const called = await callOn('retrieve', conversation, run);
	if ('ok' in called)
		await setServiceState(conversation, run.id, stateOfStatus(called.ok['status']));
	return called;
}

/** Deletes the response of a run on the service, and notes that it is gone. What is here stays. */
export async function deleteOnService(conversation: Conversation, run: Run): Promise<Called> {
	const called = await callOn('delete', conversation, run);
	if ('ok' in called) await setServiceState(conversation, run.id, 'deleted');
	return called;
}

/** Ends the work on a response in the background. What is finished already stays as it is. */
export async function cancelOnService(conversation: Conversation, run: Run): Promise<Called> {
	const called = await callOn('cancel', conversation, run);
	if ('ok' in called)
		await setServiceState(conversation, run.id, stateOfStatus(called.ok['status']));
	return called;
}

/** All items of the input of a run's response, the oldest first, page after page. */
export async function listInputItems(
	base: string,
	id: string,
	kept: Kept,
	caller: Caller
): Promise<{ items: Json[] } | { failure: CallFailure }> {
	const items: Json[] = [];
	let after: string | undefined;
	// A server that always has more would be asked for ever.
	for (let pages = 0; pages < 50; pages++) {
		const called = await call(storedCalls.inputItems(base, id, after), kept, caller);
		if ('failure' in called) return called;
		const { data, has_more: hasMore, last_id: last } = called.ok;
		if (Array.isArray(data)) items.push(...data);
		if (hasMore !== true || typeof last !== 'string' || last === after) break;
		after = last;
	}
	return { items };
}

async function callOn(
	name: 'retrieve' | 'delete' | 'cancel',
	conversation: Conversation,
	run: Run
): Promise<Called> {
	const { caller } = conversation;
	const { responseId = '' } = run;
	const called = await call(storedCalls[name](placeOf(run).base, responseId), run, caller);
	const way = wayTo(run, caller.keyRing);
	// Another account's key would not find it either.
	const isSure = 'isSure' in way && way.isSure;
	if (isSure && isUnknown(called)) await setServiceState(conversation, run.id, 'unknown');
	return called;
}

/** Whether the service says that it knows no such response. */
export function isUnknown(called: Called): boolean {
	if (!('failure' in called) || called.failure.reason !== 'refused') return false;
	return called.failure.error.status === 404;
}
