import { describe, expect, it } from 'vitest';
import { layOut } from './lanes.ts';
import type { LaneRow, TreeNode } from './lanes.ts';

/** A forest written as `b<a`: b after a. */
function forest(text: string): TreeNode[] {
	return text.split(' ').map((word) => {
		const [id = '', parent] = word.split('<');
		return { id, parent };
	});
}

/** A row as it is drawn: `|` a line that passes, `*` the node, `\` a fork. */
function draw({ id, lane, passes, into, onward }: LaneRow): string {
	const signs: string[] = Array.from({ length: lane + 1 }, (_, i) =>
		passes.includes(i) ? '|' : ' '
	);
	signs[lane] = { none: 'o', above: '*', fork: '\\' }[into];
	return `${signs.join('')}${id}${onward ? '' : '.'}`;
}

describe('lanes', () => {
	it.each<[string, string, string[]]>([
		['a chain stays in its lane', 'a b<a c<b', ['oa', '*b', '*c.']],
		[
			'a fork opens the next lane, and the newest goes on in the old one',
			'a b<a c<b d<c e<b',
			['oa', '*b', '|\\c', '|*d.', '*e.']
		],
		[
			'two forks of one node use the same lane, one after the other',
			'a b<a c<a d<a',
			['oa', '|\\b.', '|\\c.', '*d.']
		],
		['a fork of a fork', 'a b<a c<b d<b e<a', ['oa', '|\\b', '||\\c.', '|*d.', '*e.']],
		['several first ones', 'a b c<a', ['oa', '*c.', 'ob.']],
		['one after a node that is not there is a first one', 'b<x c<b', ['ob', '*c.']]
	])('%s', (_, nodes, drawn) => {
		expect(layOut(forest(nodes)).map(draw)).toEqual(drawn);
	});

	it('say the level and the place of each for those who do not see them', () => {
		const rows = layOut(forest('a b<a c<b d<b'));
		expect(
			rows.map(({ id, level, position, siblings }) => [id, level, position, siblings])
		).toEqual([
			['a', 1, 1, 1],
			['b', 2, 1, 1],
			['c', 3, 1, 2],
			['d', 3, 2, 2]
		]);
	});

	it('are bounded: forks of forks share the last one', () => {
		const nodes: TreeNode[] = [];
		for (let i = 0; i < 50; i++) {
			const parent = i === 0 ? undefined : `n${i - 1}`;
			nodes.push({ id: `n${i}`, parent }, { id: `m${i}`, parent });
		}
		const rows = layOut(nodes);
		expect(rows).toHaveLength(100);
		expect(Math.max(...rows.map(({ lane }) => lane))).toBe(7);
	});

	it('are laid out once, also in a circle of a damaged store', () => {
		expect(layOut(forest('a<b b<a c')).map(({ id }) => id)).toEqual(['c']);
	});
});
