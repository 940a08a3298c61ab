import 'fake-indexeddb/auto';
import { promisifyRequest } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { storageState } from './database.ts';
import { saveDraft } from './drafts.ts';
import { eraseEverything } from './erase.ts';
import { defaultSettings } from '../model/settings.ts';
import { noteOlderVersion } from './older.ts';
import { startRun } from './runs.ts';
import { loadSettings, saveSettings } from './settings.ts';
import { newMemoryStore } from './memory-store.ts';
import type { Store } from './store.ts';
import {
	newConversation,
	newDraft,
	newRun,
	newTestStore,
	newTurn,
	readAll,
	storeOf
} from './test-kit.ts';

const change = {
	conversation: newConversation('c'),
	turns: [newTurn('t', 'Hi')],
	run: newRun('r')
};

const patience = { timeout: 20_000 };

/** A database of the first version, in no open page. */
async function makeOlder(kind: string): Promise<void> {
	const request = indexedDB.open(`bedrock-playground-${kind}`);
	request.onupgradeneeded = () => request.result.createObjectStore(kind).put({ v: 1 }, 'current');
	await promisifyRequest(request);
	request.result.close();
}

async function listDatabases(): Promise<(string | undefined)[]> {
	return (await indexedDB.databases()).map(({ name }) => name);
}

beforeEach(() => eraseEverything());

