import 'fake-indexeddb/auto';
import { createStore, entries, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeyRecord } from '../model/key.ts';
import { eraseEverything } from './erase.ts';
import {
	forgetKey,
	holdKey,
	loadKey,
	markRejected,
	readSecret,
	saveKey,
	watchKey
} from './keys.ts';

const now = 1_000_000;
const secret = 'bedrock-api-key-c2VjcmV0';
const other = 'bedrock-api-key-b3RoZXI=';

function newRecord(id: string, change: object = {}): KeyRecord {
	return {
		...{ v: 1, id, addedAt: now, kind: 'short-term', region: 'us-west-2', issuedAt: now },
		...{ expiresAt: now + 1000, lastFour: 'MPLE', memoryOnly: false, ...change }
	};
}

const longTerm: KeyRecord = {
	...{ v: 1, id: 'l', addedAt: now, kind: 'long-term', region: 'us-west-2', memoryOnly: true }
};

/** A store as another page sees it. */
const storeOf = (kind: string) => createStore(`bedrock-playground-${kind}`, kind);

/** Everything in every database. */
async function readEverything(): Promise<string> {
	const all: unknown[] = [];
	for (const { name = '' } of await indexedDB.databases()) {
		all.push(await entries(storeOf(name.replace('bedrock-playground-', ''))));
	}
	return JSON.stringify(all);
}

/** A second tab: the module once more, with the same databases. */
async function openTab(): Promise<typeof import('./keys.ts')> {
	vi.resetModules();
	return import('./keys.ts');
}

beforeEach(() => eraseEverything());

describe('a stored key', () => {
	it('comes back with its secret, in another tab too', async () => {
		await saveKey(newRecord('a'), secret);
		const tab = await openTab();
		for (const one of [{ loadKey, readSecret }, tab]) {
			expect(await one.loadKey(now)).toEqual(newRecord('a'));
			expect(await one.readSecret('a')).toBe(secret);
			expect(await one.readSecret('b')).toBeUndefined();
		}
	});

	it('replaces the one before', async () => {
		await saveKey(newRecord('a'), secret);
		await saveKey(newRecord('b'), other);
		expect(await readSecret('a')).toBeUndefined();
		expect(await readSecret('b')).toBe(other);
		expect(await readEverything()).not.toContain(secret);
	});

	it('is deleted once it has expired', async () => {
		await saveKey(newRecord('a'), secret);
		expect(await loadKey(now + 999)).toBeDefined();
		expect(await loadKey(now + 1000)).toBeUndefined();
		expect(await readEverything()).not.toContain('MPLE');
		expect(await readEverything()).not.toContain(secret);
	});

	it('is gone from every database once it is forgotten', async () => {
		await saveKey(newRecord('a'), secret);
		expect(await readEverything()).toContain(secret);
		await forgetKey();
		expect(await loadKey(now)).toBeUndefined();
		expect(await readSecret('a')).toBeUndefined();
		expect(await readEverything()).not.toContain(secret);
	});

	it('stays when it is rejected', async () => {
		await saveKey(newRecord('a'), secret);
		await markRejected('b', now + 4);
		expect(await loadKey(now)).not.toHaveProperty('rejectedAt');
		await markRejected('a', now + 5);
		expect(await loadKey(now)).toEqual(newRecord('a', { rejectedAt: now + 5 }));
		expect(await readSecret('a')).toBe(secret);
	});

	it('that cannot be read is set aside, and its secret deleted', async () => {
		await saveKey(newRecord('a'), secret);
		await set('current', { v: 9, id: 'a' }, storeOf('keys'));
		expect(await loadKey(now)).toBeUndefined();
		expect(await entries(storeOf('keys'))).toEqual([['bad:current', { v: 9, id: 'a' }]]);
		expect(await readEverything()).not.toContain(secret);
	});

	it('without its secret is none', async () => {
		await set('current', newRecord('a'), storeOf('keys'));
		expect(await loadKey(now)).toBeUndefined();
		await set('current', { v: 1, key: 'a', secret: 'line\nbreak' }, storeOf('secrets'));
		expect(await loadKey(now)).toBeUndefined();
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
		expect(await loadKey(now)).toEqual(newRecord('a', { memoryOnly: true }));
		expect(await readSecret('a')).toBe(secret);
		await markRejected('a', 7);
		expect(await loadKey(now)).toHaveProperty('rejectedAt', 7);
		expect(await readEverything()).not.toMatch(/bedrock-api-key|MPLE/);
		expect(await (await openTab()).loadKey(now)).toBeUndefined();
	});

	it('is where a long-term key always is', async () => {
		await saveKey(longTerm, 'ABSKsecret');
		expect(await loadKey(now * 1000)).toEqual(longTerm);
		expect(await readEverything()).not.toContain('ABSK');
	});

	it('takes the place of a stored one', async () => {
		await saveKey(newRecord('a'), secret);
		await holdKey(longTerm, 'ABSKsecret');
		expect(await readSecret('a')).toBeUndefined();
		expect(await readEverything()).not.toContain(secret);
		await saveKey(newRecord('b'), other);
		expect(await readSecret('l')).toBeUndefined();
		expect(await loadKey(now)).toEqual(newRecord('b'));
	});

	it('goes when it expires and when it is forgotten', async () => {
		await holdKey(newRecord('a'), secret);
		expect(await loadKey(now + 1000)).toBeUndefined();
		expect(await readSecret('a')).toBeUndefined();
		await holdKey(longTerm, 'ABSKsecret');
		await forgetKey();
		expect(await readSecret('l')).toBeUndefined();
	});
});

describe('another tab', () => {
	const stops: (() => void)[] = [];
	afterEach(() => stops.splice(0).forEach((stop) => stop()));

	/** Counts what a tab hears; channels deliver in a later task. */
	function listen(watch: typeof watchKey) {
		const heard = vi.fn();
		stops.push(watch(heard));
		const expectCalls = (count: number) =>
			vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(count));
		return { heard, expectCalls };
	}

	it('hears of a save and of forgetting, and this one does not', async () => {
		const mine = listen(watchKey);
		const theirs = listen((await openTab()).watchKey);
		await saveKey(newRecord('a'), secret);
		await theirs.expectCalls(1);
		await markRejected('a', 3);
		await theirs.expectCalls(2);
		await forgetKey();
		await theirs.expectCalls(3);
		expect(mine.heard).not.toHaveBeenCalled();
	});

	it('is told by one that does not listen, and never the secret', async () => {
		const spy = new BroadcastChannel('bedrock-playground-key');
		const messages: unknown[] = [];
		spy.onmessage = (event) => messages.push(event.data);
		await saveKey(newRecord('a'), secret);
		await vi.waitFor(() => expect(messages).toEqual(['changed']));
		spy.close();
	});

	it('keeps its own held key when this one forgets', async () => {
		const tab = await openTab();
		await tab.holdKey(longTerm, 'ABSKsecret');
		await forgetKey();
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
