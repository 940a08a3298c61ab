import { describe, expect, it } from 'vitest';
import {
	listConversations,
	markDeleted,
	openConversation,
	purgeDeleted,
	saveConversation
} from './conversations.ts';
import { appendChunks, loadChunks } from './exchanges.ts';
import { newStoredPiece } from './pieces.ts';
import { newMemoryStore } from './memory-store.ts';
import { endRun, loadRun, startRun } from './runs.ts';
import type { RunChange } from './runs.ts';
import type { Store } from './store.ts';
import {
	newConversation,
	newDraft,
	newRun,
	newSent,
	newTestStore,
	newTurn,
	readAll
} from './test-kit.ts';
import { saveDraft } from './drafts.ts';

const question = newTurn('t1', 'Hi');
const answer = newTurn('t2', 'Hello', { parent: 't1', at: 2 });
const sent = newSent('s');
const started: RunChange = {
	conversation: newConversation('c', { leaf: 't1' }),
	turns: [question],
	run: newRun('r', { asked: 't1', turn: 't2' })
};
const ended: RunChange = {
	conversation: newConversation('c', { leaf: 't2', end: 'finished', changedAt: 9 }),
	turns: [answer],
	run: { ...started.run, outcome: { end: 'finished', reason: 'end_turn' } }
};

