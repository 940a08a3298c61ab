import { describe, expect, it } from 'vitest';
import { isJsonObject } from './json.ts';
import { paramNames } from './param-names.ts';
import type { ParamName } from './param-names.ts';
import { conflictsOf, findMisfits, paramTable } from './params.ts';
import type { ParamRow, Params } from './params.ts';

describe('the table of parameters', () => {
	it('has a row for each name, in the order of the names', () => {
		expect(Object.keys(paramTable)).toEqual(paramNames);
	});

	it('names only conflicts that there are, and each from both sides', () => {
		for (const name of paramNames) {
			const row: ParamRow = paramTable[name];
			for (const other of row.conflicts ?? []) {
				expect(paramNames).toContain(other);
				const there: ParamRow = paramTable[other as ParamName];
				expect(there.conflicts).toContain(name);
			}
		}
	});

	it('begins each with a value that it may have', () => {
		for (const row of Object.values<ParamRow>(paramTable)) {
			if (row.kind === 'object') expect(isJsonObject(JSON.parse(row.initial))).toBe(true);
			if (row.kind === 'choice') expect(row.choices).toContain(row.initial);
			if (row.kind !== 'number' && row.kind !== 'integer') continue;
			expect(row.initial).toBeGreaterThanOrEqual(row.min);
			expect(row.initial).toBeLessThanOrEqual(row.max ?? Infinity);
		}
	});
});

describe('parameters', () => {
	it('of another kind than their row are found', () => {
		const wrong: Params = {
			temperature: { toString: 1 },
			topP: null,
			maxTokens: '5',
			stopSequences: ['a', 1],
			reasoningEffort: true,
			store: 'false',
			metadata: { a: 1 },
			user: 5,
			logitBias: { $number: '1.0' },
			promptVariables: []
		};
		expect(findMisfits(wrong).sort()).toEqual(Object.keys(wrong).sort());
		const right: Params = {
			temperature: 0,
			maxTokens: 0.5,
			stopSequences: [],
			store: false,
			metadata: {},
			user: '',
			logitBias: { 1: -1 }
		};
		expect(findMisfits(right)).toEqual([]);
	});

	it.each<[Params, ParamName, ParamName[]]>([
		[{ temperature: 1, topP: 1 }, 'temperature', ['topP']],
		[{ temperature: 1, maxTokens: 1 }, 'temperature', []],
		[{ topP: 1 }, 'temperature', []]
	])('%j: what conflicts with %s is %j', (params, name, others) => {
		expect(conflictsOf(params, name)).toEqual(others);
	});
});
