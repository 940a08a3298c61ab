import type { HttpRequest } from './request.ts';

/** One piece of a body as the network gave it. */
export interface Chunk {
	/** ms since the request was handed to the network. */
	t: number;
	bytes: Uint8Array<ArrayBuffer>;
}

/** How an answer begins. */
export interface Head {
	status: number;
	/** Those that CORS exposes, with lower-case names. */
	headers: Record<string, string>;
	/** ms since the request was handed to the network. */
	t: number;
}

/** Why a request never got an answer, as far as a browser can tell. */
export type Unreachable =
	/** The browser is offline. */
	| 'offline'
	/** The host is up but its answer was withheld: no CORS, or a refusal without CORS headers. */
	| 'withheld'
	/** The page's own policy does not list the host. */
	| 'policy'
	/** It answered with a redirect, which is never followed. */
	| 'redirect'
	/** The connection was open and closed before an answer: the request may have arrived, and may be billed. */
	| 'closed'
	/** The relay on the page's own origin, which was asked in its place, did not pass the request on. */
	| 'relay'
	/** DNS, refused, TLS or a blocker: a browser cannot tell which. */
	| 'no-answer';

/** Why a request can't be written. `fetch` would say it by throwing an error that quotes what is wrong. */
export type RequestFault = 'bad-key' | 'bad-model' | 'bad-url' | 'bad-header';

/** How the bytes of a body came to their end: by themselves, by a failure of the network, by the user, or with the page. */
export type BodyEnd = 'whole' | 'broken-off' | 'stopped' | 'page-closed';

/** One HTTP exchange as it happened. It knows nothing of models: `readExchange` says what it means. */
export interface Exchange {
	request: HttpRequest;
	/** Epoch ms. */
	startedAt: number;
	/** Absent where there was no answer. */
	status?: number;
	/** Response headers that CORS exposes, with lower-case names. */
	headers?: Record<string, string>;
	/** The body. */
	chunks: Chunk[];
	end: BodyEnd | { unreachable: Unreachable } | { unsent: RequestFault };
	/** ms since the request was handed to the network. */
	times: { headers?: number; end: number };
}
