import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Check, Checked } from '../checks/check.ts';
import { apiIds, newMessage, textOf } from '../model/draft.ts';
import { newEcho, openPage, patience, say, spoken, tab } from './test-kit.ts';

// Each page loads modules of its own, which takes its time on a busy machine.
beforeEach(() => {
	globalThis.indexedDB = new IDBFactory();
});

async function openEcho() {
	const page = await openPage(newEcho().fetch);
	await vi.waitFor(() => expect(page.playground.parts.rules).toBeDefined(), patience);
	return { page, conversation: tab(page) };
}

/** A page's rules where there is only one. */
async function rulesOf(check: Check) {
	const rules = await import('../checks/index.ts');
	return {
		...rules,
		checks: [check],
		warningsOf: (checked: Checked) => rules.identify(check(checked), checked)
	};
}

describe('the next request while a run goes on', () => {
	it('stays the one that was sent, until something is written or changed', async () => {
		const echo = newEcho();
		const page = await openPage(echo.fetch);
		await vi.waitFor(() => expect(page.playground.parts.rules).toBeDefined(), patience);
		const conversation = tab(page);
		const { editor, next } = conversation;
		const said = () => next.draft.messages.map(({ parts }) => textOf(parts));
		editor.write({ text: 'first', parts: [] });
		const sent = [next.draft, next.size, next.mends, next.warnings];
		const shown = () => [next.draft, next.size, next.mends, next.warnings];
		echo.hold();
		const run = conversation.send();
		expect(conversation.live).toBeDefined();
		expect(shown()).toEqual(sent);

		editor.composer = 'second';
		expect(said()).toEqual(['first', 'second']);
		editor.composer = '';
		expect(shown()).toEqual(sent);
		editor.setParam('temperature', 0.5);
		expect(said()).toEqual(['first']);
		expect(next.draft.params).toEqual({ temperature: 0.5 });

		echo.release();
		await run;
		expect(said()).toEqual(['first', expect.any(String)]);
		expect(next.size).toBe(new TextEncoder().encode(next.built.request.body).length);
	});
});

describe('what is known to go wrong', () => {
	it('is told of the next request, and mended by its change', async () => {
		const { conversation } = await openEcho();
		const { editor, next } = conversation;
		expect(next.warnings).toEqual([]);
		editor.change({ params: { temperature: 0, topP: 0.5 } });
		expect(next.warnings).toMatchObject([{ code: 'conflict', at: { param: 'topP' } }]);
		expect(next.warningsAt('topP')).toEqual(next.warnings);
		expect(next.warningsAt('temperature')).toEqual([]);
		const [found] = next.warnings;
		if (found !== undefined) conversation.heed(found);
		expect(editor.settings.params).toEqual({ temperature: 0 });
		expect(next.warnings).toEqual([]);
	});

	it('is looked for once a pause in typing, and the same when nothing is found', async () => {
		const { page, conversation } = await openEcho();
		vi.useFakeTimers();
		const asked: string[] = [];
		const check: Check = ({ draft: { messages } }) => {
			asked.push(JSON.stringify(messages.at(-1)?.parts));
			return [];
		};
		page.playground.parts.rules = await rulesOf(check);
		const { editor, next } = conversation;
		const before = next.warnings;
		for (const typed of ['a', 'ab', 'abc']) {
			editor.composer = typed;
			expect(next.warnings).toBe(before);
		}
		const once = asked.length;
		vi.advanceTimersByTime(1000);
		expect(next.warnings).toBe(before);
		expect(asked).toHaveLength(once + 1);
		expect(asked.at(-1)).toContain('abc');
		vi.useRealTimers();
	});

	it('is found at a message by its id, and a change of the messages edits and leaves out', async () => {
		const { page, conversation } = await openEcho();
		await say(conversation, 'first');
		await say(conversation, 'second');
		const loud: Check = ({ draft: { messages } }) => {
			const said = messages.find(
				({ parts: [part] }) => part?.type === 'text' && part.text === 'first'
			);
			if (said === undefined) return [];
			const change = {
				messages: messages
					.filter(({ role }) => role === 'user')
					.map((one) => {
						return one === said
							? { ...one, parts: [{ type: 'text' as const, text: 'FIRST' }] }
							: one;
					})
			};
			return [{ code: 'loud', at: { message: said.id }, fix: { label: 'loud', change } }];
		};
		page.playground.parts.rules = await rulesOf(loud);
		const { next, tree } = conversation;
		const [found] = next.warningsAtMessage(tree.path[0]?.id ?? '');
		expect(found?.code).toBe('loud');
		if (found) conversation.heed(found);
		expect(spoken(conversation)).toEqual(['> FIRST', '> second']);
		expect(next.warnings).toEqual([]);
	});
});

describe('the bytes of the body', () => {
	const long = `${'Said "at length" – 模型 🚀\n\tand '.repeat(400)}\ud83d over.`;

	it.each(['converse', 'chat-completions', 'responses'] as const)(
		'are those of %s as it is built, also with texts that are counted by themselves',
		async (api) => {
			const { page } = await openEcho();
			const conversation = tab(page, api);
			const { editor, next, tree } = conversation;
			const roles = ['user', 'assistant', 'user', 'assistant', 'user'] as const;
			tree.appendAll(
				[long, `${long}${long}`, 'short', `${long} \n`, `${' '.repeat(5000)}`].map((text, i) =>
					newMessage(roles[i] ?? 'user', text)
				)
			);
			for (const written of ['', 'more', `"${'x'.repeat(5000)}"`]) {
				editor.composer = written;
				editor.settle();
				expect(next.size).toBe(Buffer.byteLength(next.built.request.body ?? ''));
			}
			tree.end(tree.path[3]?.id ?? '');
			expect(next.size).toBe(Buffer.byteLength(next.built.request.body ?? ''));
		}
	);

	it('of a huge text are counted when the page has time, and are its characters until then', async () => {
		const { page } = await openEcho();
		const { next, tree } = tab(page, 'converse');
		const huge = '模型'.repeat(600_000);
		tree.appendAll([newMessage('user', huge)]);
		const exact = Buffer.byteLength(next.built.request.body ?? '');
		expect(next.size).toBe(exact - 2 * huge.length);
		await vi.waitFor(() => expect(next.size).toBe(exact));
	});

	it.each(apiIds)('are shown of %s as they are sent', async (api) => {
		const page = await openPage();
		const conversation = tab(page, api);
		const { editor, next } = conversation;
		editor.setParam('temperature', 0.1);
		editor.composer = 'Say “quotes” \\ and\nlines, 你好 🧪 \u2028 & <b>';
		editor.settle();
		const shown = next.built.request.body ?? '';
		expect(shown).toBe(JSON.stringify(JSON.parse(shown), null, 2));
		expect(shown).toContain('"temperature": 0.1');
		await conversation.send();
		expect(page.sent.map(({ body }) => body)).toEqual([shown]);
	});
});
