import { describe, expect, it } from 'vitest';
import type { ModelOption } from './options.ts';
import { isOption, rowsOf, topOf, windowOf } from './rows.ts';

const options = (count: number, from = 0): ModelOption[] =>
	Array.from({ length: count }, (_, i) => ({
		...{ id: `m${i + from}`, name: undefined, model: undefined, listed: undefined },
		...{ apis: [], haystack: '' }
	}));

const rows = rowsOf([{ id: 'all', options: options(300) }], options(2, 300), {
	typed: 'm',
	asks: true
});

describe('the rows of the list', () => {
	it('are the groups under their heads, what other tabs have, and what can be done', () => {
		const kinds = rows.map(({ kind }) => kind);
		expect(kinds.filter((kind) => kind === 'head')).toHaveLength(3);
		expect(kinds.slice(-2)).toEqual(['read', 'typed']);
		expect(rows.filter(isOption)).toHaveLength(304);
		expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
	});

	it('are drawn only where they are seen, and keep their room elsewhere', () => {
		const whole = topOf(rows, rows.length);
		for (const top of [0, 100, 400, whole - 25]) {
			const { first, end, above, below } = windowOf(rows, top, 25);
			expect(end - first).toBeLessThan(25);
			expect(above).toBeCloseTo(topOf(rows, first));
			expect(above + below + topOf(rows.slice(first, end), end - first)).toBeCloseTo(whole);
			expect(above).toBeLessThanOrEqual(top);
			expect(topOf(rows, end)).toBeGreaterThanOrEqual(Math.min(top + 25, whole) - 0.001);
		}
		expect(windowOf([], 0, 25)).toEqual({ first: 0, end: 0, above: 0, below: 0 });
	});
});
