import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonNotToSend } from '../components/workspace/reason.ts';
import { readAll, storeOf } from '../storage/test-kit.ts';
import {
	eventually,
	newEcho,
	newKey,
	openAtOnce,
	openPage,
	patience,
	say,
	simulate,
	spoken,
	tab
} from './test-kit.ts';
import type { Page } from './test-kit.ts';

const records = storeOf('bedrock-playground');
const pages: Page[] = [];

beforeEach(() => {
	vi.unstubAllGlobals();
	globalThis.indexedDB = new IDBFactory();
});

afterEach(() => {
	for (const page of pages.splice(0)) page.close();
	vi.doUnmock('./sending.ts');
	vi.doUnmock('../storage/storage.ts');
});

/** Holds a file of the page back, as a slow network does. Gives what lets it come. */
function holdBack(file: string): () => void {
	let arrive: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	vi.doMock(file, async (load) => {
		await arrived;
		return load<object>();
	});
	return arrive;
}

/** Makes a file of the page one that is gone, as after a later release. */
function takeAway(file: string): void {
	vi.doMock(file, () => Promise.reject(new Error('Gone')));
}

async function open(...given: Parameters<typeof openAtOnce>): Promise<Page> {
	const page = await openAtOnce(...given);
	pages.push(page);
	return page;
}

async function storeKeyInAnotherTab({ playground }: Page): Promise<void> {
	const other = await open();
	await other.playground.useKey(newKey(3_600_000, playground.keyRing.region), 'until-expiry');
	await vi.waitFor(() => expect(playground.keyRing.record).toBeDefined(), patience);
}

function deleteShown({ playground }: Page): void {
	const { record } = playground.tabs.current;
	if (record === undefined) throw new Error('There is nothing to delete');
	playground.tabs.deleteConversation(record);
}

const reason = ({ playground }: Page) => reasonNotToSend(playground, playground.tabs.current);

