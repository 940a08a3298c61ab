import type { Chunk, Exchange } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';
import { faultOf, initOf } from './fetch-init.ts';
import { findCause, pageSignals, watchPolicy } from './probe.ts';
import type { Fetch, PageSignals } from './probe.ts';
import { readChunks } from './read-chunks.ts';
import type { Wanted } from './read-chunks.ts';
import { Redactor } from './redact.ts';
import { orAbort, startTimer } from './waits.ts';
import type { Timer } from './waits.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
// Enough of the bytes before a chunk to see a part of a secret that the chunk goes on with, escaped for JSON too.
const TAIL_BYTES = 96;

/** One request to send, and who wants to know how it goes. */
export interface Sending {
	request: HttpRequest;
	/** Epoch ms, for the exchange; now by default. */
	startedAt?: number;
	/** Sent as `Authorization: Bearer` and nowhere else; without one no such header is sent. */
	secret?: string;
	/** What takes the secret out of what comes back; made from the secret by default. */
	redactor?: Redactor;
	/** The page's own by default; the demo passes the simulator. */
	fetch?: Fetch;
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
	const redactor = sending.redactor ?? new Redactor(fault === undefined ? secret : '');
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
	const response = await requestHead(sending);
	if (!(response instanceof Response)) return newExchange(response);
	const headers = hideInHeaders(response.headers, redactor);
	const head = { status: response.status, headers, t: now() - start };
	sending.onhead?.(head.status, headers, head.t);
	let tail = new Uint8Array();
	const take = (bytes: Chunk['bytes']): Wanted => {
		const chunk: Chunk = { t: now() - start, bytes };
		if (!redactor.isIdle) {
			redactor.scan(bytes, tail);
			tail = lastOf(tail, bytes);
		}
		chunks.push(chunk);
		return sending.onchunk?.(chunk) ?? 'more';
	};
	return newExchange(await readChunks(response.body, take, { signal, timer }), head);
}

interface Head {
	status: number;
	headers: Record<string, string>;
	t: number;
}

/** The response once its head is there, or how it was that none came. */
async function requestHead(sending: Sending): Promise<Response | Exchange['end']> {
	const { request, secret, signal, fetch = globalThis.fetch } = sending;
	const { page = pageSignals, timer = startTimer } = sending;
	const { url } = request;
	if (signal.aborted) return 'stopped';
	const policy = watchPolicy(url, page);
	try {
		const response = await orAbort(fetch(url, initOf(request, secret, signal)), signal);
		// Browsers tell a redirect by its type alone, others by its status.
		const isRedirect = response.type === 'opaqueredirect' || redirects.has(response.status);
		if (isRedirect) return { unreachable: 'redirect' };
		page.readable?.add(new URL(url).origin);
		return response;
	} catch {
		// What fetch throws can quote the key: it is not looked at.
		if (signal.aborted) return 'stopped';
		const probe = findCause(url, policy.blocked, { fetch, page, timer });
		// The one way for it to fail is to be stopped.
		const cause = await orAbort(probe, signal).catch(() => 'stopped' as const);
		return cause === 'stopped' ? 'stopped' : { unreachable: cause };
	} finally {
		policy.stop();
	}
}

function hideInHeaders(headers: Headers, redactor: Redactor): Record<string, string> {
	return Object.fromEntries(
		[...headers].map(([name, value]) => [redactor.hide(name), redactor.hide(value)])
	);
}

function lastOf(tail: Uint8Array, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	if (bytes.length >= TAIL_BYTES) return bytes.slice(-TAIL_BYTES);
	const last = new Uint8Array(tail.length + bytes.length);
	last.set(tail);
	last.set(bytes, tail.length);
	return last.slice(-TAIL_BYTES);
}
