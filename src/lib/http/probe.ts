import type { Unreachable } from '../model/exchange.ts';
import type { Timer } from './waits.ts';

/** The part of `fetch` that is used here. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a page can see of its own network. */
export interface PageSignals {
	/** False only where the browser knows that it is offline. */
	online(): boolean;
	/** Where `securitypolicyviolation` events arrive. */
	violations?: EventTarget;
	/** Origins that have answered so that the page could read it, since it was opened. */
	readable?: Set<string>;
}

/** The signals of this page; outside a browser it is online and has no policy. */
export const pageSignals: PageSignals = {
	readable: new Set(),
	online: () => typeof navigator === 'undefined' || navigator.onLine !== false,
	...(typeof document !== 'undefined' && { violations: document })
};

const PROBE_MS = 3000;

/** Sees whether the page's own policy blocks `url` from now until `stop`. */
export function watchPolicy(url: string, { violations }: PageSignals) {
	let blocked = false;
	const note = (event: Event) => {
		const uri = 'blockedURI' in event ? String(event.blockedURI) : '';
		blocked ||= URL.canParse(uri) && new URL(uri).origin === new URL(url).origin;
	};
	violations?.addEventListener('securitypolicyviolation', note);
	return {
		blocked: () => blocked,
		stop: () => violations?.removeEventListener('securitypolicyviolation', note)
	};
}

/**
 * Why a request to `url` failed without an answer, as far as a browser lets one know. Sends one GET to the root of the
 * host, without a key, a prompt or credentials, and waits at most 3 s for it.
 *
 * A browser tells a withheld answer and a closed connection by the same error. But CORS is a property of the host: one
 * that the page could read before does not begin to withhold, so a failure of such a host that is still up is a
 * connection that closed. Where it was never read, `withheld` is said, which both may be.
 */
export async function findCause(
	url: string,
	isBlocked: () => boolean,
	{ fetch, page, timer }: { fetch: Fetch; page: PageSignals; timer: Timer }
): Promise<Unreachable> {
	if (!page.online()) return 'offline';
	const limit = new AbortController();
	const stop = timer(() => limit.abort(), PROBE_MS);
	const answered = await answers(new URL('/', url).href, fetch, limit.signal);
	stop();
	// The event of a blocked request comes in a task of its own, after the failure.
	if (page.violations !== undefined) await new Promise<void>((resolve) => timer(resolve, 0));
	if (isBlocked()) return 'policy';
	if (!answered) return 'no-answer';
	return page.readable?.has(new URL(url).origin) === true ? 'closed' : 'withheld';
}

/** Whether the host answers anything at all before `signal` says that it is too late. */
async function answers(url: string, fetch: Fetch, signal: AbortSignal): Promise<boolean> {
	const late = new Promise<void>((_, reject) => signal.addEventListener('abort', reject));
	try {
		const init: RequestInit = {
			method: 'GET',
			mode: 'no-cors',
			credentials: 'omit',
			referrerPolicy: 'no-referrer',
			cache: 'no-store',
			signal
		};
		await Promise.race([fetch(url, init), late]);
		return true;
	} catch {
		// The failure is the finding.
		return false;
	}
}
