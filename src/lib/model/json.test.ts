import { describe, expect, it } from 'vitest';
import { joinPieces } from './json-pieces.ts';
import {
	hasExactNumbers,
	JsonError,
	parseJson,
	readDeepJson,
	readJson,
	stringifyJson
} from './json-text.ts';
import { equalJson, getOwn, isJsonObject, mergeJson, subtractJson } from './json.ts';
import type { Json, JsonObject } from './json.ts';

function parse(text: string): JsonObject {
	const value = parseJson(text);
	if (!isJsonObject(value)) throw new Error('not an object');
	return value;
}

describe('parsing JSON', () => {
	it.each([
		'9007199254740991',
		'-9007199254740991',
		'0',
		'-1.5',
		'1e30',
		'1E-400',
		'123456789012345678e-5',
		'0.1234567890123456789'
	])('takes the number %s', (text) => {
		expect(parseJson(text)).toBe(JSON.parse(text));
	});

	it.each([
		['9007199254740992', '9007199254740992'],
		['-9007199254740993', '-9007199254740993'],
		['{"seed": 12345678901234567890 }', '12345678901234567890'],
		['["\\\\", 9007199254740993]', '9007199254740993'],
		['["\\"", 9007199254740993, "\\""]', '9007199254740993'],
		['9007199254740993.0', '9007199254740993.0'],
		['1e400', '1e400']
	])('refuses %s, which would be another number', (text, value) => {
		expect(() => parseJson(text)).toThrow(
			expect.objectContaining({ code: 'unsafe-integer', value })
		);
	});

	it.each([
		'"9007199254740993"',
		'{"9007199254740993": "a\\"9007199254740993\\\\"}',
		'["\\\\\\"9007199254740993"]'
	])('does not look into the strings of %s', (text) => {
		expect(parseJson(text)).toEqual(JSON.parse(text));
	});

	it.each(['', '{', '[1,]', 'undefined', "{'a':1}", '\ufeff{}'])(
		'refuses %j, which is not JSON',
		(text) => {
			expect(() => parseJson(text)).toThrow(JsonError);
			expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'not-json' }));
		}
	);

	it('takes a string as long as an image, and one of nothing but escapes', () => {
		const body = { image: 'A1'.repeat(5_000_000), escapes: '\n'.repeat(1_000_000), last: 1 };
		expect(parse(JSON.stringify(body)).last).toBe(1);
	});
});

describe('keys that name a prototype are data', () => {
	const odd = '{"__proto__":{"a":1},"constructor":{"b":2},"toString":3}';

	it('in a value, a merge and a difference', () => {
		expect(JSON.stringify(mergeJson(parse(odd), { c: 1 }))).toBe(odd.replace(/}$/, ',"c":1}'));
		expect(JSON.stringify(mergeJson({ c: 1 }, parse(odd)))).toBe(odd.replace('{', '{"c":1,'));
		expect(JSON.stringify(subtractJson(parse(odd), { toString: 3 } as unknown as JsonObject))).toBe(
			'{"__proto__":{"a":1},"constructor":{"b":2}}'
		);
		expect(
			JSON.stringify(mergeJson(parse('{"__proto__":{"x":1}}'), parse('{"__proto__":{"y":2}}')))
		).toBe('{"__proto__":{"x":1,"y":2}}');
		expect(Object.getPrototypeOf(mergeJson(parse(odd), parse(odd)))).toBe(Object.prototype);
		expect(({} as JsonObject).a).toBeUndefined();
	});

	it('and are not found where they are inherited', () => {
		expect(getOwn({}, 'constructor')).toBeUndefined();
		expect(getOwn({}, '__proto__')).toBeUndefined();
		expect(getOwn(parse(odd), '__proto__')).toEqual({ a: 1 });
		expect(getOwn([1], '0')).toBeUndefined();
		expect(equalJson({}, parse('{"__proto__":{}}'))).toBe(false);
		expect(equalJson(parse('{"toString":1}'), { x: 1 })).toBe(false);
	});
});

