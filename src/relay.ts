import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { pipeline } from 'node:stream';
import regions from './lib/catalog/regions.json' with { type: 'json' };

/** What a Node server calls for each request; `next` is called for those that are none of this one's. */
export type Middleware = (
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
) => void;

/** How a relay reaches the hosts: all of it the usual, but in tests. */
export type Reach = Pick<RequestOptions, 'ca' | 'lookup' | 'port'>;

/** The path below which requests are passed on: `/relay/<host>/<path>`. */
const prefix = '/relay/';

/** The only hosts that anything is passed on to. */
const hosts: ReadonlySet<string> = new Set([
	...regions.runtime.map((region) => `bedrock-runtime.${region}.amazonaws.com`),
	...regions.mantle.map((region) => `bedrock-mantle.${region}.api.aws`),
	...regions.runtime.map((region) => `bedrock.${region}.amazonaws.com`)
]);

const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'DELETE']);

/** What is passed on of a request; `host` and what belongs to the connection are made anew. */
const passedOn: ReadonlySet<string> = new Set([
	'accept',
	'authorization',
	'content-length',
	'content-type',
	'x-amzn-bedrock-guardrailidentifier',
	'x-amzn-bedrock-guardrailversion',
	'x-amzn-bedrock-trace'
]);

/** What a browser adds by itself: it stays here. */
const stays =
	/^(accept-encoding|accept-language|cache-control|connection|cookie|dnt|host|origin|pragma|priority|referer|save-data|user-agent|sec-[a-z-]+)$/;

/** What is passed back of an answer. Nothing else of it may speak for the page's own origin, cookies least of all. */
const passedBack =
	/^(content-type|content-length|content-encoding|date|retry-after|x-request-id|x-amzn?-[a-z0-9-]+|x-ratelimit-[a-z-]+|openai-[a-z-]+)$/;

