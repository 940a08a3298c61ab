import fc from 'fast-check';
import suite from '../../../tests/fixtures/json-test-suite.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { findJsonProblem } from './json-problem.ts';

/** What V8 says of a text that is not JSON: a place, a character or its end; undefined where it parses it. */
function saidByV8(text: string): { at: number } | { token: string } | undefined {
	try {
		JSON.parse(text);
		return undefined;
	} catch (error) {
		const { message } = error as Error;
		const [, at] = /at position (\d+)/.exec(message) ?? [];
		if (at !== undefined) return { at: Number(at) };
		const [, token] = /^Unexpected token '([^]+?)', /.exec(message) ?? [];
		return token === undefined ? { at: text.length } : { token };
	}
}

/** A JSON text, and what a slip of the hand makes of it. */
const slips = fc
	.tuple(fc.json({ maxDepth: 4 }), fc.integer({ min: 0, max: 400 }), fc.nat({ max: 2 }))
	.chain(([json, at, drop]) =>
		fc
			.constantFrom(...'{}[],:"\\-0.eE+tfn u\n\t\u0001x'.split(''), '', '\\u12', 'tru')
			.map((slip) => {
				const place = at % (json.length + 1);
				return json.slice(0, place) + slip + json.slice(place + drop);
			})
	);

describe('where a text stops being JSON', () => {
	it.each([
		['{"a": }', 6, 1, 7],
		['{\n  "a": 1,\n}', 12, 3, 1],
		['{"a": 1', 7, 1, 8],
		['', 0, 1, 1],
		['{a: 1}', 1, 1, 2],
		["{'a': 1}", 1, 1, 2],
		['[1, 2', 5, 1, 6],
		['[01]', 2, 1, 3],
		['{"a": "\n"}', 7, 1, 8],
		['nul', 3, 1, 4],
		['{"a": 1} // why', 9, 1, 10]
	])('of %j is %i, line %i, column %i', (text, at, line, column) => {
		expect(findJsonProblem(text)).toEqual({ at, line, column });
	});

	it.each(Object.entries(suite.texts))('is found in %s where V8 refuses it', (_, text) => {
		expect(findJsonProblem(text) === undefined).toBe(saidByV8(text) === undefined);
	});

	it('is the place that V8 names, wherever a hand slips', () => {
		fc.assert(
			fc.property(slips, (text) => {
				const said = saidByV8(text);
				const at = findJsonProblem(text)?.at;
				if (said === undefined || 'at' in said) expect(at).toBe(said?.at);
				else expect(String.fromCodePoint(text.codePointAt(at ?? 0) ?? 0)).toBe(said.token);
			}),
			{ numRuns: 5000 }
		);
	});

	it('is found in a string of 10 MB and under 100,000 brackets', () => {
		expect(findJsonProblem(`["${'x'.repeat(1e7)}"]`)).toBeUndefined();
		expect(findJsonProblem('['.repeat(1e5))?.at).toBe(1e5);
	});
});
