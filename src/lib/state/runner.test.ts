import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { newKey, openPage } from './test-kit.ts';

const request = {
	method: 'GET',
	url: 'https://bedrock-mantle.us-west-2.api.aws/v1/models',
	headers: {}
} as const;

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

afterEach(() => vi.unstubAllGlobals());

/** A page whose key is forgotten just after its secret was read, before anything went out with it. */
async function openForgetful() {
	const page = await openPage(() => Promise.resolve(Response.json({ data: [] })));
	const { playground } = page;
	await playground.useKey(newKey(), 'until-expiry');
	const { keyRing } = playground;
	const key = keyRing.record?.id;
	const read = keyRing.credentialsFor.bind(keyRing);
	vi.spyOn(keyRing, 'credentialsFor').mockImplementation(async (id, url) => {
		const credentials = await read(id, url);
		await keyRing.forget();
		return credentials;
	});
	return { ...page, key };
}

describe('a key that is forgotten after its secret was read', () => {
	const { signal } = new AbortController();

	it('is not sent with a request that is no run', async () => {
		const { playground, sent, close } = await openForgetful();
		expect(await playground.runner.call(request, signal)).toBeUndefined();
		expect(sent).toEqual([]);
		close();
	});

	it('is not sent with what is asked about something that it has made', async () => {
		const { playground, sent, key, close } = await openForgetful();
		const use = vi.fn(() => Promise.resolve('sent'));
		expect(await playground.runner.ask(key, request.url, signal, use)).toBeUndefined();
		expect(use).not.toHaveBeenCalled();
		expect(sent).toEqual([]);
		close();
	});
});
