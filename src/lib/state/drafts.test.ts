import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiIds, textOf } from '../model/draft.ts';
import { newKey, openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** Closes a page as a reload does, and opens it again. */
async function reload(page: Page): Promise<Page> {
	page.playground.save();
	page.close();
	return openPage(simulate());
}

describe('a draft', () => {
	it('that was emptied stays empty', async () => {
		const page = await openPage();
		expect(tab(page).editor.composer).not.toBe('');
		tab(page).editor.composer = '';
		tab(page).editor.setSystem('');
		await page.playground.tabs.saveDraft(tab(page));
		const again = await reload(page);
		expect(tab(again).editor.composer).toBe('');
		expect(tab(again).editor.settings.system).toBeUndefined();
	});

	it('of each tab is there again as a whole', async () => {
		const page = await openPage();
		for (const api of apiIds) {
			page.playground.change({ api });
			await vi.waitFor(() => expect(page.playground.tabs.isLoaded(api)).toBe(true), patience);
			const { editor } = tab(page, api);
			editor.change({ model: `a.model-of-${api}`, stream: undefined });
			editor.setSystem(`A system for ${api}`);
			editor.setParam('maxTokens', 77);
			editor.composer = `A message of ${api}`;
			tab(page, api).add();
			editor.composer = `Half a thought for ${api}\nin two lines`;
			page.playground.tabs.remember(tab(page, api));
		}
		const again = await reload(page);
		expect(again.playground.settings.api).toBe('responses');
		for (const api of apiIds) {
			await vi.waitFor(() => expect(again.playground.tabs.isLoaded(api)).toBe(true), patience);
			const { settings, composer } = tab(again, api).editor;
			expect(settings).toMatchObject({ model: `a.model-of-${api}`, params: { maxTokens: 77 } });
			expect(settings.stream).toBeUndefined();
			expect(textOf(settings.system?.parts ?? [])).toBe(`A system for ${api}`);
			expect(spoken(tab(again, api))).toEqual([`> A message of ${api}`]);
			expect(composer).toBe(`Half a thought for ${api}\nin two lines`);
		}
	});

	it('is found by a page that is opened after one that was closed before it could store anything', async () => {
		const page = await openPage();
		await vi.waitFor(() => expect(page.playground.tabs.isLoaded('responses')).toBe(true), patience);
		tab(page).editor.composer = 'typed at the last moment';
		tab(page, 'responses').editor.composer = 'and there';
		// A page that is closed at once stores only what it leaves.
		vi.spyOn(page.playground.tabs, 'remember').mockReturnValue();
		const again = await reload(page);
		expect(tab(again).editor.composer).toBe('typed at the last moment');
		await vi.waitFor(
			() => expect(tab(again, 'responses').editor.composer).toBe('and there'),
			patience
		);
		// It is the draft of its conversation from then on.
		tab(again).editor.composer = '';
		const last = await reload(again);
		expect(tab(last).editor.composer).toBe('');
	});

	it('keeps the edits of its messages', async () => {
		const page = await openPage();
		const conversation = tab(page);
		for (const words of ['First', 'Second']) {
			conversation.editor.composer = words;
			conversation.add();
		}
		const [first, second] = conversation.tree.path;
		conversation.branch.edit(first?.id ?? '', 'First, edited');
		expect(spoken(conversation)).toEqual(['> First, edited', '> Second']);
		conversation.branch.remove(conversation.tree.leaf ?? '');
		await page.playground.tabs.saveDraft(conversation);
		const again = await reload(page);
		expect(spoken(tab(again))).toEqual(['> First, edited']);
		// What was edited and deleted is still to be had beside it.
		expect(tab(again).tree.turns.has(second?.id ?? '')).toBe(true);
		tab(again).show(second?.id ?? '');
		expect(spoken(tab(again))).toEqual(['> First', '> Second']);
	});
});

describe('a new conversation', () => {
	it('keeps the model, the system and the parameters, and is one more row only once it is used', async () => {
		const page = await openPage(simulate());
		const { playground } = page;
		const { editor } = tab(page);
		editor.setSystem('Stay.');
		editor.change({ model: 'eu.amazon.nova-2-lite-v1:0' });
		editor.setParam('temperature', 0.5);
		await say(tab(page), 'Write a haiku.');
		const anew = playground.tabs.startAnew();
		expect(spoken(anew)).toEqual([]);
		expect(textOf(anew.editor.settings.system?.parts ?? [])).toBe('Stay.');
		expect(anew.editor.settings.model).toBe('eu.amazon.nova-2-lite-v1:0');
		expect(anew.editor.settings.params).toEqual({ temperature: 0.5 });
		expect(playground.library.conversations).toHaveLength(1);
	});
});

describe('a run', () => {
	it('can be continued after it was opened again', async () => {
		const page = await openPage(simulate());
		await page.playground.useKey(newKey(), 'until-expiry');
		await say(tab(page), 'My name is Alice.');
		page.playground.tabs.startAnew();
		const again = await reload(page);
		const { library } = again.playground;
		await vi.waitFor(() => expect(library.conversations).toHaveLength(1), patience);
		const [row] = library.conversations;
		if (row === undefined) throw new Error('The history is empty');
		await again.playground.tabs.openConversation(row);
		await say(tab(again), 'What is my name?');
		expect(textOf(tab(again).tree.path.at(-1)?.message.parts ?? [])).toContain(
			'Your name is Alice.'
		);
		expect(again.sent).toHaveLength(1);
		expect(library.conversations).toHaveLength(1);
	});
});
