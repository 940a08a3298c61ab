import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conversation } from './conversation.svelte.ts';
import { newEcho, newKey, openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

/** The record of a conversation in the history, by its title. */
function rowOf({ playground }: Page, title: string) {
	const row = playground.library.conversations.find((one) => one.title === title);
	if (row === undefined) throw new Error(`No conversation “${title}”`);
	return row;
}

/** Sends a message and lets the time pass until the list shows a run that goes on; `atOnce` is called before that. */
function saidAMomentAgo(
	conversation: Conversation,
	words: string,
	atOnce: () => void = () => undefined
): Promise<void> {
	vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
	const run = say(conversation, words);
	atOnce();
	vi.advanceTimersByTime(1000);
	vi.useRealTimers();
	return run;
}

/** A page of an echo with two conversations, `one` and `two`; the second is shown. */
async function openTwo() {
	const echo = newEcho();
	const page = await openPage(echo.fetch);
	const { playground } = page;
	playground.tabs.current.editor.change({ stream: undefined, system: undefined });
	await say(playground.tabs.current, 'one');
	playground.tabs.startAnew();
	await say(playground.tabs.current, 'two');
	await vi.waitFor(() => expect(playground.library.conversations).toHaveLength(2), patience);
	return { ...page, echo };
}

describe('opening conversations', () => {
	it('shows the last of two rows that were clicked in one task, and mixes nothing', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.startAnew();
		const both = [rowOf(page, 'one'), rowOf(page, 'two')];
		await Promise.all(both.map((row) => playground.tabs.openConversation(row)));
		expect(spoken(playground.tabs.current)).toEqual(['> two', '< Echo: two']);
		await say(playground.tabs.current, 'more');
		expect(page.sent.at(-1)?.body).not.toContain('one');
	});

	it('sends what was shown when Send and a row are pressed in one task, and loses no text', async () => {
		const page = await openTwo();
		const { playground } = page;
		const shown = playground.tabs.current;
		shown.editor.composer = 'three';
		await Promise.all([shown.send(), playground.tabs.openConversation(rowOf(page, 'one'))]);
		await shown.ended;
		expect(page.sent.at(-1)?.body).toContain('three');
		expect(page.sent.at(-1)?.body).toContain('two');
		expect(spoken(playground.tabs.current)).toEqual(['> one', '< Echo: one']);
		await playground.tabs.openConversation(rowOf(page, 'two'));
		expect(spoken(playground.tabs.current)).toHaveLength(4);
	});

	it('keeps unsent text as the draft of its conversation', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.current.editor.composer = 'not sent';
		await playground.tabs.openConversation(rowOf(page, 'one'));
		expect(playground.tabs.current.editor.composer).toBe('');
		await playground.tabs.openConversation(rowOf(page, 'two'));
		expect(playground.tabs.current.editor.composer).toBe('not sent');
	});

	it('makes one conversation of one that is asked for twice while it is loading', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.startAnew();
		const row = rowOf(page, 'one');
		const both = ['first', 'second'].map(async () => {
			await playground.tabs.openConversation(row);
			return playground.tabs.current;
		});
		const [first, second] = await Promise.all(both);
		expect(spoken(playground.tabs.current)).toEqual(['> one', '< Echo: one']);
		expect(first === second).toBe(true);
	});

	it('lists a text that was written in a new conversation and left', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.startAnew().editor.composer = 'only written';
		await playground.tabs.openConversation(rowOf(page, 'one'));
		expect(rowOf(page, 'only written').end).toBe('draft');
		await playground.tabs.openConversation(rowOf(page, 'only written'));
		expect(playground.tabs.current.editor.composer).toBe('only written');
	});

	it('lists a message a moment after it is sent, and how it ended as soon as that is shown', async () => {
		const { playground, echo } = await openTwo();
		const { library } = playground;
		const conversation = playground.tabs.startAnew();
		echo.hold();
		const before = library.conversations;
		const run = saidAMomentAgo(conversation, 'three', () =>
			expect(library.conversations).toBe(before)
		);
		const record = { id: conversation.id, title: 'three' };
		expect(library.conversations[0]).toEqual(expect.objectContaining(record));
		expect(library.conversations[0]).not.toHaveProperty('end');
		const ends: unknown[] = [];
		const add = conversation.tree.add.bind(conversation.tree);
		conversation.tree.add = (added, leaf) => {
			add(added, leaf);
			// In the task of the answer itself, so that the page is drawn once with both.
			queueMicrotask(() => ends.push(library.conversations[0]?.end));
		};
		echo.release();
		await run;
		expect(ends).toEqual(['finished']);
	});

	it('changes the list once for a short answer, at its end', async () => {
		const { playground } = await openTwo();
		const noted = vi.spyOn(playground.library, 'note');
		await say(playground.tabs.startAnew(), 'three');
		expect(noted.mock.calls.map(([{ title, end }]) => [title, end])).toEqual([
			['three', 'finished']
		]);
	});

	it('opens a run at its own branch', async () => {
		const page = await openTwo();
		const { playground } = page;
		const [asked, first] = playground.tabs.current.tree.path;
		await playground.tabs.current.ask(asked?.id);
		playground.tabs.startAnew();
		await playground.tabs.openConversation(rowOf(page, 'two'), first?.id);
		expect(playground.tabs.current.tree.leaf).toBe(first?.id);
	});

	it('goes on with a run while another conversation is shown', async () => {
		const page = await openTwo();
		const { playground, echo } = page;
		const shown = playground.tabs.current;
		echo.hold();
		const run = say(shown, 'slow');
		await playground.tabs.openConversation(rowOf(page, 'one'));
		echo.release();
		await run;
		await playground.tabs.openConversation(rowOf(page, 'two'));
		expect(spoken(playground.tabs.current).at(-1)).toBe('< Echo: slow');
	});
});

