import { describe, expect, it, vi } from 'vitest';
import { markDeleted, saveConversation } from './conversations.ts';
import { saveDraft } from './drafts.ts';
import { startRun } from './runs.ts';
import { searchTexts } from './search.ts';
import type { Store } from './store.ts';
import { newConversation, newDraft, newRun, newSent, newTestStore, newTurn } from './test-kit.ts';
import type { Turn } from '../model/turn.ts';

async function fill(store: Store): Promise<void> {
	const parts: Turn['message']['parts'] = [
		{ type: 'reasoning', text: 'hidden THOUGHT' },
		{ type: 'tool-call', id: 'i', name: 'weather', input: '{"city":"Rome"}' },
		{ type: 'opaque', api: 'converse', value: { toolResult: 'sunny' } },
		{ type: 'text', text: `${'long '.repeat(50)}the needle\nhere ${'after '.repeat(50)}` }
	];
	const answer = newTurn('t2', '', { parent: 't9', at: 2 });
	const turns = [
		...[
			newTurn('t9', 'A needle first', { at: 1 }),
			{ ...answer, message: { ...answer.message, parts } }
		],
		newTurn('t3', 'A needle first', { at: 3, parent: 't2', of: 't9' })
	];
	await startRun(
		{ conversation: newConversation('c'), turns, run: newRun('r'), sent: newSent('s') },
		store
	);
	await saveConversation(newConversation('d'), store);
	const draft = { ...newDraft('half-a thought', 1, 'w'), conversation: 'd' };
	await saveDraft(draft, undefined, store);
}

describe('a search', () => {
	it.each([
		['NEEDLE', [['c', 't9']]],
		[
			'thought',
			[
				['c', 't2'],
				['d', undefined]
			]
		],
		['half-a', [['d', undefined]]],
		['rome', [['c', 't2']]],
		['sunny', [['c', 't2']]],
		['be kind', [['c', undefined]]],
		['(.*)', []],
		['\\^$.*+?()[]{}|/-', []]
	])('for %s finds it wherever it was said', async (text, expected) => {
		const store = newTestStore();
		await fill(store);
		const onhit = vi.fn();
		const { conversations, searched } = await searchTexts(text, { onhit }, store);
		expect(conversations.map(({ conversation, turn }) => [conversation, turn])).toEqual(expected);
		expect(onhit).toHaveBeenCalledTimes(expected.length);
		// The copy has no message of its own.
		expect(searched).toBe(2);
	});

	it('shows the place with words around it', async () => {
		const store = newTestStore();
		await fill(store);
		const { conversations } = await searchTexts('the needle', {}, store);
		expect(conversations[0]?.snippet).toMatch(/^…(\w* )+the needle here (\w* )+\w*…$/);
		expect(conversations[0]?.snippet.length).toBeLessThan(100);
	});

	it('finds nothing in what is deleted', async () => {
		const store = newTestStore();
		await fill(store);
		await markDeleted('c', 1, store);
		expect(await searchTexts('needle', {}, store)).toEqual({ conversations: [], searched: 0 });
	});

	it('goes through many in slices, and ends between two when it is no longer wanted', async () => {
		const store = newTestStore();
		const turns = Array.from({ length: 120 }, (_, i) => newTurn(`t${i}`, `number ${i}`, { at: i }));
		await startRun({ conversation: newConversation('c'), turns, run: newRun('r') }, store);
		const sizes: number[] = [];
		const stopping = new AbortController();
		const range: Store['range'] = async (prefix, page) => {
			const entries = await store.range(prefix, page);
			if (prefix === 'turn/') sizes.push(entries.length);
			return entries;
		};
		const sliced = { ...store, range };
		expect(await searchTexts('number 11', {}, sliced)).toMatchObject({
			...{ conversations: [{ turn: 't11' }], searched: 120 }
		});
		expect(sizes).toEqual([50, 50, 20]);
		const { signal } = stopping;
		const onhit = () => stopping.abort();
		await expect(searchTexts('number 1', { onhit, signal }, sliced)).rejects.toThrow('aborted');
		expect(sizes).toHaveLength(4);
	});
});