describe('a first visit', () => {
	it('is ready before what sends requests and what reads storage are loaded', async () => {
		const arrivals = [holdBack('./sending.ts'), holdBack('../storage/storage.ts')];
		const page = await open();
		expect(page.playground.ready).toBe(true);
		expect(page.playground.tabs.isLoaded('converse')).toBe(true);
		expect(tab(page).canBuild).toBe(false);
		expect(reason(page)).toBeUndefined();
		for (const arrive of arrivals) arrive();
		await vi.waitFor(() => expect(tab(page).canBuild).toBe(true), patience);
	});

	it('sends what was sent before that once it can, and only once', async () => {
		const arrive = holdBack('./sending.ts');
		const page = await open();
		const conversation = tab(page);
		conversation.editor.composer = 'Early';
		const first = conversation.send();
		expect(conversation.isBusy).toBe(true);
		expect(conversation.editor.composer).toBe('Early');
		const second = conversation.send();
		arrive();
		await Promise.all([first, second]);
		expect(spoken(conversation)).toEqual(['> Early', expect.stringMatching(/^< ./)]);
		expect(page.sent).toHaveLength(1);
		expect(conversation.editor.composer).toBe('');
		expect(conversation.isBusy).toBe(false);
	});

	it('says how long such a request is while it goes on', async () => {
		const arrive = holdBack('./sending.ts');
		const echo = newEcho();
		echo.hold();
		const page = await open(echo.fetch);
		const conversation = tab(page);
		conversation.editor.composer = 'Early';
		const before = conversation.next.size;
		const sent = conversation.send();
		arrive();
		await eventually(() => expect(page.sent).toHaveLength(1));
		const { length } = new TextEncoder().encode(page.sent[0]?.body);
		expect(length).toBeGreaterThan(before);
		expect(conversation.next.size).toBe(length);
		echo.release();
		await sent;
	});

	it.each<[string, (page: Page) => unknown]>([
		['stopped', (page) => tab(page).stop()],
		['written on', (page) => (tab(page).editor.composer = 'Early, and more')],
		['given another model', (page) => tab(page).editor.change({ model: 'another.model' })],
		['given a key that would pay, by another tab', storeKeyInAnotherTab],
		['cleared', (page) => page.playground.tabs.clear()],
		['deleted', deleteShown],
		['forgotten', (page) => page.playground.forgetEverything()]
	])('sends nothing that was %s meanwhile', async (_, change) => {
		const arrive = holdBack('./sending.ts');
		const page = await open();
		const conversation = tab(page);
		conversation.editor.composer = 'Early';
		const sent = conversation.send();
		await change(page);
		arrive();
		await sent;
		expect(tab(page).canBuild).toBe(true);
		expect(page.sent).toEqual([]);
		expect(conversation.isBusy).toBe(false);
		expect(spoken(conversation)).toEqual([]);
	});

	it('sends nothing of a body that was typed on meanwhile', async () => {
		const arrive = holdBack('./sending.ts');
		const page = await open();
		const conversation = tab(page);
		const { typeBody } = await import('./typed-body.svelte.ts');
		const body = { messages: [{ role: 'user', content: [{ text: 'Early' }] }] };
		typeBody(conversation, JSON.stringify(body));
		const sent = conversation.send();
		expect(conversation.isBusy).toBe(true);
		conversation.editor.typed?.type(JSON.stringify(body, null, 1));
		arrive();
		await sent;
		expect(tab(page).canBuild).toBe(true);
		expect(page.sent).toEqual([]);
	});

	it('says what is out of reach, and sends nothing', async () => {
		takeAway('./sending.ts');
		const page = await open();
		await vi.waitFor(() => expect(page.playground.parts.isOutOfReach).toBe(true), patience);
		expect(reason(page)).toContain('could not be loaded');
		await say(tab(page), 'Hello');
		expect(tab(page).isBusy).toBe(false);
		expect(tab(page).editor.composer).toBe('Hello');
		expect(page.sent).toEqual([]);
	});

	it('stores what is written while what stores it is on its way', async () => {
		const arrive = holdBack('../storage/storage.ts');
		const page = await open();
		tab(page).editor.composer = 'Half a thought';
		const saved = page.playground.tabs.saveDraft(tab(page));
		page.playground.change({ theme: 'dark' });
		arrive();
		await saved;
		const again = await open();
		expect(tab(again).editor.composer).toBe('Half a thought');
		expect(again.playground.settings.theme).toBe('dark');
	});
});

describe('a page on which something is stored', () => {
	beforeEach(async () => {
		const page = await openPage(simulate());
		page.playground.change({ theme: 'dark' });
		await page.playground.useKey(newKey(), 'until-expiry');
		await say(tab(page), 'Hello');
		page.close();
	});

	it('is not ready before it is read', async () => {
		const arrive = holdBack('../storage/storage.ts');
		// Long after a page on which nothing is stored would be ready.
		setTimeout(arrive, 50);
		const page = await open();
		expect(page.playground.keyRing.record?.kind).toBe('short-term');
		expect(page.playground.settings.theme).toBe('dark');
		expect(spoken(tab(page))).toHaveLength(2);
	});

	it('loses the bytes of its oldest answers where there are more than 200 MB', async () => {
		const keys = [1, 2].map((at) => `exchange/r${at}/000000000-${at}-150000000`);
		await records.setMany(keys.map((key) => [key, { v: 2 }] as const));
		await open();
		await vi.waitFor(
			async () => expect((await records.keys('exchange/r')).length).toBe(1),
			patience
		);
		expect(await records.has(keys[1] ?? '')).toBe(true);
	});

	it('that cannot be read sends nothing, and writes nothing over it', async () => {
		takeAway('../storage/storage.ts');
		const before = await readAll(records);
		const page = await open();
		expect(reason(page)).toContain('could not be loaded');
		expect(page.playground.library.isOutOfReach).toBe(true);
		page.playground.change({ theme: 'light' });
		expect(page.playground.tabs.isLoaded('converse')).toBe(false);
		page.playground.save();
		vi.doUnmock('../storage/storage.ts');
		const again = await open();
		expect(await readAll(records)).toEqual(before);
		expect(again.playground.settings.theme).toBe('dark');
	});
});