describe('a run', () => {
	it('is stored when it starts and when it ends, each in one step', async () => {
		const writes: string[][] = [];
		const memory = newMemoryStore();
		const update: Store['update'] = (keys, change) =>
			memory.update(keys, (stored) => {
				const made = change(stored);
				writes.push((made.put ?? []).map(([key]) => key));
				return made;
			});
		const store = { ...memory, update };
		expect(await startRun({ ...started, sent }, store)).toBe('saved');
		expect(await loadRun('c', 'r', store)).toEqual(started.run);
		const chunks = [{ t: 1, bytes: new Uint8Array([7]) }];
		const piece = newStoredPiece('r', { first: 0, chunks });
		expect(await endRun({ ...ended, piece }, store)).toBe('saved');
		expect(writes).toEqual([
			['conversation/c', 'sent/c/s', 'run/c/r', 'turn/c/t1'],
			['conversation/c', 'run/c/r', 'turn/c/t2', expect.stringMatching(/^exchange\/r\/0+-\d+-1$/)]
		]);
		expect(await loadChunks('r', store)).toEqual(chunks);
		expect(await loadRun('c', 'r', store)).toEqual(ended.run);
		expect(await loadRun('c', 'x', store)).toBeUndefined();
	});

	it('writes its settings only when they are new', async () => {
		const store = newTestStore();
		await startRun({ ...started, sent }, store);
		await startRun({ ...started, sent: newSent('s', 'Changed') }, store);
		await startRun(started, store);
		expect((await openConversation('c', store))?.sent).toEqual([sent]);
	});

	it.each([150, 20_000])('with a block %i deep is stored to its end, as text', async (depth) => {
		const store = newTestStore();
		const json = `${'['.repeat(depth)}1e999${']'.repeat(depth)}`;
		const value = JSON.parse(json) as never;
		const message = { ...answer.message, parts: [{ type: 'opaque', api: 'converse', value }] };
		const turn = { ...answer, message } as typeof answer;
		const run = { ...ended.run, usage: { input: Infinity, raw: value }, details: { trace: value } };
		await startRun(started, store);
		expect(await endRun({ ...ended, turns: [turn], run }, store)).toBe('saved');
		const opened = await openConversation('c', store);
		expect(opened?.unreadable).toBe(0);
		expect(opened?.runs[0]?.outcome).toEqual(ended.run.outcome);
		expect(opened?.runs[0]?.usage).not.toHaveProperty('input');
		const [, stored] = opened?.turns ?? [];
		expect(JSON.stringify(stored?.message.parts).replace(/["\\]/g, '')).toContain(json);
	});

	it('that cannot be read is set aside, and one of a newer version stays', async () => {
		const store = newTestStore();
		await startRun({ ...started, sent }, store);
		const newer = { v: 3, id: 'n', at: new Date(0) };
		await store.setMany([
			...[['run/c/b', { v: 2 }] as const, ['run/c/n', newer] as const],
			...[['turn/c/b', newTurn('other', 'x')] as const, ['turn/c/n', newer] as const]
		]);
		for (let time = 0; time < 2; time++) {
			const opened = await openConversation('c', store);
			expect(opened?.runs).toEqual([started.run]);
			expect(opened?.turns).toEqual([question]);
			expect([opened?.newer, opened?.unreadable]).toEqual([2, 2]);
		}
		expect(await loadRun('c', 'b', store)).toBeUndefined();
		await startRun({ ...started, run: newRun('n'), turns: [newTurn('n', 'old')] }, store);
		const all = await readAll(store);
		expect(all).toMatchObject({ 'bad:run/c/b': { v: 2 }, 'run/c/n': newer, 'turn/c/n': newer });
	});

	it('that finds no room is stored after the oldest bytes were dropped, or else rejects', async () => {
		const memory = newMemoryStore();
		for (const run of ['old', 'new']) {
			await memory.setMany([[`exchange/${run}/0-${run === 'old' ? 1 : 2}-9`, { v: 2 }]]);
		}
		// Room for nothing beside what there was at first.
		const update: Store['update'] = async (keys, change) => {
			const isFull = (await memory.keys('exchange/')).length > 1;
			return memory.update(keys, (stored) => {
				const made = change(stored);
				if (isFull && made.put) throw new DOMException('full', 'QuotaExceededError');
				return made;
			});
		};
		const store = { ...memory, update };
		expect(await startRun({ ...started, sent }, store)).toBe('saved');
		expect(await memory.keys('exchange/')).toEqual(['exchange/new/0-2-9']);
		expect(await endRun(ended, store)).toBe('saved');
		const full: Store = {
			...memory,
			update: async () => {
				throw new DOMException('full', 'QuotaExceededError');
			}
		};
		await expect(endRun(ended, full)).rejects.toThrow('full');
		expect(await loadRun('c', 'r', memory)).toEqual(ended.run);
	});

	it('in a conversation of a newer version writes nothing', async () => {
		const store = newTestStore();
		await store.setMany([['conversation/c', { v: 3 }]]);
		expect(await startRun({ ...started, sent }, store)).toBe('newer');
		expect(await endRun(ended, store)).toBe('newer');
		expect(await saveConversation(newConversation('c'), store)).toBe('newer');
		expect(await readAll(store)).toEqual({ 'conversation/c': { v: 3 } });
	});
});

describe('a conversation deleted while its run is on', () => {
	it('does not come back by the end of it, and undoing brings back all', async () => {
		const store = newTestStore();
		await startRun({ ...started, sent }, store);
		await markDeleted('c', 10, store);
		expect(await endRun(ended, store)).toBe('gone');
		expect(await saveConversation(ended.conversation, store)).toBe('gone');
		expect((await listConversations(store)).conversations).toEqual([]);
		await markDeleted('c', undefined, store);
		const opened = await openConversation('c', store);
		expect(opened?.record).toStrictEqual(ended.conversation);
		expect(opened?.turns).toEqual([question, answer]);
		expect(opened?.runs).toEqual([ended.run]);
	});

	it('stays away for good once it is purged, whoever still has it open', async () => {
		const store = newTestStore();
		await startRun({ ...started, sent }, store);
		await markDeleted('c', 10, store);
		await purgeDeleted(11, store);
		expect(await endRun(ended, store)).toBe('gone');
		expect(await saveConversation(started.conversation, store)).toBe('gone');
		const next = { ...started, turns: [newTurn('t3', 'More', { parent: 't2' })], run: newRun('q') };
		expect(await startRun({ ...next, sent }, store)).toBe('gone');
		expect(await readAll(store)).toEqual({});
	});

	it('takes no new run', async () => {
		const store = newTestStore();
		await startRun(started, store);
		await markDeleted('c', 10, store);
		expect(await startRun({ ...started, run: newRun('q'), sent }, store)).toBe('gone');
		expect(await loadRun('c', 'q', store)).toBeUndefined();
	});
});

describe('conversations', () => {
	it('are listed the last changed first, from their own records alone', async () => {
		const memory = newMemoryStore();
		const ranges: string[] = [];
		const range: Store['range'] = (prefix, page) => (
			ranges.push(prefix),
			memory.range(prefix, page)
		);
		const store = { ...memory, range };
		const records = [3, 1, 2].map((changedAt) => newConversation(`c${changedAt}`, { changedAt }));
		for (const record of records) expect(await saveConversation(record, store)).toBe('saved');
		await startRun(started, store);
		await markDeleted('c', 1, store);
		const { conversations, ...counts } = await listConversations(store);
		expect(conversations.map(({ id }) => id)).toEqual(['c3', 'c2', 'c1']);
		expect(counts).toEqual({ newer: 0, unreadable: 0 });
		expect(ranges).toEqual(['conversation/']);
	});

	it('that cannot be read are set aside and counted, newer ones left and counted', async () => {
		const store = newTestStore();
		await store.setMany([
			...[['conversation/a', newConversation('a')] as const, ['conversation/b', { v: 1 }] as const],
			...[['conversation/x', newConversation('y')] as const, ['conversation/n', { v: 3 }] as const]
		]);
		for (let time = 0; time < 2; time++) {
			const { conversations, newer, unreadable } = await listConversations(store);
			expect(conversations.map(({ id }) => id)).toEqual(['a']);
			expect([newer, unreadable]).toEqual([1, 2]);
		}
		await markDeleted(['a', 'n', 'none'], 5, store);
		expect(await store.get('conversation/n')).toEqual({ v: 3 });
		expect(await openConversation('n', store)).toBeUndefined();
	});

	it('are purged with all that is in them, and the others stay', async () => {
		const store = newTestStore();
		for (const id of ['c', 'cc', 'd']) {
			const of = { conversation: id };
			await startRun(
				{
					...{ conversation: newConversation(id), sent: newSent('s', 'Be', id) },
					...{ turns: [newTurn('t1', 'Hi', of)], run: newRun(`run-${id}`, of) }
				},
				store
			);
			await appendChunks(
				`run-${id}`,
				{ first: 0, chunks: [{ t: 1, bytes: new Uint8Array(9) }] },
				store
			);
			await saveDraft({ ...newDraft('typed', 1, 'w'), conversation: id }, undefined, store);
			await store.setMany([[`bad:turn/${id}/x`, 'private']]);
		}
		const before = await readAll(store);
		await markDeleted(['c', 'd'], 10, store);
		await purgeDeleted(10, store);
		expect(Object.keys(await readAll(store))).toEqual(Object.keys(before));
		await markDeleted('d', undefined, store);
		await purgeDeleted(11, store);
		const left = Object.keys(before).filter((key) => !/\/(run-)?c(\/|$)/.test(key));
		expect(Object.keys(await readAll(store))).toEqual(left);
		expect(left.length).toBe((Object.keys(before).length * 2) / 3);
	});
});
