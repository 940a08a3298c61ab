import { narrowed, sourcesOf, statedPolicy } from './narrow-policy.ts';

/**
 * Whether the page's policy lets it reach an address: now, once the page is opened anew with a gateway saved there, or never,
 * because the page was built without it.
 */
export type Reach = 'now' | 'after-reload' | 'never';

/** Whether and when a page can reach an address, by its policy; always where it states none. */
export function reachOf(page: Document, url: string, kept = narrowed): Reach {
	const stated = sourcesOf(statedPolicy(page));
	if (stated.length === 0) return 'now';
	const own = page.location.origin;
	const lets = (sources: readonly string[]) => sources.some((one) => isSource(one, url, own));
	if (lets(kept ?? stated)) return 'now';
	return lets(stated) ? 'after-reload' : 'never';
}

/** Whether a source of a policy takes in an address, as far as sources are ones of whoever builds this page. */
function isSource(source: string, url: string, own: string): boolean {
	const { protocol, hostname, port, origin } = new URL(url);
	if (source === "'self'") return origin === own;
	const [, scheme, host = '', allowedPort = ''] =
		/^(https?:)\/\/([^/:]+)(?::(\d+|\*))?\/?$/.exec(source) ?? [];
	// A source of http takes in https too.
	if (scheme === undefined || (scheme !== protocol && scheme !== 'http:')) return false;
	const isHost = host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host;
	return isHost && (allowedPort === '*' || allowedPort === port);
}
