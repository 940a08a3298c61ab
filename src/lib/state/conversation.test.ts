import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { apiIds } from '../model/draft.ts';
import { newSimulator } from '../simulator/simulator.ts';
import { newEcho, newKey, openPage, patience, say, simulate, spoken, tab } from './test-kit.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

/** A page whose Converse tab is not streamed and answers with what was said last. */
async function openEcho() {
	const echo = newEcho();
	const page = await openPage(echo.fetch);
	const conversation = tab(page);
	conversation.editor.change({ stream: undefined, system: undefined });
	return { page, conversation, echo };
}

describe('sending', () => {
	it('adds the message and its answer to the branch, and empties the composer', async () => {
		const { conversation } = await openEcho();
		await say(conversation, 'one');
		expect(spoken(conversation)).toEqual(['> one', '< Echo: one']);
		expect(conversation.editor.composer).toBe('');
		expect(conversation.lastRun?.outcome).toEqual({ end: 'finished', reason: 'end_turn' });
	});

	it('sends what was there when it was pressed, not what was typed right after', async () => {
		const { page, conversation } = await openEcho();
		conversation.editor.composer = 'pressed';
		const sending = conversation.send();
		conversation.editor.composer = 'typed later';
		conversation.editor.setParam('temperature', 0.5);
		await sending;
		expect(JSON.parse(page.sent[0]?.body ?? '')).toEqual({
			messages: [{ role: 'user', content: [{ text: 'pressed' }] }]
		});
		expect(conversation.editor.composer).toBe('typed later');
	});

	it('can go on after something on the way failed that never should', async () => {
		const { page, conversation } = await openEcho();
		const failing = vi.spyOn(page.playground.runner, 'execute');
		failing.mockRejectedValueOnce(new Error('a bug'));
		await expect(say(conversation, 'one')).rejects.toThrow('a bug');
		expect(conversation.live).toBeUndefined();
		await say(conversation, 'two');
		expect(spoken(conversation).at(-1)).toBe('< Echo: onetwo');
	});

	it('begins one run for two presses', async () => {
		const { page, conversation } = await openEcho();
		conversation.editor.composer = 'once';
		await Promise.all([conversation.send(), conversation.send()]);
		expect(page.sent).toHaveLength(1);
	});

	it('sends nothing where there is nothing to say', async () => {
		const { page, conversation } = await openEcho();
		await say(conversation, '  \n ');
		await say(conversation, 'one');
		await say(conversation, '');
		expect(page.sent).toHaveLength(1);
	});

	it.each(apiIds)('sends nothing on %s where there is nothing to say', async (api) => {
		const page = await openPage();
		await say(tab(page, api), '');
		expect(tab(page, api).next.isEmpty).toBe(true);
		expect(page.sent).toEqual([]);
	});

	it.each(apiIds.flatMap((api) => [true, false].map((stream) => ({ api, stream }) as const)))(
		'draws all of the answer: $api, streamed $stream',
		async ({ api, stream }) => {
			const page = await openPage(simulate());
			const conversation = tab(page, api);
			conversation.editor.change({ stream });
			await say(conversation, 'What is a token?');
			const answer = conversation.tree.path[1];
			if (answer === undefined) throw new Error('There is no answer');
			const { parts } = answer.message;
			expect(parts.map(({ type }) => type)).toContain('text');
			const drawn = conversation.runs.answerOf(answer).parts.map((view) => view.part);
			expect(drawn).toEqual(parts);
		}
	);

	it.each(apiIds)(
		'draws an answer of %s in place as it comes, at most every 60 ms',
		async (api) => {
			// Slow enough to be drawn several times.
			const page = await openPage(newSimulator({ requireKey: false, seed: 1, speed: 50 }));
			const conversation = tab(page, api);
			conversation.editor.composer = 'Write 600 words.';
			const start = performance.now();
			const run = conversation.send().then(() => (isOver = true));
			let isOver = false;
			let live: Conversation['live'];
			const sources = new Set<unknown>();
			const texts: string[] = [];
			while (!isOver) {
				live = conversation.live ?? live;
				const parts = live?.answer.parts ?? [];
				const last = parts.find(({ type }) => type === 'text');
				if (last !== undefined && 'source' in last) {
					sources.add(last.source);
					texts.push(last.source.text);
				}
				// Ten looks at each drawing.
				await new Promise((resolve) => setTimeout(resolve, 5));
			}
			await run;
			expect(sources.size).toBe(1);
			expect(new Set(texts).size).toBeGreaterThan(2);
			expect(texts.every((text, i) => text.startsWith(texts[i - 1] ?? ''))).toBe(true);
			// The first and the last drawing wait for nothing.
			expect(live?.drawn).toBeLessThanOrEqual((performance.now() - start) / 60 + 2);
		}
	);

	it('keeps what came of a run that was stopped', async () => {
		const page = await openPage(simulate());
		const conversation = tab(page);
		conversation.editor.change({ model: 'fault.stall' });
		conversation.editor.composer = 'go';
		const run = conversation.send();
		await vi.waitFor(() => expect(conversation.live?.text()).not.toBe(''), patience);
		conversation.stop();
		await run;
		expect(conversation.lastRun?.outcome).toEqual({ end: 'stopped' });
		expect(spoken(conversation)[1]).not.toBe('< ');
	});

	it('gives the words back when nothing of an answer came, and sends them again as one message', async () => {
		const { conversation, page } = await openEcho();
		const { fetch } = globalThis;
		vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
		await page.playground.useKey(newKey(), 'tab');
		await say(conversation, 'lost');
		expect(conversation.lastRun?.outcome?.end).toBe('unreachable');
		expect(conversation.editor.composer).toBe('lost');
		vi.stubGlobal('fetch', fetch);
		await conversation.send();
		expect(spoken(conversation)).toEqual(['> lost', '< Echo: lost']);
		expect(conversation.tree.path.map(({ id }) => conversation.tree.siblingsOf(id).length)).toEqual(
			[1, 2]
		);
	});
});

