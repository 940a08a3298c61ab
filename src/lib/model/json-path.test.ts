import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from './json.ts';
import { getAt, setAt } from './json-path.ts';
import type { JsonPath } from './json-path.ts';

describe('a value at a path', () => {
	it.each<[JsonObject, JsonPath, Json | undefined, JsonObject]>([
		[{}, ['a', 'b'], 1, { a: { b: 1 } }],
		[{ a: { b: 1, c: 2 } }, ['a', 'b'], undefined, { a: { c: 2 } }],
		[{ a: { b: { c: 1 } }, d: {} }, ['a', 'b', 'c'], undefined, { d: {} }],
		[{ a: [1] }, ['a', 'b'], 1, { a: { b: 1 } }],
		[{ a: 1 }, ['b'], undefined, { a: 1 }],
		[{}, ['a'], {}, { a: {} }]
	])('%j with %j as %j is %j', (object, path, value, changed) => {
		const before = structuredClone(object);
		expect(setAt(object, path, value)).toEqual(changed);
		expect(object).toEqual(before);
		if (value !== undefined) expect(getAt(changed, path)).toEqual(value);
	});

	it('is never one that is inherited', () => {
		expect(getAt({}, ['constructor', 'name'])).toBeUndefined();
		expect(getAt([{ a: 1 }], ['0'])).toBeUndefined();
		const set = setAt({}, ['__proto__', 'a'], 1);
		expect(Object.keys(set)).toEqual(['__proto__']);
		expect('a' in {}).toBe(false);
	});
});