describe.each([
	['in IndexedDB', newTestStore],
	['in memory', newMemoryStore]
])('a store %s', (_, newStore: () => Store) => {
	it('gives ranges by prefix in order, whole and in pages', async () => {
		const store = newStore();
		const keys = ['a/2', 'a/10', 'a', 'ab/1', 'a/', 'b'];
		await store.setMany(keys.map((key) => [key, key.length]));
		expect(await store.keys('a/')).toEqual(['a/', 'a/10', 'a/2']);
		const all = [
			['a/', 2],
			['a/10', 4],
			['a/2', 3]
		];
		expect(await store.range('a/')).toEqual(all);
		expect(await store.range('a/', { count: 2 })).toEqual(all.slice(0, 2));
		expect(await store.range('a/', { after: 'a/10', count: 2 })).toEqual(all.slice(2));
		expect([await store.has('a'), await store.has('c')]).toEqual([true, false]);
	});

	it('removes, then puts, and keeps copies', async () => {
		const store = newStore();
		const value = { n: 1 };
		await store.setMany([
			['a/1', value],
			['b', 1],
			['a/2', 2]
		]);
		value.n = 2;
		const result = await store.update(['a/1', 'none'], (stored) => ({
			...{ remove: ['b'], removeAll: ['a/'], put: [['a/3', stored]], result: stored.length }
		}));
		expect(result).toBe(2);
		expect(await readAll(store)).toEqual({ 'a/3': [{ n: 1 }, undefined] });
		await store.clear();
		expect(await readAll(store)).toEqual({});
	});

	it('writes nothing when a change throws or holds what cannot be stored', async () => {
		const store = newStore();
		const failing = store.update([], () => {
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		const put = [['a', 1] as const, ['b', () => 1] as const];
		await expect(store.update(['a'], () => ({ put, result: 1 }))).rejects.toThrow();
		expect(await readAll(store)).toEqual({});
	});

	it('lets nobody write between the reading and the writing', async () => {
		const store = newStore();
		const count = () =>
			store.update(['n'], ([n]) => ({ put: [['n', Number(n ?? 0) + 1]], result: n }));
		expect(await Promise.all([count(), count(), count()])).toEqual([undefined, 1, 2]);
	});
});

describe('settings', () => {
	it('are the defaults at first, and then what was saved', async () => {
		expect(await loadSettings()).toEqual(defaultSettings);
		const changed = { ...defaultSettings, theme: 'dark', api: 'responses', plain: true } as const;
		await saveSettings({ ...changed, open: { converse: 'c' } });
		expect(await loadSettings()).toEqual({ ...changed, open: { converse: 'c' } });
	});

	it('fall back field by field', async () => {
		const store = newTestStore();
		const bad = { theme: 'pink', inspectorWidth: 1e9, client: 'python', open: [], more: 1 };
		await store.setMany([['setting/page', bad]]);
		expect(await loadSettings(store)).toEqual({ ...defaultSettings, client: 'python' });
		await store.setMany([['setting/page', NaN]]);
		expect(await loadSettings(store)).toEqual(defaultSettings);
	});

	it('of a newer version are neither read nor written over', async () => {
		const store = newTestStore();
		const newer = { v: 3, theme: 'dark' };
		await store.setMany([['setting/page', newer]]);
		expect(await loadSettings(store)).toEqual(defaultSettings);
		await saveSettings(defaultSettings, store);
		expect(await store.get('setting/page')).toEqual(newer);
	});
});

it('erases everything', async () => {
	await saveDraft(newDraft('typed', 1, 'w'));
	await startRun(change);
	await saveSettings(defaultSettings);
	await storeOf('bedrock-playground').setMany([['bad:x', 1]]);
	await storeOf('bedrock-playground-vault').setMany([['x', 1]]);
	await makeOlder('runs');
	await eraseEverything();
	expect(await readAll(storeOf('bedrock-playground'))).toEqual({});
	expect(await readAll(storeOf('bedrock-playground-vault'))).toEqual({});
	await vi.waitFor(async () => {
		expect(await listDatabases()).not.toContain('bedrock-playground-runs');
	}, patience);
	expect(storageState()).toBe('kept');
});

describe('records of the first version', () => {
	it('are told of once and left, but for the secret, which is deleted', async () => {
		expect(await noteOlderVersion()).toBe(false);
		await makeOlder('runs');
		await makeOlder('secrets');
		expect(await noteOlderVersion()).toBe(true);
		await vi.waitFor(async () => {
			const names = await listDatabases();
			expect(names).not.toContain('bedrock-playground-secrets');
			expect(names).toContain('bedrock-playground-runs');
		}, patience);
		expect(await noteOlderVersion()).toBe(false);
	});
});

describe('without a database', () => {
	afterEach(() => {
		vi.unstubAllGlobals();
		vi.useRealTimers();
	});

	const silent = () => new EventTarget();
	const refusals: Record<string, unknown> = {
		'that throws': {
			open: () => {
				throw new DOMException('The operation is insecure.', 'SecurityError');
			}
		},
		'that fails': {
			open: () => {
				const request = { onerror: () => undefined, error: new DOMException('', 'UnknownError') };
				queueMicrotask(() => request.onerror());
				return request;
			}
		},
		'that is not there': undefined,
		'that never answers': { open: silent },
		'that opens and answers no request': {
			open: () => {
				const store = { getKey: silent };
				const result = { transaction: () => ({ objectStore: () => store }) };
				const request = { onsuccess: () => undefined, result };
				queueMicrotask(() => request.onsuccess());
				return request;
			}
		}
	};
	it.each(Object.keys(refusals))('%s memory stands in for this page', async (name) => {
		vi.stubGlobal('indexedDB', refusals[name]);
		vi.useFakeTimers();
		vi.resetModules();
		const database = await import('./database.ts');
		const { openStore } = await import('./open-store.ts');
		const [drafts, runs, keys, conversations] = await Promise.all([
			...[import('./drafts.ts'), import('./runs.ts')],
			...[import('./keys.ts'), import('./conversations.ts')]
		] as const);
		const opening = Promise.all([openStore(), openStore('secrets')]);
		await vi.advanceTimersByTimeAsync(1999);
		if (name.includes('answers')) expect(database.storageState()).toBe('kept');
		await vi.advanceTimersByTimeAsync(1);
		expect(database.storageState()).toBe('memory');
		await opening;
		const mine = newDraft('typed', 1, 'w');
		await drafts.saveDraft(mine);
		mine.composer = 'changed after it was saved';
		expect((await drafts.loadDraft('c'))?.composer).toBe('typed');
		await runs.startRun(change);
		expect((await conversations.listConversations()).conversations).toHaveLength(1);
		await conversations.markDeleted('c', 1);
		await conversations.purgeDeleted(2);
		expect(await runs.loadRun('c', 'r')).toBeUndefined();
		await keys.saveKey(
			{
				...{ v: 2, id: 'k', kind: 'short-term', region: 'us-west-2', lastFour: 'MPLE' },
				...{ addedAt: 1, issuedAt: 1, expiresAt: 9, memoryOnly: false }
			},
			'secret'
		);
		expect(await keys.readSecret('k', 8)).toBe('secret');
		expect((await keys.loadKeys(9)).bedrock).toBeUndefined();
		expect(await keys.readSecret('k', 8)).toBeUndefined();
	});

	it('that answers in time, what is saved is kept', async () => {
		vi.resetModules();
		const database = await import('./database.ts');
		const { openStore } = await import('./open-store.ts');
		await (await openStore()).setMany([['x', 1]]);
		expect(database.storageState()).toBe('kept');
		expect(await storeOf('bedrock-playground').get('x')).toBe(1);
	});
});
