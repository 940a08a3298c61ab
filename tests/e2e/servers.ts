import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { generate } from 'selfsigned';
import type { AnyRequest, AnyResponse } from '../../src/lib/simulator/server.ts';
import {
	closerOf,
	cut,
	handle,
	headersOf,
	newTlsServer,
	urlOf
} from '../../src/lib/simulator/server.ts';

const build = fileURLToPath(new URL('../../build', import.meta.url));

const types: Record<string, string> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
	'.json': 'application/json'
};

/** A plain static host of the built page, at `/` and in the subfolder `/sub/folder/`, as anyone's would be. */
export async function serveBuild(): Promise<{ url: string; close(): void }> {
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? '/', 'http://host');
		const inside = normalize(pathname.replace(/^\/sub\/folder\//, '/'));
		const path = join(build, inside.endsWith('/') ? `${inside}index.html` : inside);
		if (!path.startsWith(build) || !existsSync(path) || !statSync(path).isFile()) {
			response.writeHead(404).end('Not found');
			return;
		}
		response.writeHead(200, {
			'content-type': types[extname(path)] ?? 'application/octet-stream',
			// A file whose name changes with its text may be kept, as most hosts allow.
			...(inside.startsWith('/_app/immutable/') && {
				'cache-control': 'max-age=31536000, immutable'
			})
		});
		createReadStream(path).pipe(response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/`,
		close: () => {
			server.close();
			server.closeAllConnections();
		}
	};
}

/** What the service was sent. */
export interface Received {
	method: string;
	url: string;
	headers: Record<string, string>;
	body: string;
}

/** An answer written by a test. */
export interface Given {
	status: number;
	body: string;
	/** Default `application/json`. */
	contentType?: string;
	/** Breaks off, although more bytes were promised. */
	breaks?: {
		/** After so many bytes. */
		at: number;
		/** And after this: where the break follows the head at once, a browser may drop the head too. */
		after: Promise<unknown>;
	};
}

/**
 * The simulator behind TLS, as the hosts of Bedrock; what it was sent since `received` was last emptied. The next
 * POSTs are answered with what is in `given`, if anything is.
 */
export async function serveBedrock() {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'bedrock.test' }], {
		keySize: 2048
	});
	const received: Received[] = [];
	const given: Given[] = [];
	const simulate = handle({
		speed: 20,
		onrequest: (request) => {
			if (request.method !== 'OPTIONS') received.push(request);
		}
	});
	const server = newTlsServer({ key, cert }, (request, response) => {
		const next = request.method === 'POST' ? given.shift() : undefined;
		if (next === undefined) simulate(request, response);
		else void give(next, request, response, (one) => received.push(one));
	});
	const close = closerOf(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { port, received, given, close };
}

async function give(
	{ status, body, contentType = 'application/json', breaks }: Given,
	request: AnyRequest,
	response: AnyResponse,
	onrequest: (received: Received) => void
): Promise<void> {
	const { method = '' } = request;
	const headers = Object.fromEntries(headersOf(request));
	onrequest({ method, url: urlOf(request), headers, body: await text(request) });
	const bytes = Buffer.from(body);
	response.statusCode = status;
	response.setHeader('content-type', contentType);
	response.setHeader('content-length', bytes.length);
	response.setHeader('access-control-allow-origin', '*');
	if (breaks === undefined) response.end(bytes);
	else {
		if ('stream' in response) response.write(bytes.subarray(0, breaks.at));
		else response.write(bytes.subarray(0, breaks.at));
		await breaks.after;
		cut(response);
	}
}
