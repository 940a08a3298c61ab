import { afterEach, describe, expect, it, vi } from 'vitest';
import { apis } from '../apis/index.ts';
import { targetFor } from '../catalog/targets.ts';
import { Network } from '../http/network.ts';
import type { Finding } from '../http/network.ts';
import { mayGoTo } from '../model/key.ts';
import type { AnyKey, GatewayKey, KeyRecord } from '../model/key.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { billedTest, freeTest, runTest, testWithKey } from './connection-test.ts';
import type { ConnectionTest } from './connection-test.ts';
import { ConnectionTester } from './connection-tester.svelte.ts';
import { Connections } from './connections.svelte.ts';
import type { Keys } from './connections.svelte.ts';
import { newEcho, newKey, openPage, patience, say, simulate, tab } from './test-kit.ts';
import type { Fetch } from './runner.ts';

const runtime = {
	endpoint: 'runtime',
	base: 'https://bedrock-runtime.us-west-2.amazonaws.com'
} as const;
const mantle = { endpoint: 'mantle', base: 'https://bedrock-mantle.us-west-2.api.aws' } as const;
const gateway = { endpoint: 'gateway', base: 'http://127.0.0.1:8000/api/v1' } as const;
const signal = new AbortController().signal;

function keysOf(id: string, region = 'us-west-2'): Keys {
	const record: KeyRecord = {
		...{ v: 2, id, addedAt: 0, kind: 'long-term', region, memoryOnly: true }
	};
	return { record, region };
}

/** A network on which one thing was seen, with key `k1`. */
function seen(finding: Finding, url = `${runtime.base}/model/m/converse`): Network {
	const network = new Network();
	const contact = network.begin({ method: 'POST', url, headers: {} }, 'k1');
	if ('unreachable' in finding) contact.end(finding, 5);
	else {
		contact.head(finding.status, 5);
		contact.end(finding.isCut ? 'broken-off' : 'whole', 9);
	}
	return network;
}

describe('the dots', () => {
	it.each<[Finding, string]>([
		[{ status: 200, isCut: false }, 'ok'],
		[{ status: 400, isCut: false }, 'ok'],
		[{ status: 404, isCut: false }, 'ok'],
		[{ status: 401, isCut: false }, 'degraded'],
		[{ status: 403, isCut: false }, 'degraded'],
		[{ status: 407, isCut: false }, 'degraded'],
		[{ status: 429, isCut: false }, 'degraded'],
		[{ status: 503, isCut: false }, 'degraded'],
		[{ status: 200, isCut: true }, 'degraded'],
		[{ unreachable: 'closed' }, 'degraded'],
		[{ unreachable: 'offline' }, 'blocked'],
		[{ unreachable: 'withheld' }, 'blocked'],
		[{ unreachable: 'policy' }, 'blocked'],
		[{ unreachable: 'redirect' }, 'blocked'],
		[{ unreachable: 'relay' }, 'blocked'],
		[{ unreachable: 'no-answer' }, 'blocked']
	])('after %o: runtime is %s, mantle unknown', (finding, level) => {
		const { list } = new Connections(keysOf('k1'), seen(finding));
		expect(list.map((one) => [one.endpoint, one.level])).toEqual([
			['runtime', level],
			['mantle', 'unknown']
		]);
	});

	it.each<[string, Keys]>([
		['another key', keysOf('k2')],
		['another Region', keysOf('k1', 'eu-west-1')],
		['no key', { record: undefined, region: 'us-west-2' }]
	])('know nothing of what was seen with %s', (_, keys) => {
		const { list } = new Connections(keys, seen({ status: 200, isCut: false }));
		expect(list.map(({ level, sighting }) => [level, sighting])).toEqual([
			['unknown', undefined],
			['unknown', undefined]
		]);
	});

	it('say where a Region has no mantle', () => {
		const { list } = new Connections(keysOf('k1', 'us-west-1'), new Network());
		expect(list.map(({ isInRegion }) => isInRegion)).toEqual([true, false]);
	});

	it('are three where there is a gateway, by its own key', () => {
		const keys: Keys = {
			...keysOf('k1'),
			gateway: { v: 2, id: 'g', addedAt: 0, kind: 'gateway', base: gateway.base, memoryOnly: true }
		};
		const network = new Network();
		network.begin({ method: 'GET', url: `${gateway.base}/models`, headers: {} }, 'g').head(200, 1);
		const { list } = new Connections(keys, network);
		expect(list[2]).toMatchObject({ ...gateway, host: '127.0.0.1:8000', key: 'g', level: 'ok' });
	});

	it('follow the runs of the page, and forget with the key', async () => {
		const page = await openPage(newEcho().fetch);
		const { playground } = page;
		const levels = () => playground.connections?.list.map(({ level }) => level);
		await vi.waitFor(() => expect(levels()).toEqual(['unknown', 'unknown']), patience);
		tab(page).editor.change({ stream: undefined });
		await say(tab(page), 'to the simulator');
		expect(playground.connections?.traffic).toEqual([]);
		await playground.useKey(newKey(), 'tab');
		await say(tab(page), 'to the service');
		expect(levels()).toEqual(['ok', 'unknown']);
		const [traffic] = playground.connections?.traffic ?? [];
		expect(traffic).toMatchObject({ host: new URL(runtime.base).host, requests: 1 });
		expect(traffic?.bytesOut).toBe(new TextEncoder().encode(page.sent[1]?.body).length);
		await playground.useKey(newKey(), 'tab');
		expect(levels()).toEqual(['unknown', 'unknown']);
		page.close();
	});
});

