import type { RequestFault } from '../model/exchange.ts';
import { standsInPath } from '../model/model-id.ts';
import type { HttpRequest } from '../model/request.ts';

/** What is wrong with a request or the key to be sent with it; undefined where nothing is. */
export function faultOf(
	{ url, headers }: HttpRequest,
	secret: string | undefined
): RequestFault | undefined {
	if (secret !== undefined && !/^[\x21-\x7e]+$/.test(secret)) return 'bad-key';
	if (!URL.canParse(url)) return 'bad-url';
	// A model is the one thing of a path that a person types.
	const [path = ''] = url.split(/[?#]/, 1);
	if (!path.split('/').every(standsInPath)) return 'bad-model';
	try {
		new Headers(headers);
		return undefined;
	} catch {
		return 'bad-header';
	}
}

/** A request as `fetch` takes it. The key is here for the first time, and stands only in `Authorization`. */
export function initOf(
	{ method, headers, body }: HttpRequest,
	secret: string | undefined,
	signal: AbortSignal
): RequestInit {
	const own = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization');
	return {
		method,
		headers: {
			...Object.fromEntries(own),
			...(secret !== undefined && { Authorization: `Bearer ${secret}` })
		},
		...(body !== undefined && { body }),
		signal,
		mode: 'cors',
		credentials: 'omit',
		redirect: 'manual',
		referrerPolicy: 'no-referrer',
		cache: 'no-store'
	};
}
