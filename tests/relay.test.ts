import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import { buffer, text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { newRelay } from '../src/relay.ts';

const runtime = 'bedrock-runtime.us-west-2.amazonaws.com';
const converse = `/relay/${runtime}/model/amazon.nova-lite-v1%3A0/converse`;

/** What stands for Bedrock: the last request that reached it, and what answers the next. */
let received: { method: string; url: string; headers: IncomingMessage['headers']; sha: string }[] =
	[];
let answer: RequestListener = (_, response) => response.end('{}');
let upstream: Server;
let relay: Server;
let port: number;

/** A certificate that is good for one name. */
async function certify(name: string) {
	const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
		keySize: 2048,
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }
		]
	});
	return { key, cert };
}

async function listen(server: Server): Promise<number> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
	const { key, cert } = await certify(runtime);
	upstream = createTlsServer({ key, cert }, (request, response) => {
		const hash = createHash('sha256');
		request.on('data', (bytes: Buffer) => hash.update(bytes));
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			received.push({ method, url, headers, sha: hash.digest('hex') });
		});
		answer(request, response);
	});
	const relayed = newRelay({
		port: await listen(upstream),
		ca: cert,
		// Every name leads to this computer.
		lookup: (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }])
	});
	relay = createServer((request, response) => {
		// As Vite's server does before it calls what is mounted in it.
		response.setHeader('Access-Control-Allow-Origin', '*');
		relayed(request, response, () => response.writeHead(418).end('not the relay'));
	});
	port = await listen(relay);
});

afterEach(() => {
	received = [];
	answer = (request, response) => {
		request.resume().on('end', () => response.end('{}'));
	};
});

afterAll(() => {
	for (const server of [relay, upstream]) {
		server.close();
		server.closeAllConnections();
	}
});

interface Answer {
	status: number;
	headers: IncomingMessage['headers'];
	body: string;
}

/** Asks as the page would: the address is sent as it is, which `fetch` would tidy up. */
async function ask(
	path: string,
	{ method = 'GET', headers = {}, body = '' as string | Buffer } = {} as {
		method?: string;
		headers?: OutgoingHttpHeaders;
		body?: string | Buffer;
	}
): Promise<Answer> {
	const request = httpRequest({ port, host: '127.0.0.1', path, method, headers });
	request.end(body);
	const [response] = (await once(request, 'response')) as [IncomingMessage];
	return {
		status: response.statusCode ?? 0,
		headers: response.headers,
		body: await text(response)
	};
}

/** Sends bytes that no client would write, and reads what comes until `isWhole` or the end of the connection. */
async function askRaw(
	lines: readonly string[],
	body = '',
	isWhole = (said: string) => said.includes('\r\n\r\n')
): Promise<string> {
	const socket = connect(port, '127.0.0.1');
	socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
	let said = '';
	for await (const bytes of socket) {
		said += String(bytes);
		if (isWhole(said)) break;
	}
	return said;
}

const own = { origin: '', 'sec-fetch-site': 'same-origin' };

/** The headers that a page of this server sends with its key. */
function pageHeaders(): OutgoingHttpHeaders {
	return {
		...own,
		origin: `http://127.0.0.1:${port}`,
		authorization: 'Bearer secret-key',
		'content-type': 'application/json',
		accept: 'application/vnd.amazon.eventstream',
		'user-agent': 'a browser',
		'accept-language': 'en',
		'accept-encoding': 'gzip, br',
		cookie: 'session=1',
		referer: `http://127.0.0.1:${port}/`,
		'sec-fetch-dest': 'empty',
		'sec-fetch-mode': 'cors',
		'sec-ch-ua': '"Chromium"'
	};
}

