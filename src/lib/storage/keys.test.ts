import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayKey, KeyRecord } from '../model/key.ts';
import { newMemoryStore } from './memory-store.ts';
import { eraseEverything } from './erase.ts';
import {
	forgetKey,
	holdKey,
	keyFor,
	loadKeys,
	markAccepted,
	markRejected,
	readSecret,
	saveKey
} from './keys.ts';
import { watchKey } from './key-channel.ts';
import type { Store } from './store.ts';
import { readAll, storeOf } from './test-kit.ts';

const now = 1_000_000;
const secret = 'bedrock-api-key-c2VjcmV0';
const other = 'bedrock-api-key-b3RoZXI=';

function newRecord(id: string, change: object = {}): KeyRecord {
	return {
		...{ v: 2, id, addedAt: now, kind: 'short-term', region: 'us-west-2', issuedAt: now },
		...{ expiresAt: now + 1000, lastFour: 'MPLE', memoryOnly: false, ...change }
	};
}

const longTerm: KeyRecord = {
	...{ v: 2, id: 'l', addedAt: now, kind: 'long-term', region: 'us-west-2', memoryOnly: true }
};

const records = storeOf('bedrock-playground');
const secrets = storeOf('bedrock-playground-vault');

/** Everything in both databases. */
async function readEverything(): Promise<string> {
	return JSON.stringify([await readAll(records), await readAll(secrets)]);
}

/** A second tab: the module once more, with the same databases. */
async function openTab(): Promise<typeof import('./keys.ts')> {
	vi.resetModules();
	return import('./keys.ts');
}

beforeEach(() => eraseEverything());

describe('a stored key', () => {
	it('that finds no room is stored after the oldest answers were dropped, or else rejects', async () => {
		const records = newMemoryStore();
		for (const at of [1, 2]) await records.setMany([[`exchange/r${at}/0-${at}-9`, { v: 2 }]]);
		const memory = newMemoryStore();
		let room = 1;
		const setMany: Store['setMany'] = async (entries) => {
			if ((await records.keys('exchange/')).length > room)
				throw new DOMException('full', 'QuotaExceededError');
			await memory.setMany(entries);
		};
		const stores = { records, secrets: { ...memory, setMany } };
		await saveKey(newRecord('a'), secret, stores);
		expect(await readSecret('a', now, stores)).toBe(secret);
		expect(await records.keys('exchange/')).toEqual(['exchange/r2/0-2-9']);
		room = -1;
		await expect(saveKey(newRecord('b'), other, stores)).rejects.toThrow('full');
		expect((await loadKeys(now, undefined, stores)).bedrock).toBeUndefined();
	});

	it('comes back with its secret, in another tab too', async () => {
		await saveKey(newRecord('a'), secret);
		const tab = await openTab();
		for (const one of [{ loadKeys, readSecret }, tab]) {
			expect((await one.loadKeys(now)).bedrock).toEqual(newRecord('a'));
			expect(await one.readSecret('a', now)).toBe(secret);
			expect(await one.readSecret('b', now)).toBeUndefined();
		}
	});

	it('replaces the one before', async () => {
		await saveKey(newRecord('a'), secret);
		await saveKey(newRecord('b'), other);
		expect(await readSecret('a', now)).toBeUndefined();
		expect(await readSecret('b', now)).toBe(other);
		expect(await readEverything()).not.toContain(secret);
	});

	it('is deleted once it has expired', async () => {
		await saveKey(newRecord('a'), secret);
		expect((await loadKeys(now + 999)).bedrock).toBeDefined();
		expect((await loadKeys(now + 1000)).bedrock).toBeUndefined();
		expect(await readEverything()).not.toContain('MPLE');
		expect(await readEverything()).not.toContain(secret);
	});

	it('is gone from every database once it is forgotten', async () => {
		await saveKey(newRecord('a'), secret);
		expect(await readEverything()).toContain(secret);
		await forgetKey('bedrock');
		expect((await loadKeys(now)).bedrock).toBeUndefined();
		expect(await readSecret('a', now)).toBeUndefined();
		expect(await readEverything()).not.toContain(secret);
	});

	it('stays when it is rejected', async () => {
		await saveKey(newRecord('a'), secret);
		await markRejected('b', now + 4);
		expect((await loadKeys(now)).bedrock).not.toHaveProperty('rejectedAt');
		await markRejected('a', now + 5);
		expect((await loadKeys(now)).bedrock).toEqual(newRecord('a', { rejectedAt: now + 5 }));
		expect(await readSecret('a', now)).toBe(secret);
	});

	it('that was rejected is no longer once the service has taken it', async () => {
		await saveKey(newRecord('a'), secret);
		await markRejected('a', now + 5);
		await markAccepted('b');
		expect((await loadKeys(now)).bedrock).toHaveProperty('rejectedAt');
		await markAccepted('a');
		expect((await loadKeys(now)).bedrock).toStrictEqual(newRecord('a'));
		await forgetKey('bedrock');
		await markRejected('a', now);
		expect(await readEverything()).toBe('[{},{}]');
	});

	it('that cannot be read is set aside, and its secret deleted', async () => {
		await saveKey(newRecord('a'), secret);
		await records.setMany([['key/a', { v: 1, id: 'a' }]]);
		expect((await loadKeys(now)).bedrock).toBeUndefined();
		expect(await readAll(records)).toEqual({ 'bad:key/a': { v: 1, id: 'a' } });
		expect(await readEverything()).not.toContain(secret);
	});

	it.each([
		['without an expiry', {}, false],
		['that has expired', { expiresAt: now }, false],
		['that has not expired', { expiresAt: now + 1 }, true]
	])(
		'of a newer version %s is left alone, and its secret by its expiry',
		async (_, more, stays) => {
			await saveKey(newRecord('a'), secret);
			const newer = { v: 9, id: 'a', ...more };
			await records.setMany([['key/a', newer]]);
			expect((await loadKeys(now)).bedrock).toBeUndefined();
			await markRejected('a', now);
			expect(await readAll(records)).toEqual({ 'key/a': newer });
			expect(await secrets.has('a')).toBe(stays);
			await saveKey(newRecord('b'), other);
			expect(await records.get('key/a')).toEqual(newer);
			expect(await readEverything()).not.toContain(secret);
		}
	);

	it('without its secret is none', async () => {
		await records.setMany([['key/a', newRecord('a')]]);
		expect((await loadKeys(now)).bedrock).toBeUndefined();
		await secrets.setMany([['a', { v: 2, key: 'a', secret: 'line\nbreak' }]]);
		expect(await readSecret('a', now)).toBeUndefined();
		expect((await loadKeys(now)).bedrock).toBeUndefined();
	});

	it('gives its secret in one read, which tells whether it has expired', async () => {
		const gets: string[] = [];
		const memory = newMemoryStore();
		const counted = { ...memory, get: (key: string) => (gets.push(key), memory.get(key)) };
		const stores = { records: newMemoryStore(), secrets: counted };
		await saveKey(newRecord('a'), secret, stores);
		expect((await loadKeys(now, undefined, stores)).bedrock).toEqual(newRecord('a'));
		expect(gets).toEqual([]);
		expect(await readSecret('a', now + 999, stores)).toBe(secret);
		expect(gets).toEqual(['a']);
		expect(await readSecret('a', now + 1000, stores)).toBeUndefined();
		expect(await memory.has('a')).toBe(false);
	});
});