describe('branching', () => {
	it('puts a new answer beside the old one', async () => {
		const { conversation } = await openEcho();
		await say(conversation, 'one');
		const [asked, first] = conversation.tree.path;
		await conversation.ask(asked?.id);
		const second = conversation.tree.path[1];
		expect(conversation.tree.siblingsOf(second?.id ?? '')).toEqual([first, second]);
		conversation.show(first?.id ?? '');
		expect(conversation.tree.path).toEqual([asked, first]);
	});

	it('puts an edited message beside the old one, and what follows after both', async () => {
		const { conversation } = await openEcho();
		await say(conversation, 'one');
		await say(conversation, 'two');
		const before = conversation.tree.path;
		conversation.branch.edit(before[0]?.id ?? '', 'ONE');
		expect(spoken(conversation)).toEqual(['> ONE', '< Echo: one', '> two', '< Echo: two']);
		conversation.show(before[0]?.id ?? '');
		expect(conversation.tree.path).toEqual(before);
	});

	it('asks anew for an edited message and keeps the old branch', async () => {
		const { conversation } = await openEcho();
		await say(conversation, 'one');
		const before = conversation.tree.path;
		await conversation.editAndSend(before[0]?.id ?? '', 'two');
		expect(spoken(conversation)).toEqual(['> two', '< Echo: two']);
		conversation.show(before[0]?.id ?? '');
		expect(spoken(conversation)).toEqual(['> one', '< Echo: one']);
	});

	it('an edited answer is no longer that of its run', async () => {
		const { conversation } = await openEcho();
		await say(conversation, 'one');
		conversation.branch.edit(conversation.tree.path[1]?.id ?? '', 'mine');
		expect(conversation.tree.path[1]?.message.from).toBeUndefined();
		expect(conversation.lastRun).toBeUndefined();
	});

	it('brings a deleted message back, with what followed it', async () => {
		const { page, conversation } = await openEcho();
		await say(conversation, 'one');
		await say(conversation, 'two');
		const before = conversation.tree.path;
		conversation.branch.remove(before[1]?.id ?? '');
		expect(spoken(conversation)).toEqual(['> one', '> two', '< Echo: two']);
		page.playground.undo.take();
		expect(conversation.tree.path).toEqual(before);
		expect(conversation.tree.turns.size).toBe(4);
	});

	it('puts an inserted message into a branch of its own, and sends it in its place', async () => {
		const { page, conversation } = await openEcho();
		await say(conversation, 'one');
		const before = conversation.tree.path;
		const message = {
			id: 'new',
			role: 'user' as const,
			parts: [{ type: 'text' as const, text: 'zero' }]
		};
		conversation.tree.insert(before[0]?.id ?? '', message);
		expect(spoken(conversation)).toEqual(['> zero', '> one', '< Echo: one']);
		await say(conversation, 'two');
		const { messages } = JSON.parse(page.sent.at(-1)?.body ?? '') as { messages: unknown[] };
		// Converse joins neighbours of one role.
		expect(messages[0]).toEqual({ role: 'user', content: [{ text: 'zero' }, { text: 'one' }] });
		conversation.show(before[0]?.id ?? '');
		expect(conversation.tree.path).toEqual(before);
	});
});