describe('the relay', () => {
	it('says that it is there, and leaves all other paths alone', async () => {
		expect(await ask('/relay/health')).toMatchObject({
			status: 200,
			body: '{"relay":1}',
			headers: { 'content-type': 'application/json', 'x-relay': 'health' }
		});
		for (const path of [
			'/',
			'/relay',
			'/relays/x',
			'/Relay/health',
			'//relay/health',
			'/x/relay/health'
		])
			expect(await ask(path), path).toMatchObject({ status: 418 });
	});

	it('passes path, key, type and guardrail on, and nothing that the browser adds', async () => {
		const guardrail = {
			'x-amzn-bedrock-guardrailidentifier': 'g1',
			'x-amzn-bedrock-guardrailversion': '1',
			'x-amzn-bedrock-trace': 'ENABLED'
		};
		const headers = { ...pageHeaders(), ...guardrail };
		const { status } = await ask(`${converse}?a=%2F&b`, {
			method: 'POST',
			headers,
			body: '{"a": 1}'
		});
		expect(status).toBe(200);
		expect(received).toMatchObject([
			{ method: 'POST', url: '/model/amazon.nova-lite-v1%3A0/converse?a=%2F&b' }
		]);
		expect(received[0]?.headers).toEqual({
			...guardrail,
			accept: 'application/vnd.amazon.eventstream',
			authorization: 'Bearer secret-key',
			connection: 'close',
			'content-length': '8',
			'content-type': 'application/json',
			host: expect.stringMatching(/^bedrock-runtime\.us-west-2\.amazonaws\.com(:\d+)?$/)
		});
	});

	it('passes back type and ids of an answer, and nothing that would act on this origin', async () => {
		answer = (_, response) => {
			response.writeHead(429, {
				'content-type': 'application/json',
				'x-amzn-requestid': 'r1',
				'retry-after': '3',
				'set-cookie': ['a=1', 'b=2'],
				'clear-site-data': '"*"',
				'access-control-allow-origin': '*',
				'strict-transport-security': 'max-age=1',
				location: 'https://evil.example/',
				'service-worker-allowed': '/'
			});
			response.end('{"message":"slow"}');
		};
		const { status, headers, body } = await ask(converse, { headers: pageHeaders() });
		expect([status, body]).toEqual([429, '{"message":"slow"}']);
		const {
			date: _,
			connection: __,
			'keep-alive': ___,
			'transfer-encoding': ____,
			...rest
		} = headers;
		expect(rest).toEqual({
			'content-type': 'application/json',
			'x-amzn-requestid': 'r1',
			'retry-after': '3',
			'cache-control': 'no-store',
			'content-security-policy': "default-src 'none'; sandbox",
			'x-content-type-options': 'nosniff',
			'x-relay': 'passed'
		});
	});

	it('follows no redirect and does not say where it led', async () => {
		answer = (_, response) => {
			response.writeHead(307, { location: `https://${runtime}/elsewhere` }).end();
		};
		const { status, headers } = await ask(converse, { headers: pageHeaders() });
		expect(status).toBe(307);
		expect(headers.location).toBeUndefined();
		expect(received.map(({ url }) => url)).toHaveLength(1);
	});

	it('is a part of the server that npm start runs, and of the one for developing', async () => {
		const { default: config } = await import('../vite.config.ts');
		const plugin = (config.plugins ?? [])
			.flat()
			.find((one) => one && 'name' in one && one.name === 'relay');
		const use = vi.fn<(middleware: unknown) => void>();
		const server = { middlewares: { use } };
		expect(plugin).toMatchObject({
			configureServer: expect.any(Function),
			configurePreviewServer: expect.any(Function)
		});
		const { configureServer, configurePreviewServer } = plugin as unknown as Record<
			string,
			(to: typeof server) => void
		>;
		configureServer?.(server);
		configurePreviewServer?.(server);
		expect(use.mock.calls.map(([middleware]) => typeof middleware)).toEqual([
			'function',
			'function'
		]);
	});

	it('writes nothing down', async () => {
		const writes = (['stdout', 'stderr'] as const).map((name) => vi.spyOn(process[name], 'write'));
		const logs = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
		await ask(converse, { headers: pageHeaders() });
		await ask('/relay/evil.example/', { headers: pageHeaders() });
		answer = (request) => void request.socket.destroy();
		await ask(converse, { headers: pageHeaders() });
		for (const spy of [...writes, ...logs]) expect(spy).not.toHaveBeenCalled();
		vi.restoreAllMocks();
	});
});

