import { describe, expect, it } from 'vitest';
import { newMessage } from '../../model/draft.ts';
import type { Part } from '../../model/draft.ts';
import type { ResponseState } from '../../model/response-state.ts';
import type { Run } from '../../model/run.ts';
import type { Turn } from '../../model/turn.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import { draw, newRun } from '../workspace/test-render.ts';
import { comparedText, diffWords, pairUp } from './branch-diff.ts';
import { ChainView } from './chain-view.svelte.ts';
import ResponseTree from './ResponseTree.svelte';
import { rowFor, TypeAhead } from './tree-keys.ts';
import { firstWords } from './words.ts';

const base = 'https://bedrock-mantle.us-west-2.api.aws/v1';

/** A conversation with an answer for each `[id, parent, state]`, of which the last is shown. */
function conversationOf(
	nodes: readonly (readonly [id: string, parent?: string | undefined, state?: ResponseState])[]
): Conversation {
	const turns = new Map<string, Turn>();
	const facts = new Map<string, Run>();
	for (const [i, [id, parent, state]] of nodes.entries()) {
		const message = {
			...newMessage('assistant', `Words of ${id}`),
			id,
			from: { run: id, model: 'm' }
		};
		const at = Date.now() - 1000 + i;
		const place = { conversation: 'c', at, ...(parent !== undefined && { parent }) };
		turns.set(id, { v: 2, id, ...place, message });
		facts.set(
			id,
			newRun({
				...{ id, turn: id, api: 'responses', responseId: `resp_${id}`, startedAt: at },
				...{ key: 'k', simulated: false, outcome: { end: 'finished', reason: 'completed' } },
				request: { method: 'POST', url: `${base}/responses`, headers: {} },
				...(state && { service: { state, at } })
			})
		);
	}
	const settings = { model: 'm', params: {} };
	const circumstances = {
		key: 'k',
		base,
		openedAt: 0,
		now: Date.now(),
		settingsOf: () => settings
	};
	return {
		...{ circumstances, runs: { facts }, tree: { turns, path: [] } },
		...{ base: [...turns.values()].slice(-1), next: { isEmpty: false }, live: undefined },
		...{ editor: { settled: 'And then?', parts: [] }, tray: { message: undefined } }
	} as unknown as Conversation;
}

function drawTree(conversation: Conversation): { html: string; view: ChainView } {
	const view = new ChainView(() => conversation);
	const oncontinue = () => undefined;
	const props = { conversation, view, modelName: (id: string) => id, oncontinue };
	return { html: draw(ResponseTree, props), view };
}

/** The opening tags of the rows. */
function rowsIn(html: string): string[] {
	return html.match(/<li[^>]*role="treeitem"[^>]*>/g) ?? [];
}

describe('the tree', () => {
	it('says of each row its level, its place, and which one tab stop it has', () => {
		const { html } = drawTree(conversationOf([['a'], ['b', 'a'], ['c', 'a']]));
		expect(html).toMatch(/role="tree"[^>]*aria-label="Response chain"/);
		const said = rowsIn(html).map((row) =>
			['level', 'posinset', 'setsize', 'selected'].map(
				(name) => new RegExp(`aria-${name}="([^"]*)"`).exec(row)?.[1]
			)
		);
		expect(said).toEqual([
			['1', '1', '1', 'false'],
			['2', '1', '2', 'false'],
			['2', '2', '2', 'true'],
			['3', '1', '1', 'false']
		]);
		expect(html.match(/role="treeitem"[^>]*tabindex="0"/g)).toHaveLength(1);
		expect(html).toContain('draft, not sent');
	});

	it('draws of 500 responses only those near the view, and the one that is looked at', () => {
		const ids = Array.from({ length: 500 }, (_, i) => `n${i}`);
		const conversation = conversationOf(
			ids.map((id, i) =>
				i === 0 ? ([id] as const) : ([id, ids[i % 50 === 0 ? i - 30 : i - 1]] as const)
			)
		);
		const { html, view } = drawTree(conversation);
		expect(view.rows).toHaveLength(501);
		// At once only what is in view, at the end: the rows around it are added after the first paint.
		expect(rowsIn(html).length).toBeLessThan(15);
		expect(html).not.toContain('data-row="n0"');
		expect(html).toContain('data-row="n499"');
		expect(view.here?.turn.id).toBe('n499');
		expect(view.branches).toBe(10);
	});

	it.each(Object.keys(text.chain.states) as ResponseState[])(
		'names the state %s unless it is the usual one',
		(state) => {
			const { html } = drawTree(conversationOf([['a', undefined, state]]));
			const isNamed = html.includes(text.chain.states[state]);
			expect(isNamed).toBe(state !== 'completed');
		}
	);
});