describe('the request as it was sent', () => {
	it('is built again byte for byte, also after everything was changed', async () => {
		const { page, conversation } = await openEcho();
		conversation.editor.setParam('maxTokens', 100);
		await say(conversation, 'one');
		const run = conversation.lastRun;
		conversation.editor.setParam('maxTokens', 5);
		conversation.branch.edit(conversation.tree.path[0]?.id ?? '', 'else');
		const rebuilt = run && conversation.requestOf(run);
		expect(rebuilt?.isExact).toBe(true);
		expect(rebuilt?.request.body).toBe(page.sent[0]?.body);
	});

	it('counts the bytes that Send will send', async () => {
		const { page, conversation } = await openEcho();
		for (const words of ['a "quoted" word\n', 'ä 𝄞 \u0001']) {
			conversation.editor.composer = words;
			conversation.editor.settle();
			const { size } = conversation.next;
			await conversation.send();
			expect(new TextEncoder().encode(page.sent.at(-1)?.body ?? '').length).toBe(size);
		}
	});
});

describe('chaining', () => {
	async function openResponses(): Promise<Page> {
		const page = await openPage(simulate());
		page.playground.change({ api: 'responses' });
		return page;
	}

	it('sends only what is new after a stored response', async () => {
		const page = await openResponses();
		const conversation = tab(page, 'responses');
		await say(conversation, 'My name is Alice.');
		expect(conversation.chain?.after).toBe(conversation.tree.leaf);
		await say(conversation, 'What is my name?');
		const body = JSON.parse(page.sent[1]?.body ?? '');
		expect(body.previous_response_id).toBe(
			conversation.runs.of(conversation.tree.path[1])?.responseId
		);
		expect(JSON.stringify(body.input)).not.toContain('Alice');
	});

	it.each([
		[
			'another path prefix',
			(c: ReturnType<typeof tab>) => c.editor.change({ endpoint: 'runtime' })
		],
		[
			'an edited answer',
			(c: ReturnType<typeof tab>) => c.branch.edit(c.tree.leaf ?? '', 'other words')
		],
		['a response that was not stored', undefined]
	])('sends all messages after %s', async (_, change) => {
		const page = await openResponses();
		const conversation = tab(page, 'responses');
		if (change === undefined) conversation.editor.setParam('store', false);
		await say(conversation, 'My name is Alice.');
		change?.(conversation);
		expect(conversation.chain).toBeUndefined();
	});

	it('does not continue a simulated response after the page was opened anew', async () => {
		const page = await openResponses();
		await say(tab(page, 'responses'), 'My name is Alice.');
		await vi.waitFor(() => expect(page.playground.library.conversations).toHaveLength(1), patience);
		page.close();
		const again = await openPage(simulate());
		await vi.waitFor(
			() => expect(again.playground.tabs.isLoaded('responses')).toBe(true),
			patience
		);
		expect(spoken(tab(again, 'responses'))[0]).toBe('> My name is Alice.');
		expect(tab(again, 'responses').chain).toBeUndefined();
	});
});
