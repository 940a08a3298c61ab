import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controlOrigin } from '../catalog/targets.ts';
import type { RunningServer } from '../simulator/server.ts';
import { startServer } from '../simulator/server.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { LONG_TERM_KEY } from '../simulator/test-kit.ts';
import { listModels } from './list-models.ts';
import type { ListTarget, ModelList } from './list-models.ts';
import type { Fetch } from './probe.ts';

const gateway = 'gateway.example.com';
const bases: Record<ListTarget['list'], string> = {
	mantle: 'https://bedrock-mantle.us-west-2.api.aws/v1',
	gateway: `https://${gateway}/api/v1`,
	'foundation-models': controlOrigin('us-west-2'),
	'system-profiles': controlOrigin('us-west-2'),
	'application-profiles': controlOrigin('us-west-2')
};

const simulator: Fetch = newSimulator({ speed: 0, gateway, requireKey: false });

function read(list: ListTarget['list'], fetch = simulator, secret?: string): Promise<ModelList> {
	const target = { list, base: bases[list] };
	const { signal } = new AbortController();
	return listModels(target, { fetch, signal, ...(secret !== undefined && { secret }) });
}

function idsOf(list: ModelList): string[] {
	return list.ok ? list.models.map(({ id }) => id) : [];
}

/** Answers every request alike. */
function answering(body: string, status = 200, headers: Record<string, string> = {}): Fetch {
	return () => Promise.resolve(new Response(body, { status, headers }));
}

let server: RunningServer;
beforeAll(async () => {
	server = await startServer({ speed: 0 });
});
afterAll(() => server.close());

describe('a list of models', () => {
	it('of mantle has the models that the openai package lists', async () => {
		const client = new OpenAI({ apiKey: LONG_TERM_KEY, baseURL: `${server.url}/v1` });
		const theirs: string[] = [];
		for await (const model of client.models.list()) theirs.push(model.id);
		const ours = await listModels(
			{ list: 'mantle', base: `${server.url}/v1` },
			{ secret: LONG_TERM_KEY, signal: new AbortController().signal }
		);
		expect(idsOf(ours)).toEqual(theirs);
		expect(theirs.length).toBeGreaterThan(40);
	});

	it('of a gateway tells its profiles from its models', async () => {
		const list = await read('gateway');
		const kinds = new Set(list.ok ? list.models.map(({ kind, from }) => `${from} ${kind}`) : []);
		expect(kinds).toContain('gateway model');
	});

	it('of the control plane says what each model takes and makes', async () => {
		const list = await read('foundation-models');
		const models = new Map(list.ok ? list.models.map((model) => [model.id, model]) : []);
		expect(models.get('amazon.nova-pro-v1:0')).toEqual({
			...{ id: 'amazon.nova-pro-v1:0', kind: 'model', from: 'runtime', name: 'Nova Pro' },
			...{ provider: 'Amazon', input: ['text', 'image'] }
		});
		expect(models.get('anthropic.claude-sonnet-4-20250514-v1:0')?.profileOnly).toBe(true);
		expect(models.get('amazon.titan-embed-text-v2:0')?.makesText).toBe(false);
	});

	it('of profiles is two: those of the service by their ids, those of the account by their ARNs', async () => {
		const [system, application] = [
			await read('system-profiles'),
			await read('application-profiles')
		];
		expect(idsOf(system).every((id) => /^(us|global)\./.test(id))).toBe(true);
		expect(idsOf(application)).toEqual([
			'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc123'
		]);
	});

	it('is read to its last page, also where the service knows no filter', async () => {
		const asked: string[] = [];
		const inPages: Fetch = (url, init) => {
			asked.push(url);
			return simulator(
				url.replace('maxResults=1000', 'maxResults=5').replace(/type=\w+&?/, ''),
				init
			);
		};
		const whole = await read('system-profiles');
		const paged = await read('system-profiles', inPages);
		expect(idsOf(paged)).toEqual(idsOf(whole));
		expect(asked.length).toBeGreaterThan(2);
		expect(asked[1]).toContain('&nextToken=');
	});

	it('has two profiles of one model as two entries', async () => {
		const arn = (id: string) => `arn:aws:bedrock:us-west-2:1:application-inference-profile/${id}`;
		const profile = (id: string) => ({
			...{ inferenceProfileId: id, inferenceProfileArn: arn(id), inferenceProfileName: 'same' },
			...{
				type: 'APPLICATION',
				models: [{ modelArn: 'arn:aws:bedrock:us-west-2::foundation-model/m' }]
			}
		});
		const body = JSON.stringify({ inferenceProfileSummaries: [profile('a'), profile('b')] });
		expect(idsOf(await read('application-profiles', answering(body)))).toEqual([
			arn('a'),
			arn('b')
		]);
	});

	it('that has no end, because each page leads to the same next one or to ever new ones, is cut', async () => {
		let page = 0;
		const body = (token: string) =>
			JSON.stringify({ inferenceProfileSummaries: [], nextToken: token });
		const same = await read('system-profiles', answering(body('again')));
		const endless = await read('system-profiles', () =>
			Promise.resolve(new Response(body(String(page++))))
		);
		expect([same, endless]).toMatchObject([{ cut: true }, { cut: true }]);
		expect(page).toBeLessThan(100);
	});

	it('leaves out what is no id', async () => {
		const data = [
			{ id: 'a.good' },
			{ id: 'a.good' },
			{ id: 'a\u202eb' },
			{ id: 'with space' },
			{ id: '' },
			{ id: 5 },
			{ id: 'x'.repeat(3000) },
			{ id: '\ud800' },
			null,
			'a.text',
			{ __proto__: { id: 'b.inherited' } }
		];
		expect(idsOf(await read('mantle', answering(JSON.stringify({ data }))))).toEqual(['a.good']);
	});
});

