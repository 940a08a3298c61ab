import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Part } from '../model/draft.ts';
import type { Conversation } from './conversation.svelte.ts';
import { wireOf } from './wire.ts';
import { eventually, newEcho, openPage, say, spoken, tab } from './test-kit.ts';
import type { Page } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

/** A page whose Converse tab is not streamed and has two questions and their answers. */
async function openTalk(): Promise<{ page: Page; conversation: Conversation }> {
	const page = await openPage(newEcho().fetch);
	const conversation = tab(page);
	conversation.editor.change({ stream: undefined, system: undefined });
	await say(conversation, 'one');
	await say(conversation, 'two');
	return { page, conversation };
}

const idAt = ({ tree }: Conversation, index: number): string => tree.path[index]?.id ?? '';

/** The messages of the last request, in short: `user: one | assistant: Echo: one`. */
function lastSent({ sent }: Page): string {
	const { messages } = JSON.parse(sent.at(-1)?.body ?? '') as {
		messages: { role: string; content: { text: string }[] }[];
	};
	return messages
		.map(({ role, content }) => `${role}: ${content.map(({ text }) => text).join(' + ')}`)
		.join(' | ');
}

const all = ['> one', '< Echo: one', '> two', '< Echo: two'];

/** Each way to change what was said, and what the branch says then. */
const changes: [string, (of: Conversation) => unknown, string[]][] = [
	[
		'moves a message up',
		(of) => of.branch.move(idAt(of, 2), -1),
		['> one', '> two', '< Echo: one', '< Echo: two']
	],
	[
		'moves a message down',
		(of) => of.branch.move(idAt(of, 0), 1),
		['< Echo: one', '> one', '> two', '< Echo: two']
	],
	[
		'makes a user message an answer',
		(of) => of.branch.setRole(idAt(of, 2), 'assistant'),
		['> one', '< Echo: one', '< two', '< Echo: two']
	],
	[
		'makes an answer a user message',
		(of) => of.branch.setRole(idAt(of, 1), 'user'),
		['> one', '> Echo: one', '> two', '< Echo: two']
	],
	['takes a message out', (of) => of.branch.remove(idAt(of, 1)), ['> one', '> two', '< Echo: two']]
];

describe('a change of what was said', () => {
	it.each(changes)('%s in a branch beside the old one, and one click undoes it', async (...row) => {
		const [, change, expected] = row;
		const { page, conversation } = await openTalk();
		const before = conversation.tree.path;
		change(conversation);
		expect(spoken(conversation)).toEqual(expected);
		for (const turn of before) expect(conversation.tree.turns.get(turn.id)).toBe(turn);
		page.playground.undo.take();
		expect(conversation.tree.path).toEqual(before);
		expect(conversation.tree.turns.size).toBe(4);
	});

	it.each(changes)('%s, and what is said after it outlives the undo', async (...row) => {
		const [, change, expected] = row;
		const { page, conversation } = await openTalk();
		const before = conversation.tree.path;
		change(conversation);
		await say(conversation, 'three');
		const paid = conversation.tree.path;
		expect(spoken(conversation)).toEqual([...expected, '> three', '< Echo: three']);
		page.playground.undo.take();
		expect(conversation.tree.path).toEqual(before);
		conversation.show(paid.at(-1)?.id ?? '');
		expect(conversation.tree.path).toEqual(paid);
	});

	it('is there again when the page is opened again', async () => {
		const { page, conversation } = await openTalk();
		conversation.branch.move(idAt(conversation, 2), -1);
		conversation.branch.setRole(idAt(conversation, 0), 'system');
		const said = conversation.tree.path;
		await eventually(() => expect(page.playground.library.conversations).toHaveLength(1));
		await page.playground.tabs.saveDraft(conversation);
		page.close();
		const again = await openPage(newEcho().fetch);
		await eventually(() => expect(again.playground.tabs.isLoaded('converse')).toBe(true));
		expect(tab(again).tree.path).toEqual(said);
	});

	it('moves nothing beyond either end, and nothing while a run goes on', async () => {
		const echo = newEcho();
		const page = await openPage(echo.fetch);
		const conversation = tab(page);
		conversation.editor.change({ stream: undefined });
		await say(conversation, 'one');
		const { path } = conversation.tree;
		expect(conversation.branch.move(idAt(conversation, 0), -1)).toBeUndefined();
		expect(conversation.branch.move(idAt(conversation, 1), 1)).toBeUndefined();
		echo.hold();
		const running = say(conversation, 'two');
		conversation.branch.move(path[0]?.id ?? '', 1);
		conversation.branch.setRole(path[0]?.id ?? '', 'assistant');
		conversation.branch.fork(path[0]?.id ?? '');
		expect(spoken(conversation)).toEqual(['> one', '< Echo: one', '> two']);
		echo.release();
		await running;
		expect(spoken(conversation)).toEqual(all);
	});

	it('keeps images, calls and thoughts, and the model that sealed them', async () => {
		const { conversation } = await openTalk();
		const { model } = conversation.editor.settings;
		const kept: Part[] = [
			{ type: 'reasoning', text: 'Hm', signature: 'c2ln' },
			{ type: 'image', mime: 'image/png', source: { base64: 'AA==' } }
		];
		const answer = conversation.tree.newTurn(
			{
				...{ id: 'mixed', role: 'assistant', from: { run: 'r', model } },
				parts: [...kept, { type: 'text', text: 'old' }]
			},
			conversation.tree.leaf
		);
		conversation.tree.add([answer], conversation.tree.leaf);
		conversation.show(answer.id);
		conversation.branch.edit(answer.id, 'new');
		const { message } = conversation.tree.path.at(-1) ?? {};
		expect(message?.parts).toEqual([...kept, { type: 'text', text: 'new' }]);
		expect(message).not.toHaveProperty('from');
		expect(message?.by).toBe(model);
		// Its signature is of the thoughts, which are the same, so it goes back.
		const { api, target } = conversation;
		const image = { image: { format: 'png', source: { bytes: 'AA==' } } };
		const thought = { reasoningContent: { reasoningText: { text: 'Hm', signature: 'c2ln' } } };
		const wire = message && wireOf(message, api, model, target);
		expect(wire).toEqual({ role: 'assistant', content: [thought, image, { text: 'new' }] });
		const abroad = message && wireOf(message, api, 'openai.gpt-oss-120b-1:0', target);
		expect(abroad).toEqual({ role: 'assistant', content: [image, { text: 'new' }] });
	});
});

