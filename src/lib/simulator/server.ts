import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
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
	/** A key and certificate in PEM make it an https server. */
	tls?: { key: string; cert: string };
}

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
	const server =
		tls === undefined ? createServer(handle(options)) : createTlsServer(tls, handle(options));
	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') {
		throw new Error(`The server listens on ${String(address)} instead of a port`);
	}
	return {
		url: `${tls === undefined ? 'http' : 'https'}://${host}:${address.port}`,
		port: address.port,
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		}
	};
}

/**
 * Makes a listener for a Node server, which is also a middleware for Vite's: mounted at a path, it
 * serves all paths of both endpoints below it.
 */
export function handle(
	options: HandleOptions = {},
	service: Service = newService(options)
): RequestListener {
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

async function answer(
	service: Service,
	request: IncomingMessage,
	response: ServerResponse,
	signal: AbortSignal,
	onrequest: HandleOptions['onrequest']
): Promise<void> {
	const { method = 'GET' } = request;
	const scheme = 'encrypted' in request.socket ? 'https' : 'http';
	const url = `${scheme}://${request.headers.host ?? 'localhost'}${request.url ?? '/'}`;
	const headers = new Headers(
		Object.entries(request.headersDistinct).flatMap(([name, values]) =>
			(values ?? []).map((value): [string, string] => [name, value])
		)
	);
	const body = await text(request);
	onrequest?.({ method, url, headers: Object.fromEntries(headers), body });
	const answered = await service({ method, url, headers, body, signal });
	response.writeHead(answered.status, Object.fromEntries(answered.headers));
	response.flushHeaders();
	if (answered.body !== null) await pipe(answered.body, response, signal);
	response.end();
}

async function pipe(
	body: ReadableStream<Uint8Array>,
	response: ServerResponse,
	signal: AbortSignal
): Promise<void> {
	for await (const chunk of body) {
		if (!response.write(chunk)) await once(response, 'drain', { signal });
	}
}

// What was written still goes out; then the connection ends without the end of the body.
function cut(response: ServerResponse): void {
	const { socket } = response;
	if (socket === null) response.destroy();
	else socket.destroySoon();
}
