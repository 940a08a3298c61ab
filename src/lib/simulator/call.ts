import type { Profiles } from './control/profiles.ts';
import type { Random } from './random.ts';
import type { StoredResponses } from './responses/stored.ts';

/** The three APIs, spelt as in the rest of the project. */
export type ApiName = 'converse' | 'chat-completions' | 'responses';

/** Where a request arrived: an endpoint, the control plane, a gateway, or a loopback host, which stands for all. */
export type Place = 'runtime' | 'mantle' | 'control' | 'gateway' | 'loopback';

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
	profiles: Profiles;
}

/** Whose manners hold: on a loopback host the path decides. The control plane has those of the runtime. */
export function endpointOf({ place, path }: Call): 'runtime' | 'mantle' | 'gateway' {
	if (place === 'control') return 'runtime';
	if (place !== 'loopback') return place;
	if (path.startsWith('/api/')) return 'gateway';
	return /^\/(?:model|foundation-models|inference-profiles)(?:\/|$)|Resource$/.test(path)
		? 'runtime'
		: 'mantle';
}