describe('its keys', () => {
	const { view } = drawTree(conversationOf([['a'], ['b', 'a'], ['c', 'b'], ['d', 'a']]));
	// a, b, c, d, the draft after d.
	it.each<[string, number, number | undefined]>([
		['ArrowDown', 0, 1],
		['ArrowDown', 4, 4],
		['ArrowUp', 1, 0],
		['ArrowUp', 0, 0],
		['Home', 3, 0],
		['End', 0, 4],
		['ArrowLeft', 3, 0],
		['ArrowLeft', 0, undefined],
		['ArrowRight', 0, 1],
		['ArrowRight', 2, undefined],
		['Tab', 0, undefined]
	])('%s leads from row %i to %s', (key, at, to) => {
		expect(rowFor(key, view.rows, at)).toBe(to);
	});

	it('letters find the next row that begins with what was typed', () => {
		const said = ['apple', 'pear', 'peach', 'plum'];
		const ahead = new TypeAhead();
		const find = (letter: string, from: number, now: number) =>
			ahead.find(letter, { count: 4, from, words: (i) => said[i] ?? '', now });
		expect(find('p', 0, 1000)).toBe(1);
		expect(find('e', 1, 1100)).toBe(1);
		expect(find('a', 1, 1200)).toBe(1);
		expect(find('c', 1, 1300)).toBe(2);
		expect(find('p', 3, 5000)).toBe(1);
		expect(find('x', 3, 9000)).toBeUndefined();
	});
});

describe('the first words of an answer', () => {
	it.each<[string, Part[], string]>([
		['a text', [{ type: 'text', text: '## **Hi** there\n\nand `more`' }], 'Hi there and more'],
		['calls', [{ type: 'tool-call', id: '1', name: 'f', input: '{}' }], 'Calls f'],
		['nothing but thoughts', [{ type: 'reasoning', text: 'hm' }], 'No text'],
		['what turns text around', [{ type: 'text', text: 'a\u202eb' }], 'a⟨U+202E⟩b']
	])('of %s', (_, parts, said) => {
		expect(firstWords(parts)).toBe(said);
	});
});

describe('two branches', () => {
	const turn = (id: string, said: string): Turn => {
		return { v: 2, id, conversation: 'c', at: 1, message: { ...newMessage('user', said), id } };
	};

	it('stand side by side from where they part', () => {
		const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => turn(id, id));
		if (!a || !b || !c || !d) throw new Error('none');
		expect(pairUp([a, b, c], [a, d])).toEqual({
			common: 1,
			pairs: [
				{ left: b, right: d },
				{ left: c, right: undefined }
			]
		});
		expect(pairUp([a], [a])).toEqual({ common: 1, pairs: [] });
		expect(pairUp([a], [a, b])).toEqual({ common: 1, pairs: [{ left: undefined, right: b }] });
	});

	it.each([
		[
			'Your name is Alice and you like cats.',
			'Your name is Bob and you like dogs.',
			['Alice', 'cats'],
			['Bob', 'dogs']
		],
		['我叫爱丽丝', '我叫鲍勃', undefined, undefined],
		['', 'new', [], ['new']],
		['same', 'same', [], []]
	])('are compared word by word: %s', (left, right, gone, come) => {
		const diff = diffWords(left, right);
		const join = (side: 'left' | 'right') => diff?.[side].map((piece) => piece.text).join('');
		expect([join('left'), join('right')]).toEqual([left, right]);
		const own = (side: 'left' | 'right') =>
			diff?.[side].filter(({ isOwn }) => isOwn).map((piece) => piece.text);
		if (gone) expect([own('left'), own('right')]).toEqual([gone, come]);
		// Words without spaces between them are words too.
		else expect(diff?.left[0]).toEqual({ text: '我叫', isOwn: false });
	});

	it('are not compared for longer than anybody waits', () => {
		const long = (seed: number) =>
			Array.from({ length: 20_000 }, (_, i) => ((i * seed) % 9973).toString(36)).join(' ');
		const start = performance.now();
		expect(diffWords(long(7), long(31))).toBeUndefined();
		expect(performance.now() - start).toBeLessThan(5000);
	});

	it('are compared without thoughts, with calls and their results', () => {
		const parts: Part[] = [
			{ type: 'reasoning', text: 'secret thoughts' },
			{ type: 'tool-call', id: '1', name: 'get_weather', input: '{"city":"Rome"}' }
		];
		const said = comparedText({ ...turn('a', ''), message: { ...turn('a', '').message, parts } });
		expect(said).toContain('get_weather');
		expect(said).not.toContain('thoughts');
		expect(comparedText(undefined)).toBe('');
	});
});