describe('a host', () => {
	it.each([
		['another one', 'evil.example/'],
		['S3', 's3.us-west-2.amazonaws.com/'],
		['a Region that there is not', 'bedrock-runtime.us-west-9.amazonaws.com/'],
		['a host of agents', 'bedrock-agent-runtime.us-west-2.amazonaws.com/'],
		['a longer name', `${runtime}.evil.example/`],
		['a longer beginning', `evil-${runtime}/`],
		['a name below it', `a.${runtime}/`],
		['a final dot', `${runtime}./`],
		['capitals', `${runtime.toUpperCase()}/`],
		['a port', `${runtime}:443/`],
		['another port', `${runtime}:22/`],
		['a user before it', `user@${runtime}/`],
		['it as the user', `${runtime}@evil.example/`],
		['it as user and password', `${runtime}:x@evil.example/`],
		['an encoded @', `${runtime}%40evil.example/`],
		['an encoded dot', `bedrock-runtime%2Eus-west-2.amazonaws.com/`],
		['an encoded slash after it', `${runtime}%2F..%2Fevil.example/`],
		['an encoded null', `${runtime}%00.evil.example/`],
		['an encoded letter', `%62edrock-runtime.us-west-2.amazonaws.com/`],
		['a letter of another script', `bedrock-runtіme.us-west-2.amazonaws.com/`],
		['the same in ASCII', 'xn--bedrock-runtme-rdk.us-west-2.amazonaws.com/'],
		['a full-width dot', `bedrock-runtime．us-west-2.amazonaws.com/`],
		['an IPv6 address', '[::1]/'],
		['an IPv4 address', '127.0.0.1/'],
		['the address of a cloud’s metadata', '169.254.169.254/latest/meta-data/'],
		['this computer', 'localhost/'],
		['none', ''],
		['none, twice', '/'],
		['a second slash before it', `/${runtime}/`],
		['a scheme before it', `https://${runtime}/`],
		['a scheme with one slash', `https:/${runtime}/`],
		['a backslash after it', `${runtime}\\@evil.example/`],
		['a backslash before it', `\\${runtime}/`],
		['nothing after it', runtime],
		['a question after it', `${runtime}?x=/`],
		['a fragment after it', `${runtime}#@evil.example/`],
		['a semicolon', `${runtime};evil.example/`],
		['a comma', `${runtime},evil.example/`],
		['steps to another', `${runtime}/../evil.example/`],
		['encoded steps', `${runtime}/%2e%2e/evil.example/`],
		['half encoded steps', `${runtime}/.%2E/x`],
		['steps behind encoded slashes', `${runtime}/a%2F..%2Fb`],
		['steps behind encoded backslashes', `${runtime}/a%5C..%5Cb`],
		['a backslash in the path', `${runtime}/a\\b`],
		['a broken escape', `${runtime}/a%2`]
	])('is refused: %s', async (_, rest) => {
		const said = await askRaw([
			`GET ${`/relay/${rest}`} HTTP/1.1`,
			`Host: 127.0.0.1:${port}`,
			'Connection: close'
		]);
		expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
		expect(said).not.toContain('x-relay: passed');
		expect(received).toEqual([]);
	});

	it.each([
		'/', // the root, as a free test asks for it
		'//evil.example/x', // two slashes are a path
		'/model/arn%3Aaws%3Abedrock%3Aus-west-2%3A1%3Aapplication-inference-profile%2Fabc/converse',
		'/v1/responses/resp_1?starting_after=2&stream=true',
		"/a/~!$&'()*+,;=:@-._/"
	])('gets the path %s as it is', async (path) => {
		expect(await ask(`/relay/${runtime}${path}`)).toMatchObject({ status: 200 });
		expect(received).toMatchObject([
			{ url: path, headers: { host: expect.stringContaining(runtime) } }
		]);
	});

	it('is believed only with a certificate of its own name', async () => {
		const asked = await ask('/relay/bedrock-runtime.us-east-1.amazonaws.com/', {
			headers: pageHeaders()
		});
		expect(asked).toMatchObject({ status: 502, headers: { 'x-relay': 'no-answer' } });
		expect(received).toEqual([]);
	});
});

describe('a method', () => {
	it.each(['OPTIONS', 'PUT', 'PATCH', 'HEAD', 'TRACE', 'PROPFIND'])(
		'%s is refused',
		async (method) => {
			expect(await ask(converse, { method, headers: pageHeaders() })).toMatchObject({
				status: 405
			});
			expect(received).toEqual([]);
		}
	);

	it.each(['GET', 'POST', 'DELETE'])('%s is passed on', async (method) => {
		expect(await ask(converse, { method, headers: pageHeaders() })).toMatchObject({ status: 200 });
		expect(received).toMatchObject([{ method }]);
	});
});