describe('a fork', () => {
	it('tells what follows in other branches until something is said, then the pager has it', async () => {
		const { conversation } = await openTalk();
		const [, answer, second] = conversation.tree.path;
		expect(conversation.tree.beyond).toEqual([]);
		conversation.branch.fork(answer?.id ?? '');
		expect(conversation.tree.beyond).toEqual([second]);
		conversation.show(second?.id ?? '');
		expect(spoken(conversation)).toEqual(all);
		conversation.branch.fork(answer?.id ?? '');
		await say(conversation, 'other');
		expect(conversation.tree.beyond).toEqual([]);
		const [asked] = conversation.tree.path.slice(2);
		expect(conversation.tree.siblingsOf(asked?.id ?? '')).toEqual([second, asked]);
	});
});

describe('an answer that was begun', () => {
	it('is added without sending, and Send asks the model to go on after its last word', async () => {
		const { page, conversation } = await openTalk();
		await say(conversation, 'Say A, B, C.');
		conversation.branch.fork(idAt(conversation, 4));
		const { length } = page.sent;
		conversation.editor.composer = 'A, ';
		conversation.add('assistant');
		expect(page.sent).toHaveLength(length);
		expect(conversation.editor.composer).toBe('');
		expect(conversation.next.isEmpty).toBe(false);
		await conversation.send();
		// White space at its end would be refused.
		expect(lastSent(page)).toBe(
			'user: one | assistant: Echo: one | user: two | assistant: Echo: two | user: Say A, B, C. | assistant: A,'
		);
		expect(spoken(conversation).slice(-2)).toEqual(['< A, ', '< Echo: A,']);
		await say(conversation, 'And now?');
		expect(lastSent(page)).toContain('assistant: A,  + Echo: A, | user: And now?');
	});

	it.each([
		['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'assistant: Echo: two'],
		['us.anthropic.claude-sonnet-4-6', 'assistant: Echo: two | user: Go on.'],
		['amazon.nova-lite-v1:0', 'assistant: Echo: two | user: Go on.']
	])('%s is asked to go on after %s', async (model, end) => {
		const { page, conversation } = await openTalk();
		conversation.editor.change({ model });
		const { path } = conversation.tree;
		await conversation.continue('Go on.');
		expect(lastSent(page).endsWith(`| ${end}`)).toBe(true);
		expect(conversation.tree.path.slice(0, 4)).toEqual(path);
	});
});
