import type { ApiId, Draft, Extra, Message } from '../model/draft.ts';
import type { StreamEvent, Usage } from '../model/event.ts';
import { equalJson, isJsonObject, mergeJson, parseJson, subtractJson } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { maxDepth } from '../model/json-schema.ts';
import { endpointOf } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import { ReadError } from './api.ts';
import type { Loss, Param } from './api.ts';

/** What `thing` says on the wire: its words laid over the verbatim fields it keeps for this API. */
export function sayWithExtra(api: ApiId, thing: { extra?: Extra }, words: JsonObject): JsonObject {
	const extra = thing.extra?.[api];
	// The words are spread first only so that they stand first in the text.
	return extra === undefined ? words : { ...words, ...mergeJson(extra, words) };
}

/** A message that no words fit, kept whole. */
export function newOpaqueMessage(api: ApiId, value: Json): Message {
	return { id: '', role: 'opaque', parts: [{ type: 'opaque', api, value }] };
}

/** The wire value of a message that was kept whole; undefined where it is another API's, or has words. */
export function sayOpaqueMessage(api: ApiId, message: Message): Json | undefined {
	const [only] = message.parts;
	return message.role === 'opaque' && only?.type === 'opaque' && only.api === api
		? only.value
		: undefined;
}

/**
 * What is lost of the verbatim fields: those kept for other APIs, and this one's own where a word has come to
 * say something else. `body` is what the draft has become, `sent` the messages that are in it.
 */
export function findExtraLosses(
	api: ApiId,
	draft: Draft,
	sent: readonly Message[],
	body: JsonObject
): Loss[] {
	const messages = draft.system === undefined ? sent : [draft.system, ...sent];
	const holders = [draft, ...messages.flatMap((message) => [message, ...message.parts])];
	const found = new Set<ApiId>();
	for (const { extra } of holders) {
		for (const [id, fields] of Object.entries(extra ?? {})) {
			if (id !== api && Object.keys(fields).length > 0) found.add(id as ApiId);
		}
	}
	const own = draft.extra?.[api];
	if (own !== undefined && !equalJson(mergeJson(body, own), body)) found.add(api);
	return Array.from(found, (id) => ({ code: 'extra', api: id }));
}

/**
 * Makes a guess at the words for `wire` exact: what the words do not say is kept verbatim in `extra`.
 * Undefined where even that does not give `wire` back; the caller then keeps it whole, as opaque.
 */
export function completeGuess<T extends { extra?: Extra }>(
	api: ApiId,
	wire: Json,
	guess: T,
	say: (guess: T) => Json | undefined
): T | undefined {
	const said = say(guess);
	if (equalJson(said, wire)) return guess;
	if (!isJsonObject(said) || !isJsonObject(wire)) return undefined;
	const whole = { ...guess, extra: { ...guess.extra, [api]: subtractJson(wire, said) } };
	return equalJson(say(whole), wire) ? whole : undefined;
}

/** Lays the parameters that are set into a body. One that this API has no field for is a loss. */
export function sayParams(draft: Draft, params: readonly Param[], losses: Loss[]): JsonObject {
	let body: JsonObject = {};
	for (const [name, value] of Object.entries(draft.params)) {
		const param = params.find((one) => one.name === name);
		if (value === undefined) continue;
		if (param === undefined) losses.push({ code: 'param', name: name as Param['name'] });
		else {
			const [outer, inner] = param.path;
			body = mergeJson(body, { [outer]: inner === undefined ? value : { [inner]: value } });
		}
	}
	return body;
}

/** The parameters that `body` sets, each only where its value is of the kind that the form can show. */
export function readParams(body: JsonObject, params: readonly Param[]): Draft['params'] {
	const found: Draft['params'] = {};
	for (const param of params) {
		const [outer, inner] = param.path;
		let value: Json | undefined = Object.hasOwn(body, outer) ? body[outer] : undefined;
		if (inner !== undefined) {
			value = isJsonObject(value) && Object.hasOwn(value, inner) ? value[inner] : undefined;
		}
		if (value !== undefined && fits(param, value)) found[param.name] = value;
	}
	return found;
}

function fits(param: Param, value: Json): boolean {
	switch (param.kind) {
		case 'number':
		case 'integer':
			return typeof value === 'number';
		case 'strings':
			return Array.isArray(value) && value.every((item) => typeof item === 'string');
		case 'choice':
			return typeof value === 'string';
		case 'flag':
			return typeof value === 'boolean';
	}
}

/** The path of a request, as sent. @throws {ReadError} when it does not match `pattern`. */
export function matchPath(request: HttpRequest, pattern: RegExp): RegExpExecArray {
	const match = URL.canParse(request.url) ? pattern.exec(new URL(request.url).pathname) : null;
	if (match === null) throw new ReadError('wrong-path');
	return match;
}

/** The kind of endpoint that a request went to, and mantle's prefix; a gateway's address belongs to its key. */
export function readTarget(request: HttpRequest): Pick<Draft, 'endpoint' | 'prefix'> {
	const { hostname, pathname } = new URL(request.url);
	const endpoint = endpointOf(hostname);
	if (endpoint !== 'mantle') return endpoint === 'gateway' ? {} : { endpoint };
	const prefix = (['/v1', '/openai/v1'] as const).find((one) => pathname.startsWith(`${one}/`));
	return { endpoint, ...(prefix !== undefined && { prefix }) };
}

// A draft keeps a piece of a body some levels further down, and a run keeps the draft.
const maxBodyDepth = maxDepth - 20;

/** The body of a request. @throws {ReadError} when there is none, it is no object or too deep. @throws {JsonError} */
export function readBody(request: HttpRequest): JsonObject {
	if (request.body === undefined) throw new ReadError('no-body');
	const body = parseJson(request.body);
	if (!isJsonObject(body)) throw new ReadError('body-not-object');
	if (isDeeper(body, maxBodyDepth)) throw new ReadError('too-deep');
	return body;
}

function isDeeper(value: Json, depth: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}

/** The usage event of a service's own `raw` object: the counts that are numbers. */
export function newUsage(counts: { [K in keyof Usage]?: unknown }, raw: JsonObject): StreamEvent {
	const known = Object.entries(counts).filter(([, count]) => typeof count === 'number');
	return { type: 'usage', ...Object.fromEntries(known), raw };
}