describe('a header', () => {
	const start = [`POST ${converse} HTTP/1.1`];
	const host = () => `Host: 127.0.0.1:${port}`;

	it.each<[string, string[], string]>([
		['X-Forwarded-For', ['X-Forwarded-For: 10.0.0.1'], ''],
		['X-Forwarded-Host', ['X-Forwarded-Host: evil.example'], ''],
		['Forwarded', ['Forwarded: host=evil.example'], ''],
		['X-HTTP-Method-Override', ['X-HTTP-Method-Override: DELETE'], ''],
		['X-Api-Key', ['X-Api-Key: k'], ''],
		['Transfer-Encoding', ['Transfer-Encoding: chunked'], '0\r\n\r\n'],
		['two lengths', ['Content-Length: 1', 'Content-Length: 2'], 'ab'],
		['the same length twice', ['Content-Length: 1', 'Content-Length: 1'], 'a'],
		['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
		['a length in hexadecimals', ['Content-Length: 0x2'], 'ab'],
		['a length with a sign', ['Content-Length: +2'], 'ab'],
		['two keys', ['Authorization: Bearer a', 'Authorization: Bearer b'], ''],
		[
			'a connection that names the key',
			['Connection: Authorization', 'Authorization: Bearer a'],
			''
		],
		['an upgrade', ['Connection: Upgrade', 'Upgrade: websocket'], ''],
		['Upgrade alone', ['Upgrade: h2c'], ''],
		['TE', ['TE: trailers'], ''],
		['Trailer', ['Trailer: Authorization'], ''],
		['Keep-Alive', ['Keep-Alive: timeout=5'], ''],
		['Proxy-Authorization', ['Proxy-Authorization: Basic x'], ''],
		['Expect', ['Expect: more'], ''],
		['a folded line', ['Accept: a', ' X-Evil: b'], ''],
		['a bare CR in a value', ['Accept: a\rX-Evil: b'], ''],
		['a bare LF in a name', ['Accept\n: a'], ''],
		['a null', ['Accept: a\0b'], ''],
		['a byte beyond ASCII', ['Accept: caf\xe9'], ''],
		['a space before the colon', ['Accept : a'], '']
	])('is refused: %s', async (_, lines, body) => {
		const said = await askRaw([...start, host(), ...lines], body);
		expect(said).not.toContain('x-relay: passed');
		expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
		expect(received).toEqual([]);
	});

	it('is no second one when an escape in the address stands for a line’s end', async () => {
		const said = await askRaw([
			`GET ${converse}%0d%0aX-Evil:%201 HTTP/1.1`,
			host(),
			'Connection: close'
		]);
		expect(said).toContain('x-relay: passed');
		expect(received[0]?.url).toContain('%0d%0aX-Evil:%201');
		expect(received[0]?.headers).not.toHaveProperty('x-evil');
	});

	it('is no second request when bytes follow the body', async () => {
		const smuggled = `GET /relay/evil.example/ HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`;
		const said = await askRaw([...start, host(), 'Content-Length: 2'], `{}${smuggled}`, (all) =>
			all.includes('x-relay: refused')
		);
		// It is read as what it is, a request of its own, and refused as such.
		expect(said.match(/^x-relay: \w+/gm)).toEqual(['x-relay: passed', 'x-relay: refused']);
		expect(received).toHaveLength(1);
	});
});

describe('a page of another site', () => {
	it.each<[string, OutgoingHttpHeaders]>([
		['of another origin', { origin: 'https://evil.example' }],
		['of another port', { origin: 'http://127.0.0.1:1' }],
		['of another scheme', { origin: 'https://SELF' }],
		['without an origin of its own', { origin: 'null' }],
		['with a longer origin', { origin: 'http://SELF.evil.example' }],
		['as the browser says', { 'sec-fetch-site': 'cross-site' }],
		['of the same site only', { 'sec-fetch-site': 'same-site' }],
		['that opens an answer as a page', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }],
		[
			'that opens an answer in itself',
			{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'iframe' }
		],
		[
			'that loads an answer as a script',
			{ 'sec-fetch-site': 'same-origin', 'sec-fetch-dest': 'script' }
		],
		['whose name was led here', { host: 'evil.example', origin: 'http://evil.example' }],
		['whose name ends like this one', { host: 'a.localhost.evil.example' }],
		['whose name looks like a number', { host: '127.0.0.1.evil.example' }],
		['with a name and a user', { host: 'localhost@evil.example' }],
		['with a number that is none', { host: '300.0.0.1' }]
	])('is refused: %s', async (_, given) => {
		const headers = Object.fromEntries(
			Object.entries(given).map(([name, value]) => [
				name,
				String(value).replace('SELF', `127.0.0.1:${port}`)
			])
		);
		for (const path of [converse, '/relay/health']) {
			expect(await ask(path, { headers })).toMatchObject({
				status: 403,
				headers: { 'x-relay': 'refused' }
			});
		}
		expect(received).toEqual([]);
	});

	it('gets no leave in advance to send a key', async () => {
		const { status, headers } = await ask(converse, {
			method: 'OPTIONS',
			headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
		});
		expect(status).toBe(403);
		expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
	});

	it.each(['localhost', '127.0.0.1', '192.168.1.7', '[::1]'])(
		'is told from one of this server at %s',
		async (name) => {
			const host = `${name}:${port}`;
			expect(await ask(converse, { headers: { host, origin: `http://${host}` } })).toMatchObject({
				status: 200
			});
		}
	);
});