describe('a key for a target', () => {
	const gateway: GatewayKey = {
		...{ v: 2, id: 'g', addedAt: now, kind: 'gateway', base: 'http://localhost:4000/v1' },
		memoryOnly: false
	};
	const runtime = { base: 'https://bedrock-runtime.us-west-2.amazonaws.com' };

	it('is the one that may go there, and for another Region or host there is none', async () => {
		await saveKey(gateway, other);
		await saveKey(newRecord('a'), secret);
		const idFor = async (base: string) => (await keyFor({ base }, now))?.id;
		expect(await idFor(runtime.base)).toBe('a');
		expect(await idFor('https://bedrock-mantle.us-west-2.api.aws/v1')).toBe('a');
		expect(await idFor('http://localhost:4000/v1')).toBe('g');
		expect(await idFor('https://bedrock-runtime.us-east-1.amazonaws.com')).toBeUndefined();
		expect(
			await idFor('https://bedrock-runtime.us-west-2.amazonaws.com.evil.test')
		).toBeUndefined();
		expect(await idFor('http://bedrock-runtime.us-west-2.amazonaws.com')).toBeUndefined();
		expect((await loadKeys(now)).bedrock).toEqual(newRecord('a'));
	});

	it('of a gateway stays beside the Bedrock key, and is one for each gateway', async () => {
		await saveKey(newRecord('a'), secret);
		await saveKey(gateway, other);
		await saveKey({ ...gateway, id: 'h' }, 'again');
		expect(await readSecret('a', now)).toBe(secret);
		expect(await readSecret('g', now)).toBeUndefined();
		expect(await readSecret('h', now)).toBe('again');
		await holdKey(longTerm, 'ABSKsecret');
		expect((await keyFor(runtime, now))?.id).toBe('l');
		expect(await readSecret('h', now)).toBe('again');
	});

	it('of another gateway takes the place of the one before, whose secret goes', async () => {
		await saveKey(gateway, other);
		await saveKey({ ...gateway, id: 'h', base: 'https://gateway.test/api/v1' }, 'again');
		expect(await keyFor(gateway, now)).toBeUndefined();
		expect(await readEverything()).not.toContain(other);
		expect((await loadKeys(now)).gateway?.id).toBe('h');
	});

	it('of a gateway that wants none is its address alone', async () => {
		const keyless: GatewayKey = { ...gateway, keyless: true };
		await saveKey(keyless, '');
		expect((await (await openTab()).loadKeys(now)).gateway).toEqual(keyless);
		expect(await readSecret('g', now)).toBeUndefined();
		expect(await readAll(secrets)).toEqual({});
	});

	it('is forgotten by itself: the other one stays', async () => {
		await saveKey(newRecord('a'), secret);
		await saveKey(gateway, other);
		await forgetKey('gateway');
		expect(await loadKeys(now)).toEqual({ bedrock: newRecord('a'), gateway: undefined });
		expect(await readEverything()).not.toContain(other);
		await saveKey({ ...gateway, memoryOnly: true }, other);
		await forgetKey('bedrock');
		expect(await readEverything()).not.toContain(secret);
		expect(await readSecret('g', now)).toBe(other);
		await forgetKey('gateway');
		expect(await readSecret('g', now)).toBeUndefined();
	});
});

