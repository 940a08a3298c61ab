import { describe, expect, it } from 'vitest';
import { parseNumber } from './number.ts';

const temperature = {
	name: 'temperature',
	path: ['temperature'],
	label: 'temperature',
	group: 'sampling',
	kind: 'number',
	min: 0,
	max: 1,
	initial: 0.7
} as const;
const maxTokens = { ...temperature, kind: 'integer', min: 1, max: undefined } as never;

describe('parseNumber', () => {
	it.each([
		['0.2', 0.2],
		[' 1 ', 1],
		['.5', 0.5],
		['1.', 1],
		['5e-1', 0.5],
		['-0', -0]
	])('reads %j', (typed, value) => {
		expect(parseNumber(typed, temperature)).toEqual({ is: 'number', value });
	});

	it.each(['', '  ', 'abc', '0,5', '0x1', '1e999', 'NaN', 'Infinity', '1 2'])(
		'says that %j is not a number',
		(typed) => {
			expect(parseNumber(typed, temperature)).toEqual({ is: 'not-a-number' });
		}
	);

	it.each([
		['1.4', 1.4],
		['-1', -1]
	])('takes %j, which is outside the range', (typed, value) => {
		expect(parseNumber(typed, temperature)).toEqual({ is: 'number', value });
	});

	it.each(['1.5', '9007199254740993'])('refuses %j for an integer', (typed) => {
		expect(parseNumber(typed, maxTokens)).toEqual({ is: 'not-an-integer' });
	});

	it('knows no upper end where the parameter has none', () => {
		expect(parseNumber('900000', maxTokens)).toEqual({
			is: 'number',
			value: 900000
		});
	});
});
