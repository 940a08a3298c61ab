import type { Draft } from '../model/draft.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { maxDepth } from '../model/json-schema.ts';
import { readDeepJson } from '../model/json-text.ts';
import { endpointOf } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';
import { ReadError } from './api.ts';

/** The path of a request, as sent. @throws {ReadError} when it does not match `pattern`. */
export function matchPath(request: HttpRequest, pattern: RegExp): RegExpExecArray {
	const match = URL.canParse(request.url) ? pattern.exec(new URL(request.url).pathname) : null;
	if (match === null) throw new ReadError('wrong-path');
	return match;
}

/** The kind of endpoint that a request went to, and mantle's prefix. */
export function readTarget(request: HttpRequest): Pick<Draft, 'endpoint' | 'prefix'> {
	const { hostname, pathname } = new URL(request.url);
	const endpoint = endpointOf(hostname);
	if (endpoint !== 'mantle') return { endpoint };
	const prefix = (['/v1', '/openai/v1'] as const).find((one) => pathname.startsWith(`${one}/`));
	return { endpoint, ...(prefix !== undefined && { prefix }) };
}

// In a stored record a piece of a body stands up to 20 levels deeper than in the body.
const maxBodyDepth = maxDepth - 20;

/**
 * The body of a request, its numbers with the digits that they were written with.
 * @throws {ReadError} when there is none, it is not JSON, no object or too deep.
 */
export function readBody(request: HttpRequest): JsonObject {
	if (request.body === undefined) throw new ReadError('no-body');
	const body = parse(request.body);
	if (!isJsonObject(body)) throw new ReadError('body-not-object');
	if (isDeeper(body, maxBodyDepth)) throw new ReadError('too-deep');
	return body;
}

function parse(text: string): Json {
	try {
		return readDeepJson(text);
	} catch {
		// Engines say it in words of their own; `findJsonProblem` finds the place.
		throw new ReadError('not-json');
	}
}

function isDeeper(value: Json, depth: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return depth === 0 || Object.values(value).some((item) => isDeeper(item, depth - 1));
}