describe('deleting', () => {
	it('takes a conversation out of the list at once, and brings it back', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.deleteConversation(rowOf(page, 'one'));
		expect(playground.library.conversations.map(({ title }) => title)).toEqual(['two']);
		playground.undo.take();
		expect(playground.library.conversations).toHaveLength(2);
		await playground.tabs.openConversation(rowOf(page, 'one'));
		expect(spoken(playground.tabs.current)).toEqual(['> one', '< Echo: one']);
	});

	it('can be undone although another page was opened meanwhile', async () => {
		const page = await openTwo();
		page.playground.tabs.deleteConversation(rowOf(page, 'one'));
		const other = await openPage();
		await vi.waitFor(
			() => expect(other.playground.library.conversations).toHaveLength(1),
			patience
		);
		page.playground.undo.take();
		await vi.waitFor(async () => {
			const again = await openPage();
			await vi.waitFor(
				() => expect(again.playground.library.conversations).toHaveLength(2),
				patience
			);
			await again.playground.tabs.openConversation(rowOf(again, 'one'));
			expect(spoken(again.playground.tabs.current)).toEqual(['> one', '< Echo: one']);
		}, patience);
	});

	it('is not undone by the end of a run that goes on in it', async () => {
		const page = await openTwo();
		const { playground, echo } = page;
		const shown = playground.tabs.current;
		echo.hold();
		const run = say(shown, 'slow');
		playground.tabs.deleteConversation(rowOf(page, 'two'));
		await run;
		expect(playground.library.conversations.map(({ title }) => title)).toEqual(['one']);
		playground.undo.lapse();
		await vi.waitFor(async () => {
			const again = await openPage();
			await vi.waitFor(
				() => expect(again.playground.library.conversations).toHaveLength(1),
				patience
			);
			expect(again.playground.library.conversations[0]?.title).toBe('one');
		}, patience);
	});

	it('for good leaves what another page deleted, which can still be undone there', async () => {
		const page = await openTwo();
		const other = await openPage();
		const { library } = other.playground;
		await vi.waitFor(() => expect(library.conversations).toHaveLength(2), patience);
		const { markDeleted } = await import('../storage/conversations.ts');
		await markDeleted(rowOf(page, 'two').id, Date.now() - 1);
		other.playground.tabs.deleteConversation(rowOf(other, 'one'));
		other.playground.undo.lapse();
		const storage = await import('../storage/conversations.ts');
		await vi.waitFor(async () => {
			expect(await storage.openConversation(rowOf(page, 'one').id)).toBeUndefined();
		}, patience);
		expect((await storage.openConversation(rowOf(page, 'two').id))?.turns).toHaveLength(2);
	});

	it('brings a cleared conversation back with the text that was being written', async () => {
		const { playground } = await openTwo();
		const before = playground.tabs.current;
		before.editor.composer = 'being written';
		playground.tabs.clear();
		expect(spoken(playground.tabs.current)).toEqual([]);
		expect(playground.tabs.current.editor.composer).toBe('');
		playground.undo.take();
		expect(playground.tabs.current).toBe(before);
		expect(before.editor.composer).toBe('being written');
	});
});

