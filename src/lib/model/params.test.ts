import { describe, expect, it } from 'vitest';
import { conflictsOf, findMisfits, moveParam, paramNames, paramTable } from './params.ts';
import type { ParamName, ParamRow, Params } from './params.ts';

describe('the table of parameters', () => {
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

	it('begins a number within its range and a choice with one of its choices', () => {
		for (const row of Object.values<ParamRow>(paramTable)) {
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
			store: 'false'
		};
		expect(findMisfits(wrong).sort()).toEqual(Object.keys(wrong).sort());
		const right: Params = { temperature: 0, maxTokens: 0.5, stopSequences: [], store: false };
		expect(findMisfits(right)).toEqual([]);
	});

	it.each<[Params, ParamName, ParamName[]]>([
		[{ temperature: 1, topP: 1 }, 'temperature', ['topP']],
		[{ temperature: 1, maxTokens: 1 }, 'temperature', []],
		[{ topP: 1 }, 'temperature', []]
	])('%j: what conflicts with %s is %j', (params, name, others) => {
		expect(conflictsOf(params, name)).toEqual(others);
	});

	it.each<[Params, Params]>([
		[
			{ maxTokens: 500, topP: 1 },
			{ maxCompletionTokens: 500, topP: 1 }
		],
		[{ maxTokens: 500, maxCompletionTokens: 600 }, { maxCompletionTokens: 600 }],
		[{ topP: 1 }, { topP: 1 }]
	])('%j without max_tokens are %j', (before, after) => {
		expect(moveParam(before, 'maxTokens', 'maxCompletionTokens')).toEqual(after);
	});
});
