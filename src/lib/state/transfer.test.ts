import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fact, openResponses, question } from './test-chain.ts';
import { newKey, say, spoken } from './test-kit.ts';
import type { Page } from './test-kit.ts';

const pages: Page[] = [];
const secret = 'ABSKQmVkcm9ja0FQSUtleS1hYmNkZWZnaGlqa2xtbm9wcXJzdA';

beforeEach(async () => {
	const { eraseEverything } = await import('../storage/erase.ts');
	await eraseEverything();
});

afterEach(async () => {
	for (const { playground, close } of pages.splice(0)) {
		await playground.keyRing.forget();
		close();
	}
	vi.unstubAllGlobals();
});

/** A conversation of two branches, and its file. */
async function exported(words = question) {
	const { page } = await openResponses('with-key');
	pages.push(page);
	await page.playground.useKey({ ...newKey(), account: '123456789012' } as never, 'until-expiry');
	const conversation = page.playground.tabs.startAnew();
	await say(conversation, fact);
	await say(conversation, words);
	const asked = conversation.tree.path.at(-2)?.id ?? '';
	await conversation.editAndSend(asked, 'I also like tea.');
	const transfer = await import('./transfer.ts');
	const file = await transfer.exportConversation(conversation.id);
	if (file === undefined) throw new Error('Nothing is stored');
	return { page, conversation, file, ...transfer };
}

async function forgetAll() {
	const { eraseEverything } = await import('../storage/erase.ts');
	await eraseEverything();
}

describe('a conversation as a file', () => {
	it('holds every branch, and never a key or anything of one', async () => {
		const { page, file } = await exported();
		expect(file).toMatchObject({ messages: 6, branches: 2, holdsSecret: false });
		const { record } = page.playground.keyRing;
		const told = [record?.id, page.sent[0]?.authorization?.slice(7), '123456789012', 'MPLE'];
		for (const one of told) expect(file.text).not.toContain(one);
	});

	it('becomes the same conversation elsewhere, and sends nothing', async () => {
		const { page, conversation, file, importConversations } = await exported();
		await forgetAll();
		const { library } = page.playground;
		const requests = page.sent.length;
		const done = await importConversations(file.text, library);
		expect(done).toMatchObject({ skipped: 0, unreadable: 0, opens: conversation.id });
		const { openConversation } = await import('../storage/conversations.ts');
		const stored = await openConversation(conversation.id);
		expect(stored?.turns.map(({ message }) => message)).toEqual(
			[...conversation.tree.turns.values()].sort((a, b) => a.at - b.at).map((one) => one.message)
		);
		expect(stored?.runs).toHaveLength(3);
		expect(page.sent).toHaveLength(requests);
		expect(library.conversations.map(({ id }) => id)).toContain(conversation.id);
	});

	it('adds what is not here, and nothing twice', async () => {
		const { page, conversation, file, importConversations } = await exported();
		const before = spoken(conversation);
		const { library } = page.playground;
		const again = await importConversations(file.text, library);
		expect(again).toMatchObject({ added: 0 });
		await say(conversation, 'Thanks.');
		expect(await importConversations(file.text, library)).toMatchObject({ added: 0 });
		expect(spoken(conversation).slice(0, 4)).toEqual(before);
	});

	it('is not imported where it seems to hold a key, which an export says too', async () => {
		const { page, file, importConversations } = await exported(`My key is ${secret}.`);
		expect(file.holdsSecret).toBe(true);
		const done = await importConversations(file.text, page.playground.library);
		expect(done).toEqual({ problem: 'secret' });
	});

	it.each([
		['not-json', 'My name is Alice.'],
		['not-ours', '{"messages": []}'],
		['not-ours', '[]'],
		['not-ours', '{"format": "bedrock-playground-conversations", "v": 1, "conversations": [1]}'],
		['newer', '{"format": "bedrock-playground-conversations", "v": 2}']
	])('%s: %s', async (problem, text) => {
		const { page } = await openResponses('demo');
		pages.push(page);
		const { importConversations } = await import('./transfer.ts');
		expect(await importConversations(text, page.playground.library)).toEqual({ problem });
	});

	it('leaves out what is broken, of another conversation, or would reach beyond its own', async () => {
		const { page, conversation, file, importConversations } = await exported();
		await forgetAll();
		const value = JSON.parse(file.text) as {
			conversations: { record: { id: string }; turns: object[]; runs: object[] }[];
		};
		const [one] = value.conversations;
		const [turn] = one?.turns ?? [];
		one?.turns.push({ ...turn, id: '../x' }, { ...turn, conversation: 'other' }, { v: 2 });
		value.conversations.push({ ...one, record: { ...one?.record, id: 'a/b' } } as never);
		const done = await importConversations(JSON.stringify(value), page.playground.library);
		expect(done).toMatchObject({ unreadable: 4 });
		const { openConversation } = await import('../storage/conversations.ts');
		expect((await openConversation(conversation.id))?.turns).toHaveLength(6);
	});

	it('follows nothing that was still at work where it was written', async () => {
		const { page, conversation, file, importConversations } = await exported();
		await forgetAll();
		const value = JSON.parse(file.text) as { conversations: { runs: object[] }[] };
		const runs = value.conversations[0]?.runs ?? [];
		const [{ outcome: _, ...run } = {} as never] = runs as { outcome?: unknown }[];
		runs[0] = { ...run, service: { state: 'queued', at: 1 } };
		await importConversations(JSON.stringify(value), page.playground.library);
		const { openConversation } = await import('../storage/conversations.ts');
		const stored = await openConversation(conversation.id);
		expect(stored?.runs[0]).toMatchObject({ outcome: { end: 'page-closed' } });
		expect(stored?.runs[0]?.service).toBeUndefined();
	});
});