describe('forgetting everything', () => {
	it('leaves no key, conversation, draft or setting, also while a run goes on', async () => {
		const { playground, echo } = await openTwo();
		await playground.useKey(newKey(), 'until-expiry');
		playground.change({ theme: 'dark' });
		playground.tabs.shown.responses.editor.composer = 'not sent';
		echo.hold();
		const run = say(playground.tabs.current, 'slow');
		await playground.forgetEverything();
		await run;
		playground.save();
		const again = await openPage();
		await vi.waitFor(() => expect(again.playground.connections).toBeDefined(), patience);
		expect(again.playground.library.conversations).toEqual([]);
		expect(again.playground.keyRing.record).toBeUndefined();
		expect(again.playground.settings.theme).toBe('system');
		expect(tab(again, 'responses').editor.composer).not.toBe('not sent');
	});
});

describe('the search', () => {
	it('says so where the texts cannot be read', async () => {
		const { playground } = await openTwo();
		const search = await import('../storage/search.ts');
		vi.spyOn(search, 'searchTexts').mockRejectedValue(new Error('no'));
		playground.library.search('echo');
		await vi.waitFor(() => expect(playground.library.found).toBeDefined(), patience);
		expect(playground.library.found?.searched).toBeUndefined();
		vi.restoreAllMocks();
	});

	it('finds what was sent and what was received in any turn, and says how many it searched', async () => {
		const page = await openTwo();
		const { library } = page.playground;
		library.search('echo: tw');
		await vi.waitFor(() => expect(library.found).toBeDefined(), patience);
		expect(library.found?.searched).toBe(4);
		expect([...(library.found?.hits.keys() ?? [])]).toEqual([rowOf(page, 'two').id]);
		library.search('');
		expect(library.found).toBeUndefined();
	});
});

