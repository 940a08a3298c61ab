import { IDBFactory } from 'fake-indexeddb';
import { expect, it, vi } from 'vitest';
import { textOf } from '../../model/draft.ts';
import type { ApiId } from '../../model/draft.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { openPage, patience, simulate } from '../../state/test-kit.ts';
import type { Page } from '../../state/test-kit.ts';
import { words } from '../workspace/test-render.ts';
import { drawPage, drawTurns } from './test-page.ts';

interface Row {
	prompt: string;
	api: ApiId;
	/** Another than the usual one. */
	model?: string;
	/** Of the words below, what the list says. */
	badge?: string;
	/** What its turns say of its end. */
	shown: string;
}

const rows: readonly Row[] = [
	{ prompt: 'A haiku about rain', api: 'converse', shown: 'end_turn' },
	{ prompt: 'A haiku about snow', api: 'chat-completions', shown: 'stop' },
	{ prompt: 'A haiku about hail', api: 'responses', shown: 'completed' },
	{
		prompt: 'Cut',
		api: 'converse',
		model: 'fault.truncated',
		badge: 'Cut short',
		shown: 'Cut short.'
	},
	{
		prompt: 'Frame',
		api: 'converse',
		model: 'fault.exception',
		badge: 'Exception',
		shown: 'Exception'
	},
	{
		prompt: 'Busy',
		api: 'converse',
		model: 'fault.throttled',
		badge: '429',
		shown: 'Too many requests'
	},
	{
		prompt: 'Stop',
		api: 'converse',
		model: 'fault.stall',
		badge: 'Stopped',
		shown: 'Stopped by you'
	}
];
const badges = ['Cut short', 'Exception', '429', 'Stopped', 'Page closed'];

/** The answer of a conversation and all that is said of its run, as the page shows them. */
async function seen(page: Page, conversation: Conversation) {
	const [, answer = ''] = (await drawTurns(page, conversation)).split('Assistant</h2>');
	return { said: textOf(conversation.tree.path[1]?.message.parts ?? []), shown: words(answer) };
}

async function run(page: Page, { api, prompt, model }: Row): Promise<Conversation> {
	const conversation = page.playground.tabs.startAt(api);
	if (model !== undefined) conversation.editor.change({ model });
	conversation.editor.composer = prompt;
	const running = conversation.send();
	if (model === 'fault.stall') {
		await vi.waitFor(() => expect(conversation.live?.text()).not.toBe(''), patience);
		conversation.stop();
	}
	await running;
	return conversation;
}

it('a run of each API and with each end says in the list how it ended, and opens again as it was', async () => {
	globalThis.indexedDB = new IDBFactory();
	const page = await openPage(simulate());
	const before = new Map<string, Awaited<ReturnType<typeof seen>>>();
	for (const row of rows) {
		const { settings } = page.playground.tabs.startAt(row.api).editor;
		const conversation = await run(page, row);
		before.set(row.prompt, await seen(page, conversation));
		page.playground.tabs.startAnew().editor.change({ model: settings.model });
	}
	page.playground.save();
	page.close();

	const again = await openPage(simulate());
	const { playground } = again;
	const { library } = playground;
	await vi.waitFor(() => expect(library.conversations).toHaveLength(rows.length), patience);
	const items = (await drawPage(again)).split(/<li/).map(words);
	for (const { prompt, api, badge, shown } of rows) {
		const item = items.find((one) => one.includes(prompt)) ?? '';
		expect(
			badges.filter((word) => item.includes(word)),
			prompt
		).toEqual(badge ? [badge] : []);
		const record = library.conversations.find(({ title }) => title === prompt);
		if (record === undefined) throw new Error(`${prompt} is not in the history`);
		await playground.tabs.openConversation(record);
		expect(playground.settings.api).toBe(api);
		const now = await seen(again, playground.tabs.current);
		expect(now.shown).toContain(shown);
		expect(now).toEqual(before.get(prompt));
	}
	expect(again.sent).toEqual([]);
	again.close();
});
