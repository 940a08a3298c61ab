import { afterEach, describe, expect, it, vi } from 'vitest';
import { openPage, newKey, say, simulate, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { Profiles } from './profiles.svelte.ts';
import type { Fetch } from './runner.ts';

const pages: Page[] = [];
const copyFrom = 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0';

afterEach(async () => {
	for (const page of pages.splice(0)) {
		await page.playground.keyRing.forget();
		page.close();
	}
	vi.unstubAllGlobals();
});

async function open(answer: Fetch = simulate()): Promise<Page & { profiles: Profiles }> {
	const page = await openPage(answer);
	pages.push(page);
	const { playground } = page;
	const lists = await playground.loadModelLists();
	const { Profiles } = await import('./profiles.svelte.ts');
	return { ...page, profiles: new Profiles(playground.keyRing, playground.runner, lists) };
}

describe('the profiles of an account', () => {
	it('are made, looked at, used by their ARN on Converse and deleted', async () => {
		const page = await open();
		const { playground, sent, profiles } = page;
		await playground.useKey(newKey(), 'tab');
		expect(profiles.all).toBeUndefined();
		await playground.modelLists?.read();
		expect(profiles.all?.map(({ name }) => name)).toEqual(['example']);
		expect(profiles.sources.some(({ arn }) => arn === copyFrom)).toBe(true);

		const tags = [{ key: 'team', value: 'a' }];
		const made = await profiles.create({ name: 'mine', description: 'Costs', copyFrom, tags });
		const arn = made?.ok === true ? made.value : '';
		expect(profiles.all?.map(({ name }) => name)).toEqual(['mine', 'example']);
		expect(await profiles.get(arn)).toMatchObject({
			ok: true,
			value: { profile: { name: 'mine', description: 'Costs', models: [copyFrom] }, tags }
		});

		const conversation = tab(page);
		conversation.editor.change({ model: arn });
		await say(conversation, 'Hello');
		expect(sent.at(-1)?.url).toContain(
			`application-inference-profile%2F${arn.split('/')[1]}/converse`
		);
		expect(conversation.lastRun?.outcome?.end).toBe('finished');

		expect(await profiles.delete(arn)).toEqual({ ok: true, value: null });
		expect(profiles.all?.map(({ name }) => name)).toEqual(['example']);
		expect(await profiles.get(arn)).toMatchObject({
			failure: { reason: 'refused', error: { status: 404 } }
		});
		expect(sent.every(({ authorization }) => authorization?.startsWith('Bearer secret-of-'))).toBe(
			true
		);
	});

	it('that cannot be made or deleted stay as they were, with the reason', async () => {
		const { profiles, playground } = await open();
		await playground.modelLists?.read();
		const made = await profiles.create({ name: 'x', copyFrom: `${copyFrom}-no`, tags: [] });
		expect(made).toMatchObject({ failure: { reason: 'refused', error: { status: 400 } } });
		const gone = await profiles.delete(
			'arn:aws:bedrock:us-west-2:1:application-inference-profile/no'
		);
		expect(gone).toMatchObject({ failure: { reason: 'refused', error: { status: 404 } } });
		expect(profiles.all).toHaveLength(1);
	});

	it('of a Region that was left meanwhile concern nobody', async () => {
		let release: () => void = () => undefined;
		const gate = new Promise<void>((resolve) => (release = resolve));
		const service = simulate();
		const { profiles, playground } = await open(async (input, init) => {
			const request = new Request(input, init);
			if (request.method === 'POST') await gate;
			return service(input, init);
		});
		await playground.modelLists?.read();
		const making = profiles.create({ name: 'mine', copyFrom, tags: [] });
		playground.setDemoRegion('us-east-1');
		release();
		expect(await making).toBeUndefined();
		await playground.modelLists?.read();
		expect(profiles.all?.map(({ name }) => name)).toEqual(['example']);
	});
});