describe('a page that is opened again', () => {
	it('shows the conversation, its branch and the draft that it was left with', async () => {
		const page = await openTwo();
		const { playground } = page;
		playground.tabs.current.editor.setParam('temperature', 0.3);
		playground.tabs.current.editor.composer = 'half a sent';
		playground.save();
		page.close();
		const again = await openPage();
		expect(spoken(tab(again))).toEqual(['> two', '< Echo: two']);
		expect(tab(again).editor.composer).toBe('half a sent');
		expect(tab(again).editor.settings.params).toEqual({ temperature: 0.3 });
	});

	it('shows what had come of a run that the page’s closing cut off', async () => {
		const page = await openPage(simulate());
		const conversation = tab(page);
		conversation.editor.change({ model: 'fault.stall' });
		conversation.editor.composer = 'go';
		void conversation.send();
		await vi.waitFor(() => expect(conversation.live?.text()).not.toBe(''), patience);
		page.playground.save();
		const [came] = [conversation.live?.text()];
		// A closed page lets go of what it held.
		vi.stubGlobal('BroadcastChannel', undefined);
		const again = await openPage();
		await vi.waitFor(
			() => expect(tab(again).lastRun?.outcome).toEqual({ end: 'page-closed' }),
			patience
		);
		expect(spoken(tab(again)).at(-1)).toBe(`< ${came}`);
		const { status, headers, times } = conversation.live?.run ?? {};
		expect([status, headers, times]).toEqual([undefined, undefined, {}]);
		expect(tab(again).lastRun).toMatchObject({
			status: 200,
			headers: { 'content-type': 'application/vnd.amazon.eventstream' },
			times: { headers: expect.any(Number) as number }
		});
		conversation.stop();
	});

	it('asks which draft to keep when another page has written in it too', async () => {
		const first = await openTwo();
		const { playground } = first;
		playground.tabs.current.editor.composer = 'mine';
		await playground.tabs.saveDraft(playground.tabs.current);
		const second = await openPage();
		tab(second).editor.composer = 'theirs';
		await second.playground.tabs.saveDraft(tab(second));
		playground.tabs.current.editor.composer = 'mine, later';
		await playground.tabs.saveDraft(playground.tabs.current);
		expect(playground.drafts.conflict?.composer).toBe('theirs');
		expect(playground.tabs.current.editor.composer).toBe('mine, later');
		await playground.drafts.resolve(playground.tabs.current, 'mine');
		const third = await openPage();
		expect(tab(third).editor.composer).toBe('mine, later');
	});

	it.each<[theirs: string, model: string | undefined, asks: boolean]>([
		['', undefined, false],
		['mine, later', undefined, false],
		['', 'another.model', true],
		['mine, later', 'another.model', true]
	])(
		'asks only where something of the other page would be lost: %j, model %s',
		async (theirs, model, asks) => {
			const first = await openTwo();
			const { playground } = first;
			playground.tabs.current.editor.composer = 'mine';
			await playground.tabs.saveDraft(playground.tabs.current);
			const second = await openPage();
			tab(second).editor.composer = theirs;
			if (model !== undefined) tab(second).editor.change({ model });
			await second.playground.tabs.saveDraft(tab(second));
			playground.tabs.current.editor.composer = 'mine, later';
			await playground.tabs.saveDraft(playground.tabs.current);
			expect(playground.drafts.conflict?.composer).toBe(asks ? theirs : undefined);
			const third = await openPage();
			expect(tab(third).editor.composer).toBe(asks ? theirs : 'mine, later');
		}
	);
});

describe('a shared link', () => {
	it('is not shown any more when another one was opened while it was read', async () => {
		const { playground } = await openPage();
		const { encodeLink } = await import('../share/link.ts');
		const linkTo = (model: string, count: number) => {
			const parts = [{ type: 'text' as const, text: 'Hi' }];
			const message = { id: '', role: 'user' as const, parts };
			const messages = Array.from({ length: count }, () => message);
			return encodeLink('converse', { model, params: {}, messages });
		};
		// The first takes longer to read.
		const [first, second] = [await linkTo('a.first', 4000), await linkTo('a.second', 0)];
		await Promise.all([playground.openHash(first), playground.openHash(second)]);
		expect(playground.link).toMatchObject({ ok: true, draft: { model: 'a.second' } });
	});

	it('becomes a conversation of its own, sends nothing, and leaves the text that was being written', async () => {
		const page = await openTwo();
		const { playground } = page;
		const before = page.sent.length;
		const former = playground.tabs.current;
		former.editor.composer = 'being written';
		const { encodeLink } = await import('../share/link.ts');
		const messages = ['Hi', 'Hello', 'And?'].map((words, i) => ({
			...{ id: '', role: i === 1 ? ('assistant' as const) : ('user' as const) },
			parts: [{ type: 'text' as const, text: words }]
		}));
		await playground.openHash(await encodeLink('converse', { model: 'a.b', params: {}, messages }));
		playground.openShared();
		expect(spoken(playground.tabs.current)).toEqual(['> Hi', '< Hello', '> And?']);
		expect(playground.tabs.current.editor.composer).toBe('');
		expect(page.sent).toHaveLength(before);
		await playground.tabs.openConversation(rowOf(page, 'two'));
		expect(playground.tabs.current.editor.composer).toBe('being written');
	});
});

