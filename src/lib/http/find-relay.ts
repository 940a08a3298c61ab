import { getOwn } from '../model/json.ts';
import { call } from './call.ts';
import type { Network } from './network.ts';
import type { Fetch } from './probe.ts';

/**
 * The address of a relay beside the page, with a final slash; undefined where there is none. Asks `relay/health` without a
 * key. A host that answers every path with its own page has none.
 *
 * @param page Address of the page.
 */
export async function findRelay(
	page: string,
	means: { signal: AbortSignal; fetch?: Fetch; network?: Network }
): Promise<string | undefined> {
	const relay = new URL('relay/', page).href;
	const request = { method: 'GET', url: `${relay}health`, headers: {} } as const;
	const called = await call({ ...means, request });
	return called.ok && getOwn(called.value, 'relay') === 1 ? relay : undefined;
}
