import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { HttpRequest } from '../model/request.ts';
import { isStreamed } from './client.ts';
import { answerFor } from './test-answers.ts';
import type { Answer } from './test-answers.ts';
import type { Case } from './test-cases.ts';
import { secret } from './test-run.ts';

/** What arrived at the loopback server. */
export interface Arrival {
	method: string;
	path: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** A server that keeps what arrives, and answers the case whose number starts the path. */
export interface Loopback {
	/** What arrived for each case, by its place in the list. */
	arrivals: Map<number, Arrival>;
	/** The case's request with its address on this server. */
	requestOf(index: number): HttpRequest;
	close(): void;
}

/** Starts a loopback server for `cases`. */
export async function startLoopback(cases: readonly Case[]): Promise<Loopback> {
	const arrivals = new Map<number, Arrival>();
	const server = createServer((incoming, response) => {
		void record(incoming, response);
	});
	async function record(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
		const path = incoming.url ?? '';
		const index = Number(path.split('/')[1]);
		const body = await buffer(incoming);
		arrivals.set(index, { method: incoming.method ?? '', path, headers: incoming.headers, body });
		const one = cases[index];
		if (one !== undefined) await send(response, answerFor(one));
	}
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
	return {
		arrivals,
		requestOf(index) {
			const request = caseAt(cases, index).request;
			const { pathname, search } = new URL(request.url);
			return { ...request, url: `${origin}/${String(index)}${pathname}${search}` };
		},
		close: () => server.close()
	};
}

// Seven bytes at a time cut lines, frames and characters.
async function send(response: ServerResponse, { status, type, bytes }: Answer): Promise<void> {
	response.writeHead(status, { 'Content-Type': type });
	for (let at = 0; at < bytes.length; at += 7) {
		response.write(bytes.subarray(at, at + 7));
		await setImmediate();
	}
	response.end();
}

/** The case at a place that exists. */
export function caseAt(cases: readonly Case[], index: number): Case {
	const one = cases[index];
	if (one === undefined) throw new Error(`No case ${String(index)}`);
	return one;
}

/** An arrival in the form of the request that should have made it, without what every client adds. */
export function requestFrom(arrival: Arrival | undefined, wanted: HttpRequest): object {
	const names = Object.keys(wanted.headers).map((name) => name.toLowerCase());
	return {
		method: arrival?.method,
		path: arrival?.path,
		headers: Object.fromEntries(names.map((name) => [name, arrival?.headers[name]])),
		authorization: arrival?.headers.authorization,
		body: arrival?.body.toString()
	};
}

/** What `requestFrom` gives when `wanted` arrived as it is, with the key. */
export function sentForm(wanted: HttpRequest): object {
	const { pathname, search } = new URL(wanted.url);
	return {
		method: wanted.method,
		path: pathname + search,
		headers: Object.fromEntries(
			Object.entries(wanted.headers).map(([name, value]) => [name.toLowerCase(), value])
		),
		authorization: `Bearer ${secret}`,
		body: wanted.body ?? ''
	};
}

/** Whether the answer to a case is the binary event stream. */
export function isBinary({ request, api }: Case): boolean {
	return api === 'converse' && isStreamed(request, api);
}
