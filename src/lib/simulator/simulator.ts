import type { SimulatorOptions } from './service.ts';
import { newService } from './service.ts';

export type { SimulatorOptions } from './service.ts';

/** A function that can stand in for `fetch`. */
export type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;

/**
 * Starts a Bedrock in a function, to be called instead of `fetch`, and with the manners of a
 * browser's: it rejects with a `TypeError` where a browser would not let a page read the answer (an
 * unknown host, no CORS headers, a redirect that may not be followed), gives an opaque response to a
 * redirect when asked to by `redirect: 'manual'`, and rejects with the signal's reason on an abort.
 * It holds what the Responses API stores. No request ever leaves it.
 */
export function newSimulator(options: SimulatorOptions = {}): Fetch {
	const service = newService(options);
	return async (input, init) => {
		const request = new Request(input, init);
		const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
		const response = await service({
			method: request.method,
			url: request.url,
			headers: request.headers,
			body: await request.text(),
			signal
		});
		if (response.status >= 300 && response.status < 400 && request.redirect === 'manual') {
			return newOpaqueRedirect();
		}
		if (response.headers.get('access-control-allow-origin') === null || response.status === 302) {
			throw new TypeError('Failed to fetch');
		}
		return response;
	};
}

// A Response cannot be made with this type, so what a page may read of it is defined on an empty one.
function newOpaqueRedirect(): Response {
	return Object.defineProperties(new Response(null), {
		type: { value: 'opaqueredirect' },
		status: { value: 0 },
		ok: { value: false }
	});
}
