import { describe, expect, it } from 'vitest';
import { newMessage, textOf } from './draft.ts';
import type { Message } from './draft.ts';
import {
	editAt,
	insertAt,
	leafBelow,
	moveTo,
	pathTo,
	removeAt,
	setRole,
	siblingsOf
} from './path.ts';
import type { Edit, Turns } from './path.ts';
import type { Turn } from './turn.ts';

function newTurn(id: string, parent: string | undefined, at: number): Turn {
	const isAnswer = id.startsWith('a');
	const message: Message = {
		...newMessage(isAnswer ? 'assistant' : 'user', id),
		id,
		...(isAnswer && { from: { run: `run ${id}`, model: 'm' } })
	};
	return { v: 2, id, conversation: 'c', ...(parent !== undefined && { parent }), at, message };
}

/** u1 ─ a1 ─ u2 ─ a2, and a1b beside a1 with u2b below. */
const turns: Turns = new Map(
	[
		newTurn('u1', undefined, 1),
		newTurn('a1', 'u1', 2),
		newTurn('u2', 'a1', 3),
		newTurn('a2', 'u2', 4),
		newTurn('a1b', 'u1', 5),
		newTurn('u2b', 'a1b', 6)
	].map((turn) => [turn.id, turn])
);

function apply({ added, leaf }: Edit, to: Turns = turns): { tree: Turns; path: Turn[] } {
	const tree = new Map([...to, ...added.map((turn) => [turn.id, turn] as const)]);
	return { tree, path: pathTo(tree, leaf) };
}

const texts = (path: Turn[]): string[] => path.map(({ message }) => textOf(message.parts));

describe('a path through the tree', () => {
	it.each([
		['a2', ['u1', 'a1', 'u2', 'a2']],
		['u2b', ['u1', 'a1b', 'u2b']],
		['u1', ['u1']],
		['gone', []],
		[undefined, []]
	])('to %s is %j', (leaf, ids) => {
		expect(pathTo(turns, leaf).map(({ id }) => id)).toEqual(ids);
	});

	it('begins after a turn that is missing, and ends where a damaged store goes round', () => {
		const orphan = new Map([['x', newTurn('x', 'gone', 1)]]);
		expect(pathTo(orphan, 'x').map(({ id }) => id)).toEqual(['x']);
		const ring = new Map([
			['x', newTurn('x', 'y', 1)],
			['y', newTurn('y', 'x', 2)]
		]);
		expect(pathTo(ring, 'x').map(({ id }) => id)).toEqual(['y', 'x']);
		expect(leafBelow(ring, 'x')).toBe('x');
	});

	it('has siblings where one asked twice', () => {
		expect(siblingsOf(turns, 'a1b').map(({ id }) => id)).toEqual(['a1', 'a1b']);
		expect(siblingsOf(turns, 'u1').map(({ id }) => id)).toEqual(['u1']);
		expect(siblingsOf(turns, 'gone')).toEqual([]);
	});

	it.each([
		['u1', 'u2b'],
		['a1', 'a2'],
		['u2b', 'u2b'],
		['gone', 'gone']
	])('goes on below %s to the newest end, %s', (id, leaf) => {
		expect(leafBelow(turns, id)).toBe(leaf);
	});
});

describe('an edit of a path', () => {
	const text = [{ type: 'text', text: 'new' } as const];
	const greeting = newMessage('user', 'hello');
	it.each<[string, Edit, string[]]>([
		['of a turn', editAt(turns, 'a2', 'a1', text), ['u1', 'new', 'u2', 'a2']],
		['of the first turn', editAt(turns, 'a2', 'u1', text), ['new', 'a1', 'u2', 'a2']],
		['that removes', removeAt(turns, 'a2', 'a1'), ['u1', 'u2', 'a2']],
		['that removes the last', removeAt(turns, 'a2', 'a2'), ['u1', 'a1', 'u2']],
		['that removes all there is', removeAt(turns, 'u1', 'u1'), []],
		['that inserts', insertAt(turns, 'u2', 1, [greeting], 'c'), ['u1', 'hello', 'a1', 'u2']],
		['that appends', insertAt(turns, 'u2', 3, [greeting], 'c'), ['u1', 'a1', 'u2', 'hello']],
		['that moves up', moveTo(turns, 'a2', 'u2', 0), ['u2', 'u1', 'a1', 'a2']],
		['that moves down', moveTo(turns, 'a2', 'u1', 2), ['a1', 'u2', 'u1', 'a2']],
		['of a role', setRole(turns, 'a2', 'u2', 'developer'), ['u1', 'a1', 'u2', 'a2']]
	])('%s leads through the new turns', (_, edit, wanted) => {
		const { tree, path } = apply(edit);
		expect(texts(path)).toEqual(wanted);
		for (const [id, turn] of turns) expect(tree.get(id)).toBe(turn);
		for (const { id, message } of edit.added) {
			expect(message.id).toBe(id);
			expect(turns.has(id)).toBe(false);
		}
	});

	it.each<[string, Edit]>([
		['a turn that is not there', removeAt(turns, 'a2', 'gone')],
		['the role it has', setRole(turns, 'a2', 'a1', 'assistant')],
		['the place it has', moveTo(turns, 'a2', 'u2', 2)]
	])('of %s changes nothing', (_, edit) => {
		expect(edit).toEqual({ added: [], leaf: 'a2' });
	});

	it('keeps what came before it, and adds siblings that share the parts of what comes after it', () => {
		const { added } = editAt(turns, 'a2', 'a1', text, 9);
		expect(added.map(({ parent, of, at }) => ({ parent, of, at }))).toEqual([
			{ parent: 'u1', of: undefined, at: 9 },
			{ parent: added[0]?.id, of: 'u2', at: 9 },
			{ parent: added[1]?.id, of: 'a2', at: 9 }
		]);
		expect(added[2]?.message.parts).toBe(turns.get('a2')?.message.parts);
	});

	it('names the first turn that had the parts, also for a copy of a copy', () => {
		const { tree, path } = apply(removeAt(turns, 'a2', 'a1'));
		const again = removeAt(tree, path.at(-1)?.id, path[1]?.id ?? '');
		expect(again.added.map(({ of }) => of)).toEqual(['a2']);
	});

	it('takes the run from an answer that was edited, and leaves it to one that was copied', () => {
		const [edited, , copied] = editAt(turns, 'a2', 'a1', text).added;
		expect(edited?.message.from).toBeUndefined();
		expect(copied?.message.from).toEqual({ run: 'run a2', model: 'm' });
		expect(setRole(turns, 'a2', 'a2', 'user').added[0]?.message.from).toBeUndefined();
	});

	it('begins a conversation', () => {
		const { added, leaf } = insertAt(new Map(), undefined, 0, [greeting], 'new', 3);
		expect(added).toEqual([
			{ v: 2, id: leaf, conversation: 'new', at: 3, message: { ...greeting, id: leaf } }
		]);
	});
});
