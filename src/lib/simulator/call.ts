import type { Random } from './random.ts';
import type { StoredResponses } from './responses/stored.ts';

/** The three APIs, spelt as in the rest of the project. */
export type ApiName = 'converse' | 'chat-completions' | 'responses';

/** Where a request arrived: an endpoint, or a loopback host, which stands for both. */
export type Place = 'runtime' | 'mantle' | 'loopback';

/** One request as an API sees it. */
export interface Call {
	method: string;
	/** As sent: a `%2F` is still one. */
	path: string;
	query: URLSearchParams;
	headers: Headers;
	body: string;
	place: Place;
	/** '' on a loopback host, where no region is checked. */
	region: string;
	random: Random;
	/** Epoch ms. */
	now: number;
	/** As in the options of the simulator: how fast model time passes. */
	speed: number;
	stored: StoredResponses;
}

/** Which endpoint's manners hold: on a loopback host the path decides. */
export function endpointOf(call: Call): 'runtime' | 'mantle' {
	if (call.place !== 'loopback') return call.place;
	return call.path.startsWith('/model/') ? 'runtime' : 'mantle';
}