describe('bytes', () => {
	it('reach the page before the last have come', async () => {
		let end: () => void = () => undefined;
		answer = (_, response) => {
			response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
			end = () => response.end('data: 2\n\n');
		};
		const request = httpRequest({ port, host: '127.0.0.1', path: converse });
		request.end();
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		const [first] = (await once(response, 'data')) as [Buffer];
		// Only now is there a second one.
		expect(String(first)).toBe('data: 1\n\n');
		end();
		expect(await text(response)).toBe('data: 2\n\n');
	});

	it('reach the host before the last have been sent', async () => {
		const begun = new Promise<string>((resolve) => {
			answer = (incoming, response) => {
				incoming.once('data', (bytes: Buffer) => resolve(String(bytes)));
				incoming.on('end', () => response.end('done'));
			};
		});
		const headers = { 'content-length': '10' };
		const request = httpRequest({
			port,
			host: '127.0.0.1',
			path: converse,
			method: 'POST',
			headers
		});
		request.write('first');
		expect(await begun).toBe('first');
		request.end('after');
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		expect(await text(response)).toBe('done');
	});

	it('are the same at the end, 8 MB in either direction', async () => {
		const big = Buffer.alloc(8_000_000, 'abc\r\n\0\xff');
		answer = (incoming, response) => {
			incoming.resume().on('end', () => response.end(big));
		};
		const request = httpRequest({ port, host: '127.0.0.1', path: converse, method: 'POST' });
		request.setHeader('content-length', big.length);
		request.end(big);
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		expect((await buffer(response)).equals(big)).toBe(true);
		expect(received[0]?.sha).toBe(createHash('sha256').update(big).digest('hex'));
	});

	it('stop at the host when the page stops', async () => {
		const stopped = new Promise<void>((resolve) => {
			answer = (incoming, response) => {
				incoming.resume();
				response.on('close', resolve);
				response.write('data: 1\n\n');
			};
		});
		const request = httpRequest({ port, host: '127.0.0.1', path: converse });
		request.on('error', () => undefined).end();
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		await once(response, 'data');
		request.destroy();
		await expect(stopped).resolves.toBeUndefined();
	});

	it('stop at the host when the page stops before it has answered', async () => {
		let arrive: () => void = () => undefined;
		const arrived = new Promise<void>((resolve) => (arrive = resolve));
		const stopped = new Promise<void>((resolve) => {
			answer = (_, response) => {
				response.on('close', resolve);
				arrive();
			};
		});
		const request = httpRequest({ port, host: '127.0.0.1', path: converse });
		request.on('error', () => undefined).end();
		await arrived;
		request.destroy();
		await expect(stopped).resolves.toBeUndefined();
	});

	it('break off at the page when they break off at the host', async () => {
		answer = (_, response) => {
			response.write('data: 1\n\n');
			response.socket?.destroySoon();
		};
		const request = httpRequest({ port, host: '127.0.0.1', path: converse });
		request.end();
		const [response] = (await once(request, 'response')) as [IncomingMessage];
		await expect(text(response)).rejects.toThrow('aborted');
	});

	it('that never came are told from an answer', async () => {
		answer = (request) => void request.socket.destroy();
		expect(await ask(converse, { headers: pageHeaders() })).toMatchObject({
			status: 502,
			headers: { 'x-relay': 'no-answer' }
		});
	});
});
