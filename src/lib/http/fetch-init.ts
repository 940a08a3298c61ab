import type { HttpRequest } from '../model/request.ts';

/** Why a request can't be written. `fetch` would say it by throwing an error that quotes what is wrong. */
export type RequestFault = 'bad-key' | 'bad-url' | 'bad-header';

/** What is wrong with a request or the key to be sent with it; undefined where nothing is. */
export function faultOf(
	{ url, headers }: HttpRequest,
	secret: string | undefined
): RequestFault | undefined {
	if (secret !== undefined && !/^[\x21-\x7e]+$/.test(secret)) return 'bad-key';
	if (!URL.canParse(url)) return 'bad-url';
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

/** Takes the key out of a text, should a service repeat it. */
export function hiderOf(secret = ''): (text: string) => string {
	// A key this short is none, and would be found in any text.
	if (secret.length < 8) return (text) => text;
	return (text) => (text.includes(secret) ? text.replaceAll(secret, '[key]') : text);
}
