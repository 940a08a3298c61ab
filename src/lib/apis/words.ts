import type { ApiId, Draft, Extra } from '../model/draft.ts';
import { equalJson, isJsonObject, mergeJson, parseJson, subtractJson } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { ReadError } from './api.ts';
import type { Loss, Param } from './api.ts';

/** What `thing` says on the wire: its words laid over the verbatim fields it keeps for this API. */
export function sayWithExtra(api: ApiId, thing: { extra?: Extra }, words: JsonObject): JsonObject {
	const extra = thing.extra?.[api];
	return extra === undefined ? words : mergeJson(extra, words);
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
	const match = pattern.exec(new URL(request.url).pathname);
	if (match === null) throw new ReadError('wrong-path');
	return match;
}

/** The body of a request. @throws {ReadError} when there is none or it is no object. @throws {JsonError} */
export function readBody(request: HttpRequest): JsonObject {
	if (request.body === undefined) throw new ReadError('no-body');
	const body = parseJson(request.body);
	if (!isJsonObject(body)) throw new ReadError('body-not-object');
	return body;
}