describe('a free test', () => {
	it.each([
		[runtime, 'POST', `${runtime.base}/model/test.no-such-model-v1%3A0/converse`],
		[
			{ ...runtime, base: `${runtime.base}/openai/v1` },
			'POST',
			`${runtime.base}/model/test.no-such-model-v1%3A0/converse`
		],
		[mantle, 'GET', `${mantle.base}/v1/models`],
		[{ ...mantle, base: `${mantle.base}/openai/v1` }, 'GET', `${mantle.base}/v1/models`],
		[gateway, 'GET', `${gateway.base}/models`]
	])('of %o is %s %s', (target, method, url) => {
		const { request, isBilled } = freeTest(target);
		expect([request.method, request.url, isBilled]).toEqual([method, url, false]);
	});

	it('of runtime has the headers of a real request', () => {
		const { request } = freeTest(runtime);
		const draft = { model: 'm', messages: [], params: {} };
		expect(request.headers).toEqual(apis.converse.build(draft, runtime).request.headers);
	});

	it.each<[typeof runtime | typeof mantle, string, string]>([
		[runtime, 'good', 'works'],
		[mantle, 'good', 'works'],
		[runtime, 'bad', 'key'],
		[mantle, 'bad', 'key']
	])('of %o finds at the simulator with a %s key: %s', async (target, how, verdict) => {
		const fetch = newSimulator({ seed: 1, speed: 1000 });
		const secret = how === 'good' ? `ABSK${'QmVkcm9ja0FQSUtleS1kZW1v'.repeat(4)}` : 'bad';
		const found = await runTest(freeTest(target), { secret }, signal, fetch);
		expect(found).toMatchObject({ verdict });
	});
});

