import 'fake-indexeddb/auto';
import { createStore, entries, set } from 'idb-keyval';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Run } from '../model/run.ts';
import { summarize } from '../model/run-summary.ts';
import { kinds, storageState } from './database.ts';
import { loadDraft, saveDrafts } from './drafts.ts';
import type { DraftRecord } from './drafts.ts';
import { eraseEverything } from './erase.ts';
import {
	clearRuns,
	deleteConversation,
	deleteRun,
	listSummaries,
	loadRun,
	saveRun
} from './runs.ts';
import { defaultSettings, loadSettings, saveSettings } from './settings.ts';

const draft = { model: 'a.b', messages: [], params: { temperature: 0.5 } };
const record: DraftRecord = {
	...{ v: 1, api: 'responses', draft, composer: 'typed', conversation: 'c', run: 'r' }
};

function newRun(id: string, startedAt: number, conversation = 'c'): Run {
	return {
		...{ v: 1, id, api: 'converse', conversation, startedAt, simulated: true, draft, parts: [] },
		request: { method: 'POST', url: 'https://x.test/', headers: {}, body: '{}' },
		...{ times: {}, received: { events: 0, bytes: 0 } }
	};
}

/** A store as another page sees it. */
const storeOf = (kind: string) => createStore(`bedrock-playground-${kind}`, kind);

beforeEach(() => eraseEverything());

describe('a draft', () => {
	it('comes back to its own tab', async () => {
		await saveDrafts([record]);
		expect(await loadDraft('responses')).toEqual(record);
		expect(await loadDraft('converse')).toBeUndefined();
	});

	it.each([
		['of another version', { ...record, v: 2 }],
		['of another tab', { ...record, api: 'converse' }],
		['that is broken', { ...record, draft: { messages: 'none' } }],
		['that is none', 'text']
	])('%s is set aside, once', async (_, bad) => {
		await set('responses', bad, storeOf('drafts'));
		expect(await loadDraft('responses')).toBeUndefined();
		expect(await loadDraft('responses')).toBeUndefined();
		expect(await entries(storeOf('drafts'))).toEqual([['bad:responses', bad]]);
	});
});

describe('runs', () => {
	it('come back, and their summaries newest first', async () => {
		const runs = [newRun('a', 1), newRun('b', 3), newRun('c', 2)];
		for (const run of runs) await saveRun(run);
		expect(await loadRun('b')).toEqual(newRun('b', 3));
		expect(await loadRun('x')).toBeUndefined();
		const { summaries, unreadable } = await listSummaries();
		expect(summaries).toEqual([newRun('b', 3), newRun('c', 2), newRun('a', 1)].map(summarize));
		expect(unreadable).toBe(0);
	});

	it('are replaced when stored again', async () => {
		await saveRun(newRun('a', 1));
		await saveRun({ ...newRun('a', 1), outcome: { end: 'stopped' } });
		expect((await listSummaries()).summaries).toHaveLength(1);
		expect((await loadRun('a'))?.outcome).toEqual({ end: 'stopped' });
	});

	it('are deleted one by one, by conversation and all', async () => {
		for (const id of ['a', 'b', 'c', 'd']) {
			await saveRun(newRun(id, 1, id < 'c' ? 'first' : 'second'));
		}
		const left = async () => (await listSummaries()).summaries.map(({ id }) => id);
		await deleteRun('c');
		expect(await left()).toEqual(['a', 'b', 'd']);
		await deleteConversation('first');
		expect(await left()).toEqual(['d']);
		expect(await loadRun('a')).toBeUndefined();
		await clearRuns();
		expect(await left()).toEqual([]);
		expect(await entries(storeOf('runs'))).toEqual([]);
	});

	it('that cannot be read are set aside and counted', async () => {
		await saveRun(newRun('a', 1));
		await set('b', { v: 7 }, storeOf('summaries'));
		await set('b', { v: 7 }, storeOf('runs'));
		await set('c', summarize(newRun('other', 1)), storeOf('summaries'));
		for (let time = 0; time < 2; time++) {
			const { summaries, unreadable } = await listSummaries();
			expect(summaries.map(({ id }) => id)).toEqual(['a']);
			expect(unreadable).toBe(2);
		}
		expect(await loadRun('b')).toBeUndefined();
		expect(await entries(storeOf('runs'))).toContainEqual(['bad:b', { v: 7 }]);
	});
});

describe('settings', () => {
	it('are the defaults at first, and then what was saved', async () => {
		expect(await loadSettings()).toEqual(defaultSettings);
		const changed = { ...defaultSettings, theme: 'dark', api: 'responses', plain: true } as const;
		await saveSettings(changed);
		expect(await loadSettings()).toEqual(changed);
	});

	it('fall back field by field', async () => {
		const bad = { theme: 'pink', inspectorWidth: 1e9, client: 'python', more: 1 };
		await set('settings', bad, storeOf('settings'));
		expect(await loadSettings()).toEqual({ ...defaultSettings, client: 'python' });
		await set('settings', NaN, storeOf('settings'));
		expect(await loadSettings()).toEqual(defaultSettings);
	});
});

it('erases everything', async () => {
	await saveDrafts([record]);
	await saveRun(newRun('a', 1));
	await saveSettings(defaultSettings);
	await set('bad:x', 1, storeOf('drafts'));
	await eraseEverything();
	for (const kind of kinds) expect(await entries(storeOf(kind)), kind).toEqual([]);
	expect(storageState()).toBe('kept');
});

describe('without a database', () => {
	afterEach(() => void vi.unstubAllGlobals());

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
		'that is not there': undefined
	};
	it.each(Object.keys(refusals))('%s memory stands in for this page', async (name) => {
		vi.stubGlobal('indexedDB', refusals[name]);
		vi.resetModules();
		const { storageState } = await import('./database.ts');
		const [drafts, runs, keys] = await Promise.all([
			...[import('./drafts.ts'), import('./runs.ts')],
			import('./keys.ts')
		] as const);
		const mine = structuredClone(record);
		await drafts.saveDrafts([mine]);
		mine.composer = 'changed after it was saved';
		expect(await drafts.loadDraft('responses')).toEqual(record);
		expect(storageState()).toBe('memory');
		await runs.saveRun(newRun('a', 1));
		expect((await runs.listSummaries()).summaries).toHaveLength(1);
		await runs.deleteRun('a');
		expect(await runs.loadRun('a')).toBeUndefined();
		await keys.saveKey(
			{
				...{ v: 1, id: 'k', kind: 'short-term', region: 'us-west-2', lastFour: 'MPLE' },
				...{ addedAt: 1, issuedAt: 1, expiresAt: 9, memoryOnly: false }
			},
			'secret'
		);
		expect(await keys.readSecret('k')).toBe('secret');
		expect(await keys.loadKey(9)).toBeUndefined();
		expect(await keys.readSecret('k')).toBeUndefined();
	});
});
