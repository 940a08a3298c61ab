import { describe, expect, it } from 'vitest';
import { cosineOf, cosinesOf, normOf } from './vectors.ts';

describe('vectors', () => {
	it.each<[number[], number]>([
		[[], 0],
		[[3, 4], 5],
		[[0, 0], 0],
		[new Array<number>(4096).fill(0.5), 32]
	])('of %j have a norm', (vector, norm) => expect(normOf(vector)).toBeCloseTo(norm, 10));

	it.each<[number[], number[], number | undefined]>([
		[[1, 2], [2, 4], 1],
		[[1, 0], [0, 1], 0],
		[[1, 1], [-1, -1], -1],
		[[1, 0], [1, 1], Math.SQRT1_2],
		[[0.1, 0.2, 0.3], [0.1, 0.2, 0.3], 1],
		[[0, 0], [1, 1], undefined],
		[[1], [1, 1], undefined]
	])('%j and %j have the cosine %s', (a, b, cosine) => {
		const found = cosineOf(a, b);
		if (cosine === undefined) expect(found).toBeUndefined();
		else expect(found).toBeCloseTo(cosine, 10);
	});

	it('give a table that is the same along its diagonal, with holes where one is missing', () => {
		expect(cosinesOf([[1, 0], undefined, [0, 2]])).toEqual([
			[1, undefined, 0],
			[undefined, undefined, undefined],
			[0, undefined, 1]
		]);
	});
});
