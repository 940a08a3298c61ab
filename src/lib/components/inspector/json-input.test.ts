import { describe, expect, it } from 'vitest';
import { stringifyJson } from '../../model/json-text.ts';
import { readTyped } from './json-input.ts';

describe('what is typed into a field for JSON', () => {
	it('is read with the digits of its numbers', () => {
		const read = readTyped('{"a": 1.0, "b": [9007199254740993]}', true);
		expect(read.is === 'value' && stringifyJson(read.value)).toBe(
			'{"a":1.0,"b":[9007199254740993]}'
		);
	});

	it.each(['[]', '1', '"{}"', 'null'])('%s is a value, and no object', (typed) => {
		expect(readTyped(typed, true)).toEqual({ is: 'no-object' });
		expect(readTyped(typed, false)).toEqual({ is: 'value', value: JSON.parse(typed) });
	});

	it.each([
		['{"a": 1,\n  b: 2}', { line: 2, column: 3 }],
		['{"a": 1,\n', { line: 2, column: 1 }]
	])('%j stops being JSON at a place that is said', (typed, at) => {
		expect(readTyped(typed, true)).toMatchObject({ is: 'no-json', at });
	});
});