describe('a key held in memory', () => {
	const rows = [
		{ how: 'held', hold: () => holdKey(newRecord('a', { memoryOnly: true }), secret) },
		{ how: 'held though marked to be stored', hold: () => holdKey(newRecord('a'), secret) },
		{ how: 'saved', hold: () => saveKey(newRecord('a', { memoryOnly: true }), secret) }
	];
	it.each(rows)('is in no database when it is $how', async ({ hold }) => {
		await hold();
		expect((await loadKeys(now)).bedrock).toEqual(newRecord('a', { memoryOnly: true }));
		expect(await readSecret('a', now)).toBe(secret);
		await markRejected('a', 7);
		expect((await loadKeys(now)).bedrock).toHaveProperty('rejectedAt', 7);
		expect(await readEverything()).not.toMatch(/bedrock-api-key|MPLE/);
		expect((await (await openTab()).loadKeys(now)).bedrock).toBeUndefined();
	});

	it('is where a long-term key always is', async () => {
		await saveKey(longTerm, 'ABSKsecret');
		expect((await loadKeys(now * 1000)).bedrock).toEqual(longTerm);
		expect(await readEverything()).not.toContain('ABSK');
	});

	it('takes the place of a stored one', async () => {
		await saveKey(newRecord('a'), secret);
		await holdKey(longTerm, 'ABSKsecret');
		expect(await readSecret('a', now)).toBeUndefined();
		expect(await readEverything()).not.toContain(secret);
		await saveKey(newRecord('b'), other);
		expect(await readSecret('l')).toBeUndefined();
		expect((await loadKeys(now)).bedrock).toEqual(newRecord('b'));
	});

	it('goes when it expires and when it is forgotten', async () => {
		await holdKey(newRecord('a'), secret);
		expect((await loadKeys(now + 1000)).bedrock).toBeUndefined();
		expect(await readSecret('a', now)).toBeUndefined();
		await holdKey(longTerm, 'ABSKsecret');
		await forgetKey('bedrock');
		expect(await readSecret('l')).toBeUndefined();
	});
});

describe('another tab', () => {
	const stops: (() => void)[] = [];
	afterEach(() => stops.splice(0).forEach((stop) => stop()));

	/** Counts what a tab hears. Channels deliver in a later task, which `expectCalls` waits for. */
	function listen(watch: typeof watchKey) {
		let look = () => {};
		const heard = vi.fn(() => look());
		stops.push(watch(heard));
		const expectCalls = async (count: number) => {
			await new Promise<void>((resolve) => {
				look = () => heard.mock.calls.length >= count && resolve();
				look();
			});
			expect(heard).toHaveBeenCalledTimes(count);
		};
		return { heard, expectCalls };
	}

	it('hears of a save and of forgetting, and this one does not', async () => {
		const mine = listen(watchKey);
		await openTab();
		const theirs = listen((await import('./key-channel.ts')).watchKey);
		await saveKey(newRecord('a'), secret);
		await theirs.expectCalls(1);
		await markRejected('a', 3);
		await theirs.expectCalls(2);
		await forgetKey('bedrock');
		await theirs.expectCalls(3);
		expect(mine.heard).not.toHaveBeenCalled();
	});

	it('is told by one that does not listen, and never the secret', async () => {
		const spy = new BroadcastChannel('bedrock-playground-key');
		const messages: unknown[] = [];
		const told = new Promise<void>((resolve) => {
			spy.onmessage = (event) => {
				messages.push(event.data);
				resolve();
			};
		});
		await saveKey(newRecord('a'), secret);
		await told;
		expect(messages).toEqual(['changed']);
		spy.close();
	});

	it('keeps its own held key when this one forgets', async () => {
		const tab = await openTab();
		await tab.holdKey(longTerm, 'ABSKsecret');
		await forgetKey('bedrock');
		expect(await tab.readSecret('l')).toBe('ABSKsecret');
	});

	it('is no longer heard after the watch has ended', async () => {
		const heard = vi.fn();
		watchKey(heard)();
		const tab = listen(watchKey);
		await (await openTab()).saveKey(newRecord('a'), secret);
		await tab.expectCalls(1);
		expect(heard).not.toHaveBeenCalled();
	});
});
