import { getOwn } from '../model/json.ts';
import { readJson } from '../model/json-text.ts';
import type { Network } from './network.ts';
import { send } from './send.ts';
import type { Fetch } from './probe.ts';

/**
 * The address of a relay beside the page, with a final slash; undefined where there is none. Asks `relay/health` without a
 * key. A host that answers every path with its own page has none.
 *
 * @param page Address of the page.
 */
export async function findRelay(
	page: string,
	{ signal, fetch, network }: { signal: AbortSignal; fetch?: Fetch; network?: Network }
): Promise<string | undefined> {
	const relay = new URL('relay/', page).href;
	const { status, chunks } = await send({
		request: { method: 'GET', url: `${relay}health`, headers: {} },
		signal,
		...(fetch !== undefined && { fetch }),
		...(network !== undefined && { network })
	});
	if (status !== 200) return undefined;
	const decoder = new TextDecoder();
	const said = chunks.map(({ bytes }) => decoder.decode(bytes, { stream: true })).join('');
	return isHealthy(said) ? relay : undefined;
}

function isHealthy(said: string): boolean {
	try {
		return getOwn(readJson(said), 'relay') === 1;
	} catch {
		// No JSON: it is a page, and no relay's answer.
		return false;
	}
}