describe('a page that was left open', () => {
	it('does not overwrite on closing what another page has written since', async () => {
		const stale = await openTwo();
		stale.playground.tabs.current.editor.composer = 'old';
		await stale.playground.tabs.saveDraft(stale.playground.tabs.current);
		const newer = await openPage();
		tab(newer).editor.composer = 'new';
		await newer.playground.tabs.saveDraft(tab(newer));
		stale.playground.save();
		const third = await openPage();
		expect(tab(third).editor.composer).toBe('new');
		await vi.waitFor(
			() => expect(third.playground.drafts.conflict?.composer).toBe('old'),
			patience
		);
	});
});

describe('the key', () => {
	it('ends a run when it is forgotten', async () => {
		const { playground, echo, sent } = await openTwo();
		const before = sent.length;
		await playground.useKey(newKey(), 'until-expiry');
		echo.hold();
		const run = say(playground.tabs.current, 'secret');
		await vi.waitFor(() => expect(sent).toHaveLength(before + 1), patience);
		await playground.keyRing.forget();
		await run;
		expect(playground.tabs.current.lastRun?.outcome).toEqual({ end: 'stopped' });
	});

	it('sends nothing when it is forgotten right after Send, and gives the words back', async () => {
		const { playground, sent } = await openTwo();
		const before = sent.length;
		await playground.useKey(newKey(), 'until-expiry');
		const run = say(playground.tabs.current, 'secret');
		await Promise.all([run, playground.keyRing.forget()]);
		expect(sent).toHaveLength(before);
		expect(playground.tabs.current.editor.composer).toBe('secret');
	});

	it('leaves the list as it was when it is forgotten right after Send', async () => {
		const { playground } = await openTwo();
		const { library } = playground;
		const before = library.conversations;
		await playground.useKey(newKey(), 'until-expiry');
		for (const conversation of [playground.tabs.current, playground.tabs.startAnew()]) {
			for (const isListed of [false, true]) {
				const shown = library.conversations;
				const run = (isListed ? saidAMomentAgo : say)(conversation, 'secret');
				expect(library.conversations !== shown).toBe(isListed);
				await Promise.all([run, playground.keyRing.forget()]);
				expect(library.conversations).toEqual(before);
				await playground.useKey(newKey(), 'until-expiry');
			}
		}
	});

	it('is read once a Send and stands in one header', async () => {
		const page = await openTwo();
		const key = newKey();
		await page.playground.useKey(key, 'until-expiry');
		await say(page.playground.tabs.current, 'paid');
		expect(page.sent.at(-1)?.authorization).toBe(`Bearer ${key.secret}`);
		expect(page.sent.at(-1)?.body).not.toContain(key.secret);
	});

	it('that has expired sends nothing, and the simulator does not take its place', async () => {
		const page = await openTwo();
		const { playground } = page;
		await playground.useKey(newKey(-1), 'until-expiry');
		const before = page.sent.length;
		await say(playground.tabs.current, 'too late');
		expect(page.sent).toHaveLength(before);
		expect(playground.tabs.current.editor.composer).toBe('too late');
		expect(playground.keyRing.record).toBeUndefined();
		await say(playground.tabs.current, 'still too late');
		expect(page.sent).toHaveLength(before);
	});

	it('that was refused is marked until it is taken again', async () => {
		let status = 403;
		const page = await openPage(async () => Response.json({ Message: 'no' }, { status }));
		const { playground } = page;
		await playground.useKey(newKey(), 'until-expiry');
		await say(playground.tabs.current, 'one');
		expect(playground.keyRing.record?.rejectedAt).toBeTypeOf('number');
		status = 200;
		await playground.tabs.current.retry();
		expect(playground.keyRing.record?.rejectedAt).toBeUndefined();
	});
});
