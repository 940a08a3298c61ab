// One server a page on loopback: the page's files, and the three APIs beside them.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createRequire } from 'node:module';
import { dirname, extname, join, normalize } from 'node:path';
import { json as readJson } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { generate } from 'selfsigned';
import { answerOf, random } from './answers.mjs';
import { protocols, shortAnswer } from './protocols.mjs';

const require = createRequire(import.meta.url);
const bare = join(import.meta.dirname, 'bare');

/** The files of the bare page, and the two libraries it takes from the project's own packages. */
const bareFiles = {
	'/': join(bare, 'index.html'),
	'/bare.mjs': join(bare, 'bare.mjs'),
	'/event-stream.mjs': join(bare, 'event-stream.mjs'),
	'/marked.mjs': join(dirname(require.resolve('marked')), 'marked.esm.js')
};

const parser = dirname(require.resolve('eventsource-parser'));

const types = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.svg': 'image/svg+xml'
};

/** `bench-2000-200`: the answer named 2000, 200 deltas a second; `max`: as fast as the reader takes them. */
export function parseModel(model) {
	const [name, answer, rate] = /^bench-(\w+)-(max|\d+)$/.exec(model ?? '') ?? [];
	return name && { name, answer, rate: rate === 'max' ? Infinity : Number(rate) };
}

/** The answer to a request. One named `told…` begins with the prompt, so that each is known from the others. */
function answerTo({ answer }, body) {
	if (!answer.startsWith('told')) return answerOf(answer);
	const { content } = body.messages.at(-1);
	const prompt = typeof content === 'string' ? content : content[0].text;
	const { text, deltas } = answerOf(answer.slice('told'.length));
	const start = `Answer to ${prompt}\n\n`;
	return { text: start + text, deltas: [start, ...deltas] };
}

const prepared = new Map();

/** All events of a stream as bytes; kept, so that making them costs nothing while a page is measured. */
export function prepareEvents(api, spec, body = {}) {
	const key = `${api} ${spec.name} ${body.stream_options?.include_usage === true}`;
	const known = prepared.get(key);
	if (known !== undefined) return known;
	const events = protocols[api].events(spec.name, answerTo(spec, body), body);
	if (!spec.answer.startsWith('told')) prepared.set(key, events);
	return events;
}

/** Resolves when more can be written, or nobody reads any more. */
function drained(response) {
	return new Promise((resolve) => {
		const go = () => {
			response.off('drain', go).off('close', go);
			resolve();
		};
		response.on('drain', go).on('close', go);
	});
}

async function write(response, bytes) {
	if (!response.write(bytes)) await drained(response);
}

/** Writes several events a chunk. Chunks of a binary stream end anywhere, so that frames are cut between them. */
async function streamAtOnce(response, events, isBinary) {
	const rand = random(events.length);
	let held = Buffer.alloc(0);
	for (let i = 0; i < events.length && !response.destroyed;) {
		const count = 1 + Math.floor(rand() * 16);
		const bytes = Buffer.concat([held, ...events.slice(i, i + count)]);
		i += count;
		const isCut = isBinary && i < events.length;
		const end = isCut ? Math.max(1, bytes.length - Math.floor(rand() * 120)) : bytes.length;
		held = bytes.subarray(end);
		await write(response, bytes.subarray(0, end));
		if (rand() < 0.25) await new Promise(setImmediate);
	}
}

/** Writes each event by itself when it is due. */
async function streamAtRate(response, events, rate) {
	const start = performance.now();
	for (let i = 0; i < events.length && !response.destroyed;) {
		const elapsed = (performance.now() - start) / 1000;
		const due = Math.min(events.length, 1 + Math.floor(elapsed * rate));
		for (; i < due; i += 1) await write(response, events[i]);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** Answers a call of one of the APIs. Gives false where the request is none. */
async function answerCall(request, response, pathname, state) {
	const converse = /\/model\/([^/]+)\/converse(-stream)?$/.exec(pathname);
	const path = /\/(chat\/completions|responses)$/.exec(pathname)?.[1];
	const api = converse ? 'converse' : { 'chat/completions': 'chat', responses: 'responses' }[path];
	if (request.method !== 'POST' || api === undefined) return false;
	const body = await readJson(request);
	const model = converse ? decodeURIComponent(converse[1]) : body.model;
	const spec = parseModel(model);
	const isStreamed = converse ? converse[2] !== undefined : body.stream === true;
	if (!isStreamed || !spec) {
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify(shortAnswer(api, model)));
		return true;
	}
	response.writeHead(200, { 'content-type': protocols[api].type, 'cache-control': 'no-cache' });
	const events = prepareEvents(api, spec, body);
	if (spec.rate === Infinity) await streamAtOnce(response, events, api === 'converse');
	else await streamAtRate(response, events, spec.rate);
	response.end();
	state.ended += 1;
	return true;
}

function sendFile(request, response, path) {
	const type = types[extname(path)] ?? 'application/octet-stream';
	const isZipped = /gzip/.test(request.headers['accept-encoding'] ?? '');
	response.writeHead(200, {
		'content-type': type,
		...(isZipped && { 'content-encoding': 'gzip' })
	});
	const file = createReadStream(path);
	(isZipped ? file.pipe(createGzip()) : file).pipe(response);
}

function findFile(root, pathname) {
	if (root === undefined) {
		const inParser = /^\/eventsource-parser\/(\w+\.js)$/.exec(pathname)?.[1];
		return inParser === undefined ? bareFiles[pathname] : join(parser, inParser);
	}
	const path = join(root, normalize(pathname.endsWith('/') ? `${pathname}index.html` : pathname));
	return path.startsWith(root) && existsSync(path) && statSync(path).isFile() ? path : undefined;
}

/**
 * Starts a server of the page built in `root`, or of the bare page.
 *
 * @param {string} [root]
 * @returns {Promise<{ url: string; listener: import('node:http').RequestListener; state: { ended: number }; close(): Promise<void> }>}
 *   `state.ended` counts the streams that were written to their end
 */
export async function serve(root) {
	const state = { ended: 0 };
	const listener = async (request, response) => {
		const { pathname } = new URL(request.url, 'http://127.0.0.1');
		response.setHeader('access-control-allow-origin', '*');
		if (request.method === 'OPTIONS') {
			response.writeHead(204, {
				'access-control-allow-methods': '*',
				'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
				'access-control-allow-private-network': 'true',
				'access-control-max-age': '7200'
			});
			response.end();
			return;
		}
		if (await answerCall(request, response, pathname, state)) return;
		const path = findFile(root, pathname);
		if (path === undefined) response.writeHead(404).end();
		else sendFile(request, response, path);
	};
	const server = createServer(listener);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		listener,
		state,
		close: () => close(server)
	};
}

/**
 * Starts TLS in front of whichever server is being measured, for the pages that call the service's own host names.
 *
 * @param {() => { listener: import('node:http').RequestListener }} serverOf asked anew for every request
 */
export async function startFront(serverOf) {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'bench' }], {
		keySize: 2048
	});
	const server = createTlsServer({ key, cert }, (request, response) =>
		serverOf().listener(request, response)
	);
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return { port: server.address().port, close: () => close(server) };
}

function close(server) {
	server.closeAllConnections();
	return new Promise((resolve) => server.close(resolve));
}
