import { describe, expect, it } from 'vitest';
import { stringifyJson } from '../../model/json-text.ts';
import { readObject } from './json-input.ts';

describe('readObject', () => {
	it('reads an object, whose numbers keep their digits', () => {
		const read = readObject('{"a": 1.0, "b": [9007199254740993]}');
		expect(read.is === 'object' && stringifyJson(read.value)).toBe(
			'{"a":1.0,"b":[9007199254740993]}'
		);
	});

	it.each(['[]', '1', '"{}"', 'null'])('says that %s is no object', (typed) => {
		expect(readObject(typed)).toEqual({ is: 'no-object' });
	});

	it.each([
		['{"a": 1,\n  b: 2}', { line: 2, column: 3 }],
		['{"a": 1,\n', { line: 2, column: 1 }]
	])('says where %j stops being JSON', (typed, at) => {
		expect(readObject(typed)).toEqual({ is: 'no-json', at });
	});
});
