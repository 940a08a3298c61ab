import { isDeepStrictEqual } from 'node:util';
import { targetOf } from '../catalog/targets.ts';
import type { ApiId } from '../model/draft.ts';
import { toJson } from '../model/json-schema.ts';
import { readDeepJson, stringifyJson } from '../model/json-text.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import { apis } from './index.ts';

/** What the law compares: numbers by their digits, and keys in any order. */
export function meaningOf(request: HttpRequest): unknown {
	const { origin, pathname, search } = new URL(request.url);
	return {
		method: request.method,
		origin,
		path: pathname.split('/').map(decodeURIComponent),
		search,
		headers: Object.fromEntries(
			Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])
		),
		body: readDeepJson(request.body ?? 'null')
	};
}

/** The request that is built from what was read of one. */
export function rebuild(
	api: ApiId,
	request: HttpRequest
): ReturnType<(typeof apis)[ApiId]['build']> {
	return apis[api].build(apis[api].read(request), targetOf(request.url));
}

/** Why the law does not hold for `request`; undefined where it does. */
export function breach(api: ApiId, request: HttpRequest): string | undefined {
	const draft = apis[api].read(request);
	const { request: built, losses } = apis[api].build(draft, targetOf(request.url));
	const isSame =
		isDeepStrictEqual(built, request) || isDeepStrictEqual(meaningOf(built), meaningOf(request));
	if (!isSame) {
		return `sent ${request.body}\nbuilt ${built.body}`;
	}
	if (losses.length > 0) return `${request.body} lost ${JSON.stringify(losses)}`;
	if (!isDeepStrictEqual(apis[api].read(built), draft))
		return `${request.body} reads otherwise again`;
	return toJson(draft) === undefined ? `${request.body} cannot be stored` : undefined;
}

const urls: Record<ApiId, string> = {
	converse:
		'https://bedrock-runtime.us-west-2.amazonaws.com/model/us.anthropic.claude-sonnet-5/converse',
	'chat-completions': 'https://bedrock-mantle.us-east-1.api.aws/v1/chat/completions',
	responses: 'https://bedrock-mantle.us-east-1.api.aws/openai/v1/responses'
};

/** A request with a body; what is kept of its numbers is written as it came. */
export function newJsonRequest(api: ApiId, body: Json): HttpRequest {
	return {
		method: 'POST',
		url: urls[api],
		headers: { 'Content-Type': 'application/json' },
		body: stringifyJson(body)
	};
}
