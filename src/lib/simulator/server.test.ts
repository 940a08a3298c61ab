import { createServer, request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, it } from 'vitest';
import type { RunningServer, SeenRequest, ServerOptions } from './server.ts';
import { handle, startServer } from './server.ts';
import { chatBody, converseBody, readChunks } from './test-kit.ts';

const open: RunningServer[] = [];

afterEach(async () => {
	for (const server of open.splice(0)) await server.close();
});

async function start(
	options: ServerOptions = {}
): Promise<{ url: string; port: number; seen: SeenRequest[] }> {
	const seen: SeenRequest[] = [];
	const server = await startServer({
		speed: 0,
		requireKey: false,
		onrequest: (request) => seen.push(request),
		...options
	});
	open.push(server);
	return { url: server.url, port: server.port, seen };
}

const arnPath = '/model/arn%3Aaws:bedrock:us-west-2:1:application-inference-profile%2Fabc/converse';

describe('the server', () => {
	it('keeps the path as it was sent', async () => {
		const { url, seen } = await start();
		const response = await fetch(`${url}${arnPath}`, {
			method: 'POST',
			body: JSON.stringify(converseBody('Hi'))
		});
		expect(await response.json()).toMatchObject({ stopReason: 'end_turn' });
		expect(seen[0]?.url).toBe(`${url}${arnPath}`);
		expect(seen[0]?.body).toBe(JSON.stringify(converseBody('Hi')));
	});

	it('is the host that the request names, over TLS too', async () => {
		const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
		const { port, seen } = await start({ tls: { key, cert } });
		const body = await new Promise<string>((done, fail) => {
			const request = requestTls(
				{
					host: '127.0.0.1',
					port,
					path: '/v1/responses',
					method: 'POST',
					headers: { host: 'bedrock-runtime.us-west-2.amazonaws.com' },
					rejectUnauthorized: false
				},
				(response) => text(response).then(done, fail)
			);
			request.on('error', fail);
			request.end('{}');
		});
		expect(body).toContain('UnknownOperationException');
		expect(seen[0]?.url).toBe('https://bedrock-runtime.us-west-2.amazonaws.com/v1/responses');
	});

	it('answers preflights and passes the headers of CORS on', async () => {
		const { url } = await start({ requireKey: true });
		const response = await fetch(`${url}/v1/chat/completions`, {
			method: 'OPTIONS',
			headers: { 'access-control-request-headers': 'authorization,content-type' }
		});
		expect(response.status).toBe(204);
		expect(response.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
	});

	it('cuts the connection where no answer arrives', async () => {
		const { url } = await start();
		const asking = fetch(`${url}/v1/chat/completions`, {
			method: 'POST',
			body: JSON.stringify(chatBody('fault.unreachable', 'x'))
		});
		await expect(asking).rejects.toThrow(TypeError);
	});

	it('answers without the headers of CORS, and redirects, as the wire has it', async () => {
		const { url } = await start();
		const ask = (model: string) =>
			fetch(`${url}/v1/chat/completions`, {
				method: 'POST',
				body: JSON.stringify(chatBody(model, 'x')),
				redirect: 'manual'
			});
		expect((await ask('fault.no-cors')).headers.get('access-control-allow-origin')).toBeNull();
		const redirect = await ask('fault.redirect');
		expect([redirect.status, redirect.headers.get('location')]).toEqual([
			302,
			'https://login.example.com/'
		]);
	});

	it('sends what came before a connection breaks, and then breaks it', async () => {
		const { url } = await start();
		const response = await fetch(`${url}/v1/chat/completions`, {
			method: 'POST',
			body: JSON.stringify(
				chatBody('fault.reset', 'What happens before the first token?', { stream: true })
			)
		});
		const { chunks, error } = await readChunks(response);
		expect(Buffer.concat(chunks).toString()).toContain('request');
		expect(error).toBeInstanceOf(TypeError);
	});

	it('sends the headers of a stream before its end', async () => {
		const { port } = await start();
		const request = requestPlain({
			host: '127.0.0.1',
			port,
			path: '/v1/chat/completions',
			method: 'POST'
		});
		request.end(JSON.stringify(chatBody('fault.stall', 'What happens?', { stream: true })));
		const first = await new Promise<string>((done, fail) => {
			request.on('error', fail);
			request.on('response', (response) => response.once('data', (data) => done(String(data))));
		});
		expect(first).toMatch(/^data: \{/);
		request.destroy();
	});

	it('passes a client that went away on as an abort', async () => {
		const aborted = new Promise<boolean>((done) => {
			const listener = handle({}, async ({ signal }) => {
				signal?.addEventListener('abort', () => done(signal.aborted));
				return new Response(
					new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(9)) })
				);
			});
			const server = createServer(listener).listen(0, '127.0.0.1', () => {
				const address = server.address();
				const port = typeof address === 'object' ? address?.port : undefined;
				const request = requestPlain({ host: '127.0.0.1', port });
				request.on('response', (response) => response.once('data', () => request.destroy()));
				request.on('close', () => server.close());
				request.end();
			});
		});
		expect(await aborted).toBe(true);
	});
});