describe('what a test judges', () => {
	const html = { 'content-type': 'text/html; charset=utf-8' };
	it.each<[string, number, HeadersInit, string]>([
		['a success', 200, {}, 'works'],
		['a refused key', 401, {}, 'key'],
		['a missing permission', 403, {}, 'key'],
		['a missing list of models', 404, {}, 'reached'],
		['a method that is not taken', 405, {}, 'reached'],
		['a refused budget of tokens', 400, {}, 'reached'],
		['too many requests', 429, {}, 'trouble'],
		['a failure of the service', 500, {}, 'trouble'],
		['a page of a proxy', 200, html, 'foreign'],
		['a page of a proxy that refuses', 403, html, 'foreign'],
		['a proxy that wants a log-in', 407, {}, 'foreign']
	])('%s is no broken connection: %i', async (_, status, headers, verdict) => {
		const answer: Fetch = async () => new Response('{}', { status, headers });
		const found = await runTest(freeTest(gateway), { secret: 'abc' }, signal, answer);
		expect(found).toMatchObject({ status, verdict, ms: expect.any(Number) });
	});

	it.each([400, 404])('runtime knows the key that asks for no model: %i', async (status) => {
		const answer: Fetch = async () => new Response('{}', { status });
		const found = await runTest(freeTest(runtime), { secret: 'abc' }, signal, answer);
		expect(found).toMatchObject({ verdict: 'works' });
	});

	it('says why there was no answer', async () => {
		const fail: Fetch = () => Promise.reject(new TypeError('Failed to fetch'));
		const found = await runTest(freeTest(runtime), { secret: 'abc' }, signal, fail);
		expect(found).toEqual({ unreachable: 'no-answer' });
	});

	it('gives up after 15 s, and says so', async () => {
		// Its clock is the browser's own, which a test can't turn.
		const timeout = new AbortController();
		const asked = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(timeout.signal);
		const hang: Fetch = () => {
			timeout.abort();
			return new Promise(() => undefined);
		};
		expect(await runTest(freeTest(mantle), {}, signal, hang)).toBe('late');
		expect(asked).toHaveBeenCalledWith(15_000);
		vi.restoreAllMocks();
	});
});

describe('a test that is billed', () => {
	it.each([
		['converse', { inferenceConfig: { maxTokens: 16 } }],
		['chat-completions', { max_tokens: 16 }],
		['responses', { max_output_tokens: 16, store: false }]
	] as const)('of %s asks for the fewest tokens that every API takes', (id, budget) => {
		const api = apis[id];
		const target = targetFor(api, { model: 'm' }, 'us-west-2');
		const { request, isBilled } = billedTest(api, target, { model: 'm', stream: true });
		expect(isBilled).toBe(true);
		expect(JSON.parse(request.body ?? '')).toMatchObject(budget);
		const draft = { model: 'm', messages: [], params: {}, stream: true };
		const real = api.build(draft, target).request;
		expect([request.method, request.url, request.headers]).toEqual([
			...[real.method, real.url, real.headers]
		]);
	});

	it.each([
		['openai.gpt-oss-120b', 'works'],
		['fault.max-tokens', 'works'],
		['fault.not-found', 'reached'],
		['fault.throttled', 'trouble']
	])('finds with %s: %s', async (model, verdict) => {
		const api = apis.responses;
		const target = targetFor(api, { model }, 'us-west-2');
		const found = await runTest(billedTest(api, target, { model }), {}, signal, simulate());
		expect(found).toMatchObject({ verdict });
	});

	it('is content with an answer that a model has thought away', async () => {
		const thoughtAway: Fetch = async () =>
			Response.json({
				status: 'incomplete',
				output: [],
				incomplete_details: { reason: 'max_output_tokens' }
			});
		const api = apis.responses;
		const test = billedTest(api, { endpoint: 'mantle', base: `${mantle.base}/v1` }, { model: 'm' });
		expect(await runTest(test, { secret: 'abc' }, signal, thoughtAway)).toMatchObject({
			verdict: 'works'
		});
	});
});

describe('a test with the key in use', () => {
	const gatewayKey: GatewayKey = {
		...{ v: 2, id: 'g', addedAt: 0, kind: 'gateway', base: gateway.base, memoryOnly: true },
		keyless: true
	};
	const keys = (region: string, others: AnyKey[] = []) => {
		const { record } = keysOf('k1', region);
		const all = [record, ...others].filter((one) => one !== undefined);
		return {
			keyFor: ({ base }: { base: string }) => all.find((one) => mayGoTo(one, base)),
			credentialsFor: (key: string) =>
				Promise.resolve(key === 'k1' ? { key, secret: 'abc' } : { key })
		};
	};

	it.each([
		[runtime, 'us-west-2', 'Bearer abc'],
		[mantle, 'us-west-2', 'Bearer abc'],
		[mantle, 'eu-west-1', undefined],
		[runtime, 'eu-west-1', undefined],
		[gateway, 'us-west-2', undefined]
	])('goes to %o with one of %s as %s, and else nowhere', async (target, region, authorization) => {
		const sent: Request[] = [];
		const found = await testWithKey(freeTest(target), keys(region), signal, (input, init) => {
			sent.push(new Request(input, init));
			return Promise.resolve(new Response('{}'));
		});
		expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(
			authorization === undefined ? [] : [authorization]
		);
		if (authorization === undefined) expect(found).toBe('other-region');
	});

	it('goes to a gateway that wants none without one', async () => {
		const sent: Request[] = [];
		await testWithKey(freeTest(gateway), keys('us-west-2', [gatewayKey]), signal, (input, init) => {
			sent.push(new Request(input, init));
			return Promise.resolve(new Response('{}'));
		});
		expect(sent.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
			[`${gateway.base}/models`, null]
		]);
	});
});