// The characters of a path and a query as browsers send them. Backslashes, control characters and broken escapes are not.
const address = /^([a-z0-9.-]+)((?:\/(?:[\w.~!$&'()*+,;=:@-]|%[0-9a-f]{2})*)+)(\?[^\s#\\]*)?$/i;

/**
 * A relay for pages of the server that it is mounted in: passes requests below `/relay/<host>/` on to that host over
 * TLS, byte for byte in both directions and as they come. Only Bedrock's hosts, by their exact names; only what the page
 * sends of methods and headers; only from the page itself. It follows no redirect, keeps nothing and logs nothing.
 *
 * `GET /relay/health` tells a page that it is there. The header `x-relay` says of every answer whose it is: `passed` is
 * the host's, `refused` and `no-answer` are the relay's own.
 */
export function newRelay(reach: Reach = {}): Middleware {
	return (request, response, next) => {
		const { url = '/' } = request;
		if (!url.startsWith(prefix)) return next();
		// What the server around it would allow pages of other sites.
		for (const name of response.getHeaderNames()) {
			if (name.startsWith('access-control-')) response.removeHeader(name);
		}
		if (!isFromPage(request)) return refuse(response, 403, 'not from this page');
		if (url === `${prefix}health`) return sayHealth(request, response);
		const [, host, path, query = ''] = address.exec(url.slice(prefix.length)) ?? [];
		if (host === undefined || path === undefined || hasSteps(path)) {
			return refuse(response, 400, 'not an address that is passed on');
		}
		if (!hosts.has(host)) return refuse(response, 403, 'not a host of Bedrock');
		const { method = '' } = request;
		if (!methods.has(method)) return refuse(response, 405, 'not a method that is passed on');
		const headers = headersOf(request);
		if (typeof headers === 'string') return refuse(response, 400, headers);
		pass(request, response, { ...reach, host, path: path + query, method, headers });
	};
}

/**
 * Whether a request comes from a page of this server. A name that leads here by someone else's doing is refused: only
 * `localhost` and addresses in numbers can't be made to. What has neither `Origin` nor `Sec-Fetch-Site` is no page of
 * another site: with a key those have to ask first, and that is refused.
 */
function isFromPage({ headers, socket }: IncomingMessage): boolean {
	const { host = '', origin } = headers;
	const [, bracketed, name = ''] =
		/^(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?::\d+)?$/i.exec(host) ?? [];
	const isOwnName = name === 'localhost' || isIP(bracketed ?? name) !== 0;
	const scheme = 'encrypted' in socket ? 'https' : 'http';
	if (!isOwnName || (origin !== undefined && origin !== `${scheme}://${host}`)) return false;
	const { 'sec-fetch-site': site = 'same-origin', 'sec-fetch-dest': use = 'empty' } = headers;
	// Not as a document or a script of this origin either: what a host answers is only data.
	return site === 'same-origin' && use === 'empty';
}

/** Whether a path climbs, as it is or once its escapes are read. */
function hasSteps(path: string): boolean {
	return path.split(/\/|%2f|%5c/i).some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
}

/** What is passed on of the headers, or why none is. */
function headersOf({ rawHeaders }: IncomingMessage): OutgoingHttpHeaders | string {
	const headers: OutgoingHttpHeaders = {};
	const seen = new Set<string>();
	for (let i = 0; i < rawHeaders.length; i += 2) {
		const name = (rawHeaders[i] ?? '').toLowerCase();
		const value = rawHeaders[i + 1] ?? '';
		if (seen.has(name)) return `the header ${name} is there twice`;
		seen.add(name);
		if (stays.test(name)) {
			const isPlain = name !== 'connection' || /^(keep-alive|close)$/i.test(value);
			if (!isPlain) return 'not a connection that is passed on';
			continue;
		}
		if (!passedOn.has(name)) return `the header ${name} is not passed on`;
		if (!/^[\x20-\x7e]*$/.test(value)) return `the header ${name} holds other than ASCII`;
		headers[name] = value;
	}
	return headers;
}

/** Sends a request on and its answer back. What ends on one side ends on the other. */
function pass(request: IncomingMessage, response: ServerResponse, to: RequestOptions): void {
	// A connection of its own, because a kept one can turn out closed when the request is already on it; and the
	// certificate is looked at whatever the environment says.
	const onward = httpsRequest({ ...to, agent: false, rejectUnauthorized: true });
	onward.on('response', (answer) => {
		response.writeHead(answer.statusCode ?? 502, backOf(answer)).flushHeaders();
		// An end before the end cuts the page's connection too, so that it sees what happened.
		pipeline(answer, response, () => onward.destroy());
	});
	onward.on('error', () => {
		if (response.headersSent || response.destroyed) response.destroy();
		else refuse(response, 502, 'the host gave no answer', 'no-answer');
	});
	response.on('close', () => onward.destroy());
	pipeline(request, onward, (error) => {
		if (error) onward.destroy();
	});
}

function backOf({ headers }: IncomingMessage): OutgoingHttpHeaders {
	const back = Object.entries(headers).filter(([name]) => passedBack.test(name));
	return { ...Object.fromEntries(back), ...ownHeaders('passed') };
}

/** Of every answer: nothing keeps it, and shown by itself it is a text without rights. */
function ownHeaders(whose: 'passed' | 'refused' | 'no-answer' | 'health'): OutgoingHttpHeaders {
	return {
		'cache-control': 'no-store',
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
		'x-relay': whose
	};
}

function sayHealth({ method }: IncomingMessage, response: ServerResponse): void {
	if (method !== 'GET') return refuse(response, 405, 'only to be asked');
	response
		.writeHead(200, { ...ownHeaders('health'), 'content-type': 'application/json' })
		.end('{"relay":1}');
}

/** Says in the relay's own words why nothing was passed on. What is left of the request's body is dropped by Node. */
function refuse(
	response: ServerResponse,
	status: number,
	why: string,
	whose: 'refused' | 'no-answer' = 'refused'
): void {
	response
		.writeHead(status, { ...ownHeaders(whose), 'content-type': 'text/plain; charset=utf-8' })
		.end(`Relay: ${why}\n`);
}
