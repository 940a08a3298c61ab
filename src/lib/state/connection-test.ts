import { hostOf } from '../catalog/targets.ts';
import type { Unreachable } from '../model/exchange.ts';
import { endpointOf } from '../model/request.ts';
import type { KeyRing } from './key-ring.svelte.ts';
import type { Fetch } from './runner.ts';

/** What a test of the connection to a host has found; `late`: nothing in 15 s. */
export type ConnectionTest =
	| { status: number; ms: number; withKey: boolean }
	| { unreachable: Unreachable }
	| 'other-region'
	| 'late';

/** ms after which a test is given up. */
const patience = 15_000;

/** Whether the host of `url` has something to ask for that costs nothing. */
export function isTestable(url: string): boolean {
	return endpointOf(new URL(url).hostname) !== 'gateway';
}

/**
 * Asks the host of `url` for something that costs nothing: mantle for its list of models, with the key; runtime, which
 * has no such list, for its root, without. Nothing is billed or stored, and the key goes to no other Region than its own.
 */
export async function testConnection(
	url: string,
	keyRing: KeyRing,
	fetch: Fetch = globalThis.fetch
): Promise<ConnectionTest> {
	const { origin, hostname } = new URL(url);
	const withKey = endpointOf(hostname) === 'mantle';
	const { record } = keyRing;
	const isOwn = record !== undefined && hostname === hostOf('mantle', record.region);
	const secret = withKey && isOwn ? await keyRing.readSecret(record.id) : undefined;
	if (withKey && secret === undefined) return 'other-region';
	const { send } = await import('../http/send.ts');
	const { status, end, times } = await send({
		request: { method: 'GET', url: `${origin}${withKey ? '/v1/models' : '/'}`, headers: {} },
		fetch,
		signal: AbortSignal.timeout(patience),
		...(secret !== undefined && { secret })
	});
	if (typeof end === 'object' && 'unreachable' in end) return { unreachable: end.unreachable };
	return status === undefined ? 'late' : { status, ms: times.headers ?? times.end, withKey };
}
