import type { JsonObject } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest, RequestHead } from '../model/request.ts';

/** The head of a POST of JSON to `url`; `headers` are those beside its content type. */
export function newHead(url: string, headers: RequestHead['headers'] = {}): RequestHead {
	return { method: 'POST', url, headers: { 'Content-Type': 'application/json', ...headers } };
}

/** The request that sends `body`. */
export function newPost(head: RequestHead, body: JsonObject): HttpRequest {
	return { ...head, body: stringifyBody(body) };
}
