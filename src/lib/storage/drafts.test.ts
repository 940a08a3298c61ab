import { describe, expect, it } from 'vitest';
import {
	deleteDraft,
	deleteLeftDraft,
	leaveDraft,
	listLeftDrafts,
	loadDraft,
	saveDraft
} from './drafts.ts';
import { newDraft, newTestStore, readAll } from './test-kit.ts';

const mine = newDraft('mine', 1, 'a');
const theirs = newDraft('theirs', 2, 'b');

describe('a draft', () => {
	it('comes back to its own conversation', async () => {
		const store = newTestStore();
		expect(await saveDraft(mine, undefined, store)).toBe('saved');
		expect(await loadDraft('c', store)).toEqual(mine);
		expect(await loadDraft('d', store)).toBeUndefined();
		await deleteDraft('c', store);
		expect(await readAll(store)).toEqual({});
	});

	it.each([
		['of the first version', { ...mine, v: 1 }],
		['of another conversation', { ...mine, conversation: 'd' }],
		['that is broken', { ...mine, settings: { params: 'none' } }],
		['that is none', 'text']
	])('%s is set aside, once', async (_, bad) => {
		const store = newTestStore();
		await store.setMany([['draft/c', bad]]);
		expect(await loadDraft('c', store)).toBeUndefined();
		expect(await loadDraft('c', store)).toBeUndefined();
		expect(await readAll(store)).toEqual({ 'bad:draft/c': bad });
	});

	it('that is broken is set aside when another is saved in its place', async () => {
		const store = newTestStore();
		await store.setMany([['draft/c', 'text']]);
		expect(await saveDraft(mine, undefined, store)).toBe('saved');
		expect(await readAll(store)).toEqual({ 'bad:draft/c': 'text', 'draft/c': mine });
	});

	it('of a newer version is left alone by everything', async () => {
		const store = newTestStore();
		const newer = { v: 3, composer: ['?'] };
		await store.setMany([['draft/c', newer]]);
		expect(await loadDraft('c', store)).toBeUndefined();
		expect(await saveDraft(mine, undefined, store)).toBe('newer');
		await deleteDraft('c', store);
		expect((await readAll(store))['draft/c']).toEqual(newer);
		await leaveDraft(mine, undefined, store);
		expect(await loadDraft('c', store)).toBeUndefined();
		expect((await readAll(store))['draft/c']).toEqual(newer);
	});
});

describe('two pages on one draft', () => {
	it('are told of each other, and neither text is lost', async () => {
		const store = newTestStore();
		await saveDraft(mine, undefined, store);
		expect(await saveDraft(theirs, undefined, store)).toEqual({ other: mine });
		expect(await loadDraft('c', store)).toEqual(mine);
		// After it was seen, it may be written over.
		expect(await saveDraft(theirs, mine, store)).toBe('saved');
		const later = { ...mine, composer: 'more', savedAt: 3 };
		expect(await saveDraft(later, mine, store)).toEqual({ other: theirs });
		expect(await loadDraft('c', store)).toEqual(theirs);
	});

	it('that save at once are not both told that they have', async () => {
		const store = newTestStore();
		const results = await Promise.all([
			saveDraft(mine, undefined, store),
			saveDraft(theirs, undefined, store)
		]);
		expect(results).toEqual(['saved', { other: mine }]);
	});

	it('do not hinder one page that saves again and again', async () => {
		const store = newTestStore();
		for (const savedAt of [1, 2, 3]) {
			expect(await saveDraft({ ...mine, savedAt }, undefined, store)).toBe('saved');
		}
	});
});

describe('a draft left by a page that went away', () => {
	it('is the draft when the page comes back', async () => {
		const store = newTestStore();
		await saveDraft(mine, undefined, store);
		const last = { ...mine, composer: 'the last words', savedAt: 2 };
		await leaveDraft(last, mine, store);
		expect(await loadDraft('c', store)).toEqual(last);
		expect(await readAll(store)).toEqual({ 'draft/c': last });
	});

	it('is the draft too where none was stored before', async () => {
		const store = newTestStore();
		await leaveDraft(mine, undefined, store);
		expect(await loadDraft('c', store)).toEqual(mine);
	});

	it('by a stale tab does not overwrite a newer one, and can still be had', async () => {
		const store = newTestStore();
		await saveDraft(mine, undefined, store);
		await saveDraft(theirs, mine, store);
		const stale = { ...mine, composer: 'stale', savedAt: 9 };
		await leaveDraft(stale, mine, store);
		expect(await loadDraft('c', store)).toEqual(theirs);
		expect(await listLeftDrafts('c', store)).toEqual([stale]);
		await deleteLeftDraft(stale, store);
		expect(await readAll(store)).toEqual({ 'draft/c': theirs });
	});

	it('is dropped when its page comes back from the cache and saves', async () => {
		const store = newTestStore();
		await leaveDraft(mine, undefined, store);
		await saveDraft({ ...mine, savedAt: 2 }, undefined, store);
		expect(Object.keys(await readAll(store))).toEqual(['draft/c']);
	});

	it('that is broken is set aside', async () => {
		const store = newTestStore();
		await store.setMany([['left/c/a', { v: 2, draft: 1 }]]);
		expect(await loadDraft('c', store)).toBeUndefined();
		expect(Object.keys(await readAll(store))).toEqual(['bad:left/c/a']);
	});
});
