import { describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import type { HttpRequest } from '../model/request.ts';
import { findRelay } from './find-relay.ts';
import { Network } from './network.ts';
import { send } from './send.ts';
import { respond, types } from './test-kit.ts';

const runtime = 'bedrock-runtime.us-west-2.amazonaws.com';
const url = `https://${runtime}/model/arn%3Aaws%2Fx/converse`;
const relay = 'http://page.test/folder/relay/';
const passed = { headers: { 'x-relay': 'passed' } };
const page = { online: () => true };

type Answer = (url: string, init: RequestInit) => Promise<Response>;

/** Sends one request on a network of its own, and says what that has seen. */
async function sendOn(
	answer: Answer,
	{
		network = new Network(),
		request = { method: 'POST', url, headers: {}, body: '{"é":1}' } as HttpRequest,
		...rest
	} = {} as { network?: Network; request?: HttpRequest; key?: string; signal?: AbortSignal }
): Promise<{ exchange: Exchange; network: Network }> {
	const signal = new AbortController().signal;
	const fetch = (to: string, init: RequestInit) => answer(to, init);
	const exchange = await send({
		...{ request, secret: 'abc', key: 'k1', fetch, network, signal, page },
		timer: (run) => {
			setTimeout(run);
			return () => undefined;
		},
		...rest
	});
	return { exchange, network };
}

const fail: Answer = () => Promise.reject(new TypeError('Failed to fetch'));

describe('what was seen of a host', () => {
	it('is counted in requests and bytes of bodies, as sent and as come', async () => {
		const network = new Network();
		const answer: Answer = async () => respond(['data: 1\n\n', 'data: é\n\n'], types.sse);
		await sendOn(answer, { network });
		await sendOn(answer, { network });
		expect([...network.hosts.values()]).toMatchObject([
			{ host: runtime, requests: 2, bytesOut: 16, bytesIn: 38 }
		]);
	});

	it.each<[string, Answer, object]>([
		['a success', async () => new Response('{}'), { status: 200, isCut: false }],
		['a refusal', async () => new Response('', { status: 403 }), { status: 403, isCut: false }],
		[
			'an answer that breaks off',
			async () => respond(['data: 1\n\n'], types.sse, { then: 'break' }),
			{ status: 200, isCut: true }
		],
		['no answer', fail, { unreachable: 'no-answer' }],
		[
			'an answer that is withheld',
			(_, { mode }) => (mode === 'no-cors' ? Promise.resolve(new Response()) : fail(url, {})),
			{ unreachable: 'withheld' }
		],
		['a redirect', async () => new Response(null, { status: 302 }), { unreachable: 'redirect' }]
	])('is %s', async (_, answer, finding) => {
		const { network } = await sendOn(answer);
		expect(network.hosts.get(runtime)?.seen.get('k1')).toMatchObject({
			...{ finding, url, method: 'POST', isRelayed: false },
			at: expect.any(Number),
			ms: expect.any(Number)
		});
	});

	it('is told when a request begins, at its headers and at its end, not at each chunk', async () => {
		const network = new Network();
		network.onchange = vi.fn();
		const chunks = Array.from({ length: 50 }, () => 'data: 1\n\n');
		await sendOn(async () => respond(chunks, types.sse), { network });
		expect(network.onchange).toHaveBeenCalledTimes(3);
	});

	it('is kept apart for each key, and for what is sent without one', async () => {
		const network = new Network();
		await sendOn(async () => new Response('{}'), { network, key: 'k1' });
		await sendOn(async () => new Response('', { status: 403 }), { network, key: 'k2' });
		const { seen } = network.hosts.get(runtime) ?? { seen: new Map() };
		expect(seen.get('k1')).toMatchObject({ finding: { status: 200 } });
		expect(seen.get('k2')).toMatchObject({ finding: { status: 403 } });
		expect(seen.get('')).toBeUndefined();
	});

	it('stays what it was when somebody stops before an answer', async () => {
		const network = new Network();
		await sendOn(async () => new Response('{}'), { network });
		const stop = new AbortController();
		const hang: Answer = () => {
			stop.abort();
			return new Promise(() => undefined);
		};
		await sendOn(hang, { network, signal: stop.signal });
		expect(network.hosts.get(runtime)).toMatchObject({ requests: 2 });
		expect(network.hosts.get(runtime)?.seen.get('k1')).toMatchObject({ finding: { status: 200 } });
	});

	it('holds nothing of the key, the headers or the body', async () => {
		const { network } = await sendOn(async () => new Response('{"answer":1}'));
		const kept = JSON.stringify([...network.hosts], (_, value: unknown) =>
			value instanceof Map ? [...value] : value
		);
		expect(kept).toContain(runtime);
		expect(kept).not.toMatch(/abc|answer|é/);
	});

	it('is nothing where no request goes out', async () => {
		const broken: HttpRequest = { method: 'GET', url: 'no address', headers: {} };
		const { network, exchange } = await sendOn(fail, { request: broken });
		expect(exchange.end).toEqual({ unsent: 'bad-url' });
		expect(network.hosts.size).toBe(0);
	});
});

describe('a request through the relay', () => {
	const relayed = () => Object.assign(new Network(), { relay });

	it('is asked of the page’s own origin, and stays what it is', async () => {
		const asked: string[] = [];
		const answer: Answer = async (to) => {
			asked.push(to);
			return new Response('{}', passed);
		};
		const { exchange, network } = await sendOn(answer, { network: relayed() });
		expect(asked).toEqual([`${relay}${runtime}/model/arn%3Aaws%2Fx/converse`]);
		expect(exchange.request.url).toBe(url);
		expect(exchange.status).toBe(200);
		expect(network.hosts.get(runtime)?.seen.get('k1')).toMatchObject({ isRelayed: true, url });
	});

	it.each([
		['https://gateway.example/v1/chat/completions'],
		['http://127.0.0.1:8000/api/v1/models'],
		[`http://${runtime}/x`],
		[`https://${runtime}:8443/x`],
		[`https://${runtime}.evil.example/x`],
		['https://evil.example/bedrock-runtime.us-west-2.amazonaws.com/']
	])('is none where it goes to %s', (other) => {
		expect(relayed().addressOf(other)).toBe(other);
	});

	it.each([
		`https://${runtime}/x`,
		'https://bedrock-mantle.us-east-1.api.aws/v1/models',
		'https://bedrock.eu-west-1.amazonaws.com/foundation-models'
	])('is one where it goes to %s', (other) => {
		expect(relayed().addressOf(other)).toBe(other.replace('https://', relay));
	});

	it.each<[string, Answer, string]>([
		[
			'the host gave it none',
			async () => new Response('', { status: 502, headers: { 'x-relay': 'no-answer' } }),
			'no-answer'
		],
		[
			'it refused',
			async () => new Response('', { status: 403, headers: { 'x-relay': 'refused' } }),
			'relay'
		],
		['a static host answers in its place', async () => new Response('<!doctype html>'), 'relay'],
		['it is gone', fail, 'relay'],
		['the host redirects', async () => new Response('', { status: 307, ...passed }), 'redirect']
	])('that gets no answer says why: %s', async (_, answer, cause) => {
		const { exchange } = await sendOn(answer, { network: relayed() });
		expect(exchange.end).toEqual({ unreachable: cause });
		expect(exchange.status).toBeUndefined();
	});

	it('is a redirect also where a browser shows no more of it than that', async () => {
		const redirect = Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
		const { exchange } = await sendOn(async () => redirect, { network: relayed() });
		expect(exchange.end).toEqual({ unreachable: 'redirect' });
	});

	it('sends no probe to the host that it stands for', async () => {
		const fetch = vi.fn(fail);
		await sendOn(fetch, { network: relayed() });
		expect(fetch).toHaveBeenCalledTimes(1);
	});
});

describe('findRelay', () => {
	const find = (answer: Answer) => {
		const { signal } = new AbortController();
		return findRelay('http://page.test/folder/index.html', { signal, fetch: answer });
	};

	it('asks beside the page, without a key', async () => {
		const fetch = vi.fn<Answer>(async () => new Response('{"relay":1}'));
		expect(await find(fetch)).toBe('http://page.test/folder/relay/');
		expect(fetch).toHaveBeenCalledTimes(1);
		const [asked, init] = fetch.mock.calls[0] ?? [];
		expect(asked).toBe('http://page.test/folder/relay/health');
		expect(init).toMatchObject({ method: 'GET', headers: {}, credentials: 'omit' });
	});

	it.each<[string, Answer]>([
		['a host without one', async () => new Response('Not found', { status: 404 })],
		['a host that answers all with its page', async () => new Response('<!doctype html>')],
		['another JSON', async () => new Response('{"ok":true}')],
		['another version', async () => new Response('{"relay":2}')],
		['a redirect', async () => new Response(null, { status: 302 })],
		['nothing', fail]
	])('finds none at %s', async (_, answer) => {
		expect(await find(answer)).toBeUndefined();
	});
});
