import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { constants, createSecureServer } from 'node:http2';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Service, SimulatorOptions } from './service.ts';
import { newService } from './service.ts';

/** A request as it arrived, for whoever watches. */
export interface SeenRequest {
	method: string;
	/** With the host that was asked for. */
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** How the listener behaves. */
export interface HandleOptions extends SimulatorOptions {
	/** Called with every request, preflights too, before it is answered. */
	onrequest?: (request: SeenRequest) => void;
}

/** How the server behaves. */
export interface ServerOptions extends HandleOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** A key and certificate in PEM make it an https server that speaks HTTP/2 and HTTP/1.1. */
	tls?: Tls;
}

/** A key and its certificate, in PEM. */
export interface Tls {
	key: string;
	cert: string;
}

/** A request by either version of HTTP, as Node gives it. */
export type AnyRequest = IncomingMessage | Http2ServerRequest;

/** Its response. */
export type AnyResponse = ServerResponse | Http2ServerResponse;

/** What answers the requests of a Node server, by either version of HTTP. */
export type AnyListener = (request: AnyRequest, response: AnyResponse) => void;

/** A running server. */
export interface RunningServer {
	/** Without a slash at its end. */
	url: string;
	port: number;
	/** Cuts the open connections and stops. */
	close(): Promise<void>;
}

/**
 * Starts an HTTP server in front of a simulator. It takes the host of a request from its Host
 * header, so that over loopback it is any of Bedrock's hosts. A connection is cut where the service
 * has no answer and where a body breaks off.
 */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const { port = 0, host = '127.0.0.1', tls } = options;
	const listener = handle(options);
	const server = tls === undefined ? createServer(listener) : newTlsServer(tls, listener);
	const close = closerOf(server);
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') {
		throw new Error(`The server listens on ${String(address)} instead of a port`);
	}
	const scheme = tls === undefined ? 'http' : 'https';
	return { url: `${scheme}://${host}:${address.port}`, port: address.port, close };
}

/**
 * Makes an https server that speaks HTTP/2, which the AWS SDK insists on, and HTTP/1.1 with those who
 * do not.
 */
export function newTlsServer({ key, cert }: Tls, listener: AnyListener): Server {
	return createSecureServer({ key, cert, allowHTTP1: true }, listener);
}

/** What stops a server: it cuts the connections that are open and those that are kept. */
export function closerOf(server: Server): () => Promise<void> {
	const sockets = new Set<{ destroy(): void }>();
	for (const event of ['connection', 'secureConnection']) {
		server.on(event, (socket: NodeJS.EventEmitter & { destroy(): void }) => {
			sockets.add(socket);
			socket.once('close', () => sockets.delete(socket));
		});
	}
	return async () => {
		const closed = new Promise((done) => server.close(done));
		for (const socket of sockets) socket.destroy();
		await closed;
	};
}

/**
 * Makes a listener for a Node server, which is also a middleware for Vite's: mounted at a path, it
 * serves all paths of both endpoints below it.
 */
export function handle(
	options: HandleOptions = {},
	service: Service = newService(options)
): AnyListener {
	return (request, response) => {
		const gone = new AbortController();
		response.on('close', () => gone.abort());
		answer(service, request, response, gone.signal, options.onrequest).catch((error: unknown) => {
			// What the service throws on purpose is a TypeError; an abort has no one to tell.
			if (!(error instanceof TypeError) && !gone.signal.aborted) console.error(error);
			cut(response);
		});
	};
}

/** The address that was asked for, with the host that the request names. */
export function urlOf(request: AnyRequest): string {
	const host = request.headers[':authority'] ?? request.headers.host ?? 'localhost';
	// Of an HTTP/2 request the socket is only a stand-in, and there is no HTTP/2 here without TLS.
	const scheme = isHttp2(request) || 'encrypted' in request.socket ? 'https' : 'http';
	return `${scheme}://${String(host)}${request.url ?? '/'}`;
}

/** The headers of a request, without those that HTTP/2 begins a request with. */
export function headersOf(request: AnyRequest): Headers {
	const headers = new Headers();
	for (const [name, values] of Object.entries(request.headers)) {
		if (name.startsWith(':') || values === undefined) continue;
		for (const value of [values].flat()) headers.append(name, value);
	}
	return headers;
}

/**
 * Ends a response before its end: what was written still goes out, then the connection, or with
 * HTTP/2 the stream, breaks off.
 */
export function cut(response: AnyResponse): void {
	if ('stream' in response) {
		const { stream } = response;
		// An empty chunk is written once those before it are.
		stream.write(new Uint8Array(0), () => stream.close(constants.NGHTTP2_INTERNAL_ERROR));
		return;
	}
	const { socket } = response;
	if (socket === null) response.destroy();
	else socket.destroySoon();
}

async function answer(
	service: Service,
	request: AnyRequest,
	response: AnyResponse,
	signal: AbortSignal,
	onrequest: HandleOptions['onrequest']
): Promise<void> {
	const { method = 'GET' } = request;
	const url = urlOf(request);
	const headers = headersOf(request);
	const body = await text(request);
	onrequest?.({ method, url, headers: Object.fromEntries(headers), body });
	const answered = await service({ method, url, headers, body, signal });
	writeHead(response, answered.status, Object.fromEntries(answered.headers));
	if (answered.body !== null) await pipe(answered.body, response, signal);
	response.end();
}

// The two kinds of response have these methods, but not with one type; HTTP/2 sends the head at once.
function writeHead(response: AnyResponse, status: number, headers: Record<string, string>): void {
	if ('stream' in response) response.writeHead(status, headers);
	else response.writeHead(status, headers).flushHeaders();
}

function isHttp2(request: AnyRequest): boolean {
	return request.httpVersionMajor >= 2;
}

async function pipe(
	body: ReadableStream<Uint8Array>,
	response: AnyResponse,
	signal: AbortSignal
): Promise<void> {
	for await (const chunk of body) {
		const more = 'stream' in response ? response.write(chunk) : response.write(chunk);
		if (!more) await once(response, 'drain', { signal });
	}
}
