import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { apis } from '../apis/index.ts';
import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import { openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';
import type { Fetch } from './runner.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

afterEach(() => vi.restoreAllMocks());

/** Closes a page and opens another one on what it stored. */
async function reopen(page: Page, answer?: Fetch): Promise<Page> {
	page.playground.save();
	page.close();
	return openPage(answer);
}

/** Shows the stored conversation of a tab. */
async function shown(page: Page, api: ApiId) {
	await vi.waitFor(() => expect(page.playground.library.conversations).toHaveLength(1), patience);
	const [record] = page.playground.library.conversations;
	if (record !== undefined) await page.playground.tabs.openConversation(record);
	return tab(page, api);
}

describe('a stored run is read again from its chunks into the same answer', () => {
	const cases = apiIds.flatMap((api) =>
		[true, false].flatMap((stream) =>
			['', 'fault.model-error', 'fault.truncated', 'fault.max-tokens', 'fault.reset'].map(
				(model): [ApiId, boolean, string] => [api, stream, model]
			)
		)
	);

	it.each(cases)('on %s, streamed %s %s', async (api, stream, model) => {
		const first = await openPage(simulate());
		const { editor } = tab(first, api);
		editor.change({ stream, ...(model !== '' && { model }) });
		await say(tab(first, api), 'What is a token?');
		const page = await reopen(first, () => Promise.reject(new Error('no network')));
		const conversation = await shown(page, api);
		const [turn] = conversation.tree.path.slice(-1);
		const run = conversation.runs.of(turn);
		const sent = run && conversation.requestOf(run);
		if (turn === undefined || run === undefined || sent === undefined) throw new Error('no run');
		expect(sent.isExact).toBe(true);
		expect(sent.request.body).toBe(first.sent[0]?.body);
		// Of the page that is open now, as its storage is.
		const [{ loadChunks }, { readExchange }, { exchangeOf }, { settle }] = await Promise.all([
			import('../storage/exchanges.ts'),
			import('../http/read-answer.ts'),
			import('./stored-exchange.ts'),
			import('./plan.ts')
		]);
		const chunks = (await loadChunks(run.id)) ?? [];
		expect(chunks.length).toBeGreaterThan(0);
		const answer = readExchange(apis[conversation.api.id], exchangeOf(run, sent.request, chunks));
		const again = settle(run, answer);
		expect(again.run).toEqual(run);
		expect(again.turns[0]).toEqual({ ...turn, at: again.turns[0].at });
		expect(page.sent).toEqual([]);
	});
});

it('an answer whose bytes find no room is stored without them', async () => {
	const page = await openPage(simulate());
	const { put } = IDBObjectStore.prototype;
	vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
		this: IDBObjectStore,
		value,
		key
	) {
		if (String(key).startsWith('exchange/')) throw new DOMException('full', 'QuotaExceededError');
		return put.call(this, value, key);
	});
	await say(tab(page, 'converse'), 'Hello');
	const said = spoken(tab(page, 'converse'));
	expect(page.playground.library.isKept).toBe(false);
	const again = await reopen(page);
	const conversation = await shown(again, 'converse');
	expect(spoken(conversation)).toEqual(said);
	expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'end_turn' });
	const { loadArrival } = await import('../storage/exchanges.ts');
	expect(await loadArrival(conversation.lastRun?.id ?? '')).toBeUndefined();
});

describe('several answers to one request', () => {
	const chunk = (index: number, content: string, finish_reason: string | null = null) =>
		`data: ${JSON.stringify({ id: 'c', choices: [{ index, delta: { content }, finish_reason }] })}\n\n`;
	/** Two of three answers are ended; the last ones come when they may. */
	const pieces = [
		chunk(1, 'second') + chunk(0, 'first') + chunk(2, 'third'),
		chunk(0, '', 'stop') + chunk(1, '', 'length')
	];

	function respond(count: number, isOpen: boolean): Fetch {
		return () => {
			const body = new ReadableStream({
				start(controller) {
					for (const piece of pieces.slice(0, count)) {
						controller.enqueue(new TextEncoder().encode(piece));
					}
					if (!isOpen) controller.close();
				}
			});
			return Promise.resolve(
				new Response(body, { headers: { 'content-type': 'text/event-stream' } })
			);
		};
	}

	const siblings = (page: Page) => {
		const conversation = tab(page, 'chat-completions');
		const { tree, runs } = conversation;
		return tree.siblingsOf(tree.path.at(-1)?.id ?? '').map((turn) => {
			const { outcome } = runs.of(turn) ?? {};
			const end = outcome?.end === 'finished' ? outcome.reason : outcome?.end;
			return `${turn.message.parts.map((part) => ('text' in part ? part.text : '')).join('')}: ${end}`;
		});
	};
	const all = ['first: stop', 'second: length', 'third: cut-short'];

	it('are siblings with an end each, also after they were stored', async () => {
		const page = await openPage(respond(2, false));
		await say(tab(page, 'chat-completions'), 'Three, please.');
		expect(siblings(page)).toEqual(all);
		const again = await reopen(page);
		await shown(again, 'chat-completions');
		expect(siblings(again)).toEqual(all);
		const { tree, runs } = tab(again, 'chat-completions');
		expect(tree.path.at(-1)?.id).toBe([...runs.facts.values()][0]?.turn);
	});

	it('are read from what had come when the page was closed', async () => {
		const page = await openPage(respond(1, true));
		const conversation = tab(page, 'chat-completions');
		conversation.editor.composer = 'Three, please.';
		void conversation.send();
		await vi.waitFor(() => expect(conversation.live?.text()).toBe('first'), patience);
		// A closed page lets go of what it held.
		vi.stubGlobal('BroadcastChannel', undefined);
		const again = await reopen(page);
		await shown(again, 'chat-completions');
		await vi.waitFor(() => expect(siblings(again)).toHaveLength(3), patience);
		expect(siblings(again)).toEqual(
			['first', 'second', 'third'].map((one) => `${one}: page-closed`)
		);
		// Whoever opens it at the same time ends it in the same way.
		const { tree } = tab(again, 'chat-completions');
		expect(tree.turns.size).toBe(4);
		conversation.stop();
	});

	it('are asked of the simulator, and each is a branch that the next message can follow', async () => {
		const page = await openPage(simulate());
		const conversation = tab(page, 'chat-completions');
		conversation.editor.change({ extra: { 'chat-completions': { n: 3 } } });
		await say(conversation, 'Three, please.');
		const { tree } = conversation;
		const answers = tree.siblingsOf(tree.path.at(-1)?.id ?? '');
		expect(answers).toHaveLength(3);
		conversation.show(answers[2]?.id ?? '');
		const before = spoken(conversation);
		await say(conversation, 'Go on.');
		expect(spoken(conversation).slice(0, 3)).toEqual([...before, '> Go on.']);
		expect(before[1]).toContain('(Choice 3.)');
		expect(page.sent[1]?.body).toContain('(Choice 3.)');
		expect(page.sent[1]?.body).not.toContain('(Choice 2.)');
		const second = conversation.lastRun;
		expect(second && conversation.requestOf(second)?.isExact).toBe(true);
	});
});
