import { describe, expect, it } from 'vitest';
import { maxDepth, toJson } from './json-schema.ts';
import { jsonText, storable } from './storable.ts';

/** `depth` lists, one in the other. */
function nest(depth: number): unknown {
	let value: unknown = 0;
	for (let i = 0; i < depth; i++) value = [value];
	return value;
}

/** How many containers lie in each other. */
function depthOf(value: unknown): number {
	let depth = 0;
	for (let next = value; Array.isArray(next); next = next[0]) depth++;
	return depth;
}

describe('what is stored', () => {
	it('is the value itself where it can be', () => {
		const value = JSON.parse('{"a":[1,"x",null,true,{}],"__proto__":{"b":1.5}}') as object;
		expect(storable(value)).toEqual(value);
		expect(Object.keys(storable(value) as object)).toEqual(['a', '__proto__']);
		expect(storable(nest(maxDepth))).toEqual(nest(maxDepth));
		expect(storable({ a: undefined, b: 1 })).toStrictEqual({ b: 1 });
	});

	it.each([101, 150, 20_000])('%i levels deep has the deepest as text, none lost', (depth) => {
		const kept = storable(nest(depth));
		expect(toJson(kept)).toEqual(kept);
		expect(depthOf(kept)).toBe(maxDepth);
		expect(jsonText(kept).replaceAll('"', '')).toBe(jsonText(nest(depth)));
	});

	it.each([
		['1e999', '1e999'],
		['-1e999', '-1e999']
	])('has %s as text', (json, text) => {
		expect(storable({ n: [JSON.parse(json) as number, 1] })).toEqual({ n: [text, 1] });
		expect(storable(NaN)).toBe('NaN');
	});
});

describe('JSON text', () => {
	it.each([
		null,
		'a "quote"\u2028',
		-1.5e300,
		[],
		{},
		[[], {}, [1, [2]]],
		JSON.parse('{"a":{"b":[true,null]},"__proto__":1,"":""}'),
		new Array(200_000).fill(1)
	])('is what JSON.stringify writes', (value: unknown) => {
		expect(jsonText(value)).toBe(JSON.stringify(value));
	});
});
