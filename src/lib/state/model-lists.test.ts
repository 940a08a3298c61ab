import { afterEach, describe, expect, it, vi } from 'vitest';
import { newKey, openPage, simulate } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { ModelLists } from './model-lists.svelte.ts';
import type { Fetch } from './runner.ts';

const pages: Page[] = [];

async function open(answer: Fetch = simulate()): Promise<Page & { lists: ModelLists }> {
	const page = await openPage(answer);
	pages.push(page);
	return { ...page, lists: await page.playground.loadModelLists() };
}

afterEach(async () => {
	for (const page of pages.splice(0)) {
		await page.playground.keyRing.forget();
		page.close();
	}
	vi.unstubAllGlobals();
});

/** Answers as a simulator in which requests of a Region wait until they are let go, also after they were stopped. */
function holding(region: string): { fetch: Fetch; release: () => void } {
	const service = simulate();
	let release: () => void = () => undefined;
	const gate = new Promise<void>((resolve) => (release = resolve));
	return {
		release: () => release(),
		fetch: async (input, init) => {
			const { url } = new Request(input, init);
			if (url.includes(`.${region}.`)) await gate;
			const { signal: _, ...rest } = init ?? {};
			return service(input, rest);
		}
	};
}

describe('the lists of the services', () => {
	it('are not read before somebody asks, and then with the key, from the hosts of its Region', async () => {
		const { playground, sent, lists } = await open();
		await playground.useKey(newKey(3_600_000, 'us-west-2'), 'tab');
		expect([lists.current, sent]).toEqual([undefined, []]);
		await lists.read();
		expect(sent.map(({ url }) => url).sort()).toEqual([
			'https://bedrock-mantle.us-west-2.api.aws/v1/models',
			'https://bedrock.us-west-2.amazonaws.com/foundation-models',
			'https://bedrock.us-west-2.amazonaws.com/inference-profiles?maxResults=1000&type=APPLICATION',
			'https://bedrock.us-west-2.amazonaws.com/inference-profiles?maxResults=1000&type=SYSTEM_DEFINED'
		]);
		expect(sent.every(({ authorization }) => authorization?.startsWith('Bearer secret-of-'))).toBe(
			true
		);
		expect(lists.current?.lists.every(({ result }) => result.ok)).toBe(true);
		expect(lists.models.get('amazon.nova-pro-v1:0')?.provider).toBe('Amazon');
		expect(lists.models.get('us.openai.gpt-6-luna')?.kind).toBe('system-profile');
	});

	it('come from the simulator in the demo, without a key and a network', async () => {
		const { sent, lists } = await open();
		await lists.read();
		expect(sent.every(({ simulated, authorization }) => simulated && authorization === null)).toBe(
			true
		);
		expect(lists.models.size).toBeGreaterThan(60);
	});

	it('are only mantle-less ones in a Region without mantle', async () => {
		const { playground, sent, lists } = await open();
		playground.setDemoRegion('us-west-1');
		await lists.read();
		expect(sent.some(({ url }) => url.includes('mantle'))).toBe(false);
		expect(sent).toHaveLength(3);
	});

	it('of one Region never stand for those of another, whichever comes first', async () => {
		const { fetch, release } = holding('us-west-2');
		const { playground, lists } = await open(fetch);
		const slow = lists.read();
		playground.setDemoRegion('eu-west-1');
		await lists.read();
		const there = [...lists.models.keys()];
		expect(there.some((id) => id.startsWith('eu.'))).toBe(true);
		release();
		await slow;
		expect([...lists.models.keys()]).toEqual(there);
		playground.setDemoRegion('us-west-2');
		expect([...lists.models.keys()].filter((id) => /^(eu|us)\./.test(id))[0]).toMatch(/^us\./);
	});

	it('that are read again take the place of those that were asked for before', async () => {
		let count = 0;
		const answers: (() => void)[] = [];
		const { lists } = await open(
			() =>
				new Promise((resolve) => {
					const id = `reading.${Math.floor(count++ / 4)}`;
					const body = { data: [{ id }], modelSummaries: [], inferenceProfileSummaries: [] };
					answers.push(() => resolve(Response.json(body)));
				})
		);
		const first = lists.read();
		await vi.waitFor(() => expect(answers).toHaveLength(4));
		const second = lists.read();
		await vi.waitFor(() => expect(answers).toHaveLength(8));
		for (const answer of answers.toReversed()) answer();
		await Promise.all([first, second]);
		expect([...lists.models.keys()]).toEqual(['reading.1']);
		expect(lists.current?.isReading).toBe(false);
	});

	it('go with their key, also when they come after it was forgotten', async () => {
		const { fetch, release } = holding('us-west-2');
		const { playground, lists } = await open(fetch);
		await playground.useKey(newKey(3_600_000, 'us-west-2'), 'tab');
		const slow = lists.read();
		expect(lists.current?.isReading).toBe(true);
		await playground.keyRing.forget();
		release();
		await slow;
		expect(lists.current).toBeUndefined();
		expect(lists.models.size).toBe(0);
	});

	it('of the gateway in use are its own, read with its key, and go with it', async () => {
		const asked: (string | null)[] = [];
		const { playground, lists } = await open((input, init) => {
			const request = new Request(input, init);
			asked.push(request.url, request.headers.get('authorization'));
			return Promise.resolve(Response.json({ data: [{ id: 'gpt-own' }] }));
		});
		await lists.read('gateway');
		expect([asked, lists.gatewayModels.size]).toEqual([[], 0]);
		const base = 'https://gateway.example.com/api/v1';
		await playground.keyRing.useGateway({ base, secret: 'gw-secret' }, true);
		await lists.read('gateway');
		expect(asked).toEqual([`${base}/models`, 'Bearer gw-secret']);
		expect([[...lists.gatewayModels.keys()], lists.models.size]).toEqual([['gpt-own'], 0]);
		await playground.keyRing.forgetGateway();
		expect(lists.gatewayModels.size).toBe(0);
	});

	it('say why one could not be read, and keep the others', async () => {
		const service = simulate();
		const denied = {
			message:
				'User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:ListInferenceProfiles on resource: *'
		};
		const { lists } = await open(async (input, init) => {
			const { url } = new Request(input, init);
			if (!url.includes('/inference-profiles')) return service(input, init);
			return Response.json(denied, { status: 403 });
		});
		await lists.read();
		const failed = lists.current?.lists.filter(({ result }) => !result.ok);
		expect(failed?.map(({ target }) => target.list)).toEqual([
			'system-profiles',
			'application-profiles'
		]);
		expect(lists.models.has('openai.gpt-oss-120b')).toBe(true);
	});

	it('are not asked for by a page inside another site, nor once the key has expired', async () => {
		const framed = await openPage(simulate(), '', {});
		pages.push(framed);
		await (await framed.playground.loadModelLists()).read();
		expect(framed.sent).toEqual([]);
		const { playground, sent, lists } = await open();
		playground.keyRing.expiredAt = 1;
		await lists.read();
		expect(sent).toEqual([]);
		expect(lists.current?.lists[0]?.result).toEqual({ ok: false, failure: { reason: 'no-key' } });
	});
});