describe('equality', () => {
	it.each<[Json | undefined, Json | undefined, boolean]>([
		[{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true],
		[[1, 2], [2, 1], false],
		[[], {}, false],
		[null, {}, false],
		[null, undefined, false],
		[undefined, undefined, true],
		[[1], [1, 2], false],
		[{ a: 1 }, { a: 1, b: 2 }, false],
		['1', 1, false],
		[0, false, false]
	])('of %j and %j is %s', (a, b, equal) => {
		expect(equalJson(a, b)).toBe(equal);
		expect(equalJson(b, a)).toBe(equal);
	});
});

describe('merging and subtracting', () => {
	it.each<[JsonObject, JsonObject, JsonObject]>([
		[{ a: 1 }, { b: 2 }, { a: 1, b: 2 }],
		[{ a: { x: 1, y: 2 } }, { a: { y: 3 } }, { a: { x: 1, y: 3 } }],
		[{ a: [1, 2] }, { a: [3] }, { a: [3] }],
		[{ a: { x: 1 } }, { a: null }, { a: null }],
		[{ a: 'x' }, { a: { y: 1 } }, { a: { y: 1 } }]
	])('%j under %j is %j', (under, over, merged) => {
		const before = JSON.stringify([under, over]);
		expect(mergeJson(under, over)).toEqual(merged);
		expect(mergeJson(subtractJson(merged, over), over)).toEqual(merged);
		expect(JSON.stringify([under, over])).toBe(before);
	});

	it('leaves nothing of what is the same or cannot be told by merging', () => {
		expect(subtractJson({ a: { b: 1 }, c: [1], d: 2 }, { a: { b: 1 }, c: [2], d: 3 })).toEqual({});
		expect(subtractJson({ a: { b: 1, c: {} } }, { a: { b: 1 } })).toEqual({ a: { c: {} } });
	});
});

describe('numbers keep their digits', () => {
	const numbers = [
		...['0', '-0', '1', '1.0', '-1.50', '0.10', '9007199254740993', '12345678901234567890'],
		...[
			'1e5',
			'1E+2',
			'1e999',
			'-1e-999',
			'0.0000001',
			'123456789012.12345678',
			'0.1234567890123456789'
		]
	];

	it.each(numbers)('%s', (number) => {
		for (const text of [number, `{"a":${number}}`, `[1,${number},"${number}"]`]) {
			expect(stringifyJson(readJson(text))).toBe(text);
			expect(stringifyJson(readDeepJson(text))).toBe(text);
		}
		expect(hasExactNumbers(`[${number}]`)).toBe(
			JSON.stringify(JSON.parse(`[${number}]`)) === `[${number}]`
		);
	});

	it('also with an indent, and in a text that ends too early nothing goes on for ever', () => {
		expect(stringifyJson(readJson('{"a":[1.0]}'), 2)).toBe('{\n  "a": [\n    1.0\n  ]\n}');
		for (const cut of ['{"a": 1.0, "b": "x', '{"a": 1.0, "b": "\\"', '"1.0', '[1.0']) {
			expect(() => readJson(cut)).toThrow(SyntaxError);
			expect(() => readDeepJson(cut)).toThrow(SyntaxError);
		}
	});

	it.each([
		'{"$number":"1"}',
		'{"$number":"1.0"}',
		'{"$number":"1.0","b":1.0}',
		'{"$$number":"1.0"}',
		'{"$number":{"$number":"1e999"},"text":"{\\"$number\\":\\"1.0\\"}"}',
		'["$number",":","$$number"]'
	])('%s of somebody else is data', (text) => {
		expect(stringifyJson(readJson(text))).toBe(text);
		expect(stringifyJson(readDeepJson(text))).toBe(text);
		expect(stringifyJson(parseJson(text.replaceAll(':1.0}', ':1}')))).toBe(
			text.replaceAll(':1.0}', ':1}')
		);
	});

	it('when values are merged, taken apart or joined', () => {
		const one = readJson('{"n":1.0}') as JsonObject;
		const two = readJson('{"n":2.0}') as JsonObject;
		expect(stringifyJson(mergeJson(one, two))).toBe('{"n":2.0}');
		expect(stringifyJson(mergeJson({ n: { x: 1 } }, two))).toBe('{"n":2.0}');
		expect(stringifyJson(mergeJson(one, { n: { x: 1 } }))).toBe('{"n":{"x":1}}');
		expect(subtractJson(one, two)).toEqual({});
		expect(stringifyJson(joinPieces(one, two))).toBe('{"n":2.0}');
	});
});
