import type { JsonObject } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';

/** The request that sends `body` to `url`; `headers` are those beside its content type. */
export function newPost(
	url: string,
	body: JsonObject,
	headers: HttpRequest['headers'] = {}
): HttpRequest {
	return {
		method: 'POST',
		url,
		headers: { 'Content-Type': 'application/json', ...headers },
		body: stringifyBody(body)
	};
}
