import type { Chunk, Exchange, Head, Unreachable } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';
import { faultOf, initOf } from './fetch-init.ts';
import { pageNetwork } from './network.ts';
import type { Network } from './network.ts';
import { findCause, pageSignals, watchPolicy } from './probe.ts';
import type { Fetch, PageSignals } from './probe.ts';
import { readChunks } from './read-chunks.ts';
import type { Wanted } from './read-chunks.ts';
import { Redactor } from './redact.ts';
import { orAbort, startTimer } from './waits.ts';
import type { Timer } from './waits.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** One request to send, and who wants to know how it goes. */
export interface Sending {
	request: HttpRequest;
	/** Epoch ms, for the exchange; now by default. */
	startedAt?: number;
	/** Sent as `Authorization: Bearer` and nowhere else; without one no such header is sent. */
	secret?: string;
	/** Id of the key whose secret it is, for whoever watches the network. */
	key?: string;
	/** What takes the secret out of what comes back; made from the secret by default. */
	redactor?: Redactor;
	/** The page's own by default; the demo passes the simulator. */
	fetch?: Fetch;
	/** Who is told of it, and the way it takes: the page's own by default, and none where a `fetch` stands in for the network. */
	network?: Network | undefined;
	/** Aborted by Stop. */
	signal: AbortSignal;
	/** A clock in ms, by default that of the page. */
	now?: () => number;
	/** `setTimeout` by default. */
	timer?: Timer;
	/** What tells failures of the network apart; the page's own by default. */
	page?: PageSignals;
	/** Called when the headers have come, which are without the secret, at `t` ms since the request was handed over. */
	onhead?: (status: number, headers: Record<string, string>, t: number) => void;
	/** Called with each chunk; says whether more is wanted. */
	onchunk?: (chunk: Chunk) => Wanted;
}

/**
 * Sends a request and reads the answer to its end: the only `fetch`. Gives the exchange, whatever happened: it rejects
 * only when a callback throws. A request that can't be written is not sent. Where the secret was found in what came
 * back, the exchange has no chunks.
 */
export async function send(sending: Sending): Promise<Exchange> {
	const { request, secret, signal, startedAt = Date.now() } = sending;
	const { now = () => performance.now(), timer = startTimer } = sending;
	const fault = faultOf(request, secret);
	const redactor = sending.redactor ?? new Redactor(secret);
	const start = now();
	const chunks: Chunk[] = [];
	const newExchange = (end: Exchange['end'], head?: Head): Exchange => ({
		request,
		startedAt,
		...(head && { status: head.status, headers: head.headers }),
		chunks: redactor.found ? [] : chunks,
		end,
		times: { ...(head && { headers: head.t }), end: now() - start }
	});
	if (fault !== undefined) return newExchange({ unsent: fault });
	if (signal.aborted) return newExchange('stopped');
	const network = networkOf(sending);
	const contact = network?.begin(request, sending.key);
	const pending = requestHead(sending, network?.addressOf(request.url) ?? request.url);
	// This takes some milliseconds for a long key. The request is on its way meanwhile.
	redactor.prepare();
	const response = await pending;
	if (!(response instanceof Response)) {
		contact?.end(response, now() - start);
		return newExchange(response);
	}
	const headers = hideInHeaders(response.headers, redactor);
	const head = { status: response.status, headers, t: now() - start };
	contact?.head(head.status, head.t);
	sending.onhead?.(head.status, headers, head.t);
	let t = 0;
	const take = (bytes: Chunk['bytes'], isMore: boolean): Wanted => {
		if (!isMore) t = now() - start;
		const chunk: Chunk = { t, bytes };
		redactor.scan(bytes);
		chunks.push(chunk);
		contact?.receive(bytes.length);
		return sending.onchunk?.(chunk) ?? 'more';
	};
	const end = await readChunks(response.body, take, { signal, timer });
	contact?.end(end, now() - start);
	return newExchange(end, head);
}

/** The response of `address` once its head is there, or how it was that none came. */
async function requestHead(
	sending: Sending,
	address: string
): Promise<Response | 'stopped' | { unreachable: Unreachable }> {
	const { request, secret, signal, fetch = globalThis.fetch } = sending;
	const { page = pageSignals, timer = startTimer } = sending;
	const isRelayed = address !== request.url;
	const policy = watchPolicy(address, page);
	try {
		const response = await orAbort(fetch(address, initOf(request, secret, signal)), signal);
		if (isRelayed && response.headers.get('x-relay') !== 'passed') return notPassed(response);
		// Browsers tell a redirect by its type alone, others by its status.
		const isRedirect = response.type === 'opaqueredirect' || redirects.has(response.status);
		if (isRedirect) return { unreachable: 'redirect' };
		page.readable?.add(new URL(address).origin);
		return response;
	} catch {
		// What fetch throws can quote the key: it is not looked at.
		if (signal.aborted) return 'stopped';
		if (isRelayed) return { unreachable: page.online() ? 'relay' : 'offline' };
		const probe = findCause(address, policy.blocked, { fetch, page, timer });
		// The one way for it to fail is to be stopped.
		const cause = await orAbort(probe, signal).catch(() => 'stopped' as const);
		return cause === 'stopped' ? 'stopped' : { unreachable: cause };
	} finally {
		policy.stop();
	}
}

/** What it means that a relay has answered itself: the host was out of its reach too, or it is none. */
function notPassed({ type, headers, body }: Response): { unreachable: Unreachable } {
	// Nobody reads the rest of it.
	body?.cancel().catch(() => undefined);
	// The type is all that a browser shows of a redirect; a relay passes on that of a host.
	if (type === 'opaqueredirect') return { unreachable: 'redirect' };
	return { unreachable: headers.get('x-relay') === 'no-answer' ? 'no-answer' : 'relay' };
}

function networkOf(sending: Sending): Network | undefined {
	if ('network' in sending) return sending.network;
	return sending.fetch === undefined ? pageNetwork : undefined;
}

function hideInHeaders(headers: Headers, redactor: Redactor): Record<string, string> {
	return Object.fromEntries(
		[...headers].map(([name, value]) => [redactor.hide(name), redactor.hide(value)])
	);
}