describe('a list that can not be read says why', () => {
	const denied =
		'User: arn:aws:iam::123456789012:user/x is not authorized to perform: bedrock:ListFoundationModels because no identity-based policy allows it';
	const secret = 'bedrock-api-key-0123456789abcdef0123456789abcdef';
	it.each<[string, Fetch, unknown, string?]>([
		[
			'a missing permission',
			answering(JSON.stringify({ message: denied }), 403),
			{ reason: 'refused', error: { status: 403, message: denied } }
		],
		[
			'an unknown path, which answers 200',
			answering(
				'{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}'
			),
			{ reason: 'refused', error: { status: 200, code: 'UnknownOperationException' } }
		],
		['a page of a proxy', answering('<html><title>Sign in</title>'), { reason: 'not-json' }],
		['JSON that is no list', answering('{"data":{}}'), { reason: 'not-json' }],
		['an empty answer', answering(''), { reason: 'not-json' }],
		[
			'a redirect',
			answering('', 302, { location: 'https://elsewhere.example/' }),
			{ reason: 'unreachable', cause: 'redirect' }
		],
		[
			'an answer that repeats the key',
			answering(JSON.stringify({ data: [{ id: secret }] })),
			{ reason: 'key-in-answer' },
			secret
		],
		[
			'an answer without an end',
			() => Promise.resolve(new Response(`{"data":["${'x'.repeat(9_000_000)}"]}`)),
			{ reason: 'too-large' }
		],
		[
			'no answer',
			() => Promise.reject(new TypeError('Failed to fetch')),
			{ reason: 'unreachable', cause: 'no-answer' }
		]
	])('%s', async (_, fetch, failure, key) => {
		expect(await read('mantle', fetch, key)).toMatchObject({ ok: false, failure });
	});

	it('also where only a later page fails, so that a part is never taken for the whole', async () => {
		const first = JSON.stringify({ inferenceProfileSummaries: [], nextToken: 'more' });
		const fetch: Fetch = (url) =>
			Promise.resolve(
				url.includes('nextToken') ? new Response('', { status: 500 }) : new Response(first)
			);
		expect(await read('system-profiles', fetch)).toMatchObject({
			failure: { reason: 'refused', error: { status: 500 } }
		});
	});

	it('and is stopped by its signal', async () => {
		const stop = new AbortController();
		stop.abort();
		const target = { list: 'mantle', base: bases.mantle } as const;
		expect(await listModels(target, { fetch: simulator, signal: stop.signal })).toMatchObject({
			failure: { reason: 'stopped' }
		});
	});
});