describe('ConnectionTester', () => {
	/** A test that ends when it is told to. */
	function held() {
		let finish: (found: ConnectionTest | undefined) => void = () => undefined;
		const found = new Promise<ConnectionTest | undefined>((resolve) => (finish = resolve));
		const signals: AbortSignal[] = [];
		const run = (own: AbortSignal) => {
			signals.push(own);
			return found;
		};
		return { run, finish, signals };
	}

	it('stops an older test, whose late answer changes nothing', async () => {
		const tester = new ConnectionTester();
		const [older, newer] = [held(), held()];
		const first = tester.start('mantle', older.run);
		const second = tester.start('mantle', newer.run);
		expect(older.signals[0]?.aborted).toBe(true);
		newer.finish({ status: 200, ms: 1, verdict: 'works' });
		await second;
		older.finish('late');
		await first;
		expect(tester.results).toEqual({ mantle: { status: 200, ms: 1, verdict: 'works' } });
	});

	it('keeps tests of two hosts apart', async () => {
		const tester = new ConnectionTester();
		const [one, other] = [held(), held()];
		const first = tester.start('runtime', one.run);
		void tester.start('mantle', other.run);
		one.finish('late');
		await first;
		expect(tester.results).toEqual({ runtime: 'late', mantle: 'running' });
	});

	it('stops all of them when it is closed, and shows nothing of them afterwards', async () => {
		const tester = new ConnectionTester();
		const one = held();
		const ended = tester.start('runtime', one.run);
		tester.stop();
		expect(one.signals[0]?.aborted).toBe(true);
		one.finish({ status: 200, ms: 1, verdict: 'works' });
		await ended;
		expect(tester.results).toEqual({});
	});

	it('ends a real test that is stopped, at once', async () => {
		const tester = new ConnectionTester();
		const hang: Fetch = () => new Promise(() => undefined);
		const ended = tester.start('mantle', (own) => runTest(freeTest(mantle), {}, own, hang));
		tester.stop();
		await ended;
		expect(tester.results).toEqual({});
	});
});

describe('the relay', () => {
	afterEach(() => vi.unstubAllGlobals());

	it('is looked for only when asked, used only when chosen, and left again', async () => {
		const asked: string[] = [];
		vi.stubGlobal('fetch', async (url: string) => {
			asked.push(url);
			return new Response('{"relay":1}');
		});
		const network = new Network();
		const { relay } = new Connections(keysOf('k1'), network);
		expect([asked, relay.found, network.relay]).toEqual([[], 'unknown', undefined]);
		await relay.look('http://page.test/');
		expect([asked, relay.found]).toEqual([['http://page.test/relay/health'], 'here']);
		expect([relay.isUsed, network.relay]).toEqual([false, undefined]);
		relay.use(true);
		expect([relay.isUsed, network.relay]).toEqual([true, 'http://page.test/relay/']);
		relay.use(false);
		expect([relay.isUsed, network.relay]).toEqual([false, undefined]);
		await relay.look('http://page.test/');
		expect(asked).toHaveLength(1);
	});

	it('is not used where there is none, and looked for again when asked again', async () => {
		let body = '<!doctype html>';
		vi.stubGlobal('fetch', async () => new Response(body));
		const network = new Network();
		const { relay } = new Connections(keysOf('k1'), network);
		await relay.look('http://page.test/');
		relay.use(true);
		expect([relay.found, relay.isUsed, network.relay]).toEqual(['none', false, undefined]);
		body = '{"relay":1}';
		await relay.look('http://page.test/');
		expect(relay.found).toBe('here');
	});
});
