import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/draft.ts';
import type { Loss, Param } from './api.ts';
import { paramAt, readParams, sayParams } from './params.ts';

describe('a parameter at its place', () => {
	it('is its row of the table with what the API makes otherwise', () => {
		expect(paramAt('maxTokens', ['o', 'm'], { min: 16 })).toEqual({
			...{ name: 'maxTokens', path: ['o', 'm'], label: 'o.m', group: 'length', kind: 'integer' },
			...{ min: 16, initial: 2048, conflicts: ['maxCompletionTokens'] }
		});
		expect(paramAt('store', ['store'], { label: 'keep' }).label).toBe('keep');
	});
});

describe('parameters', () => {
	const list: Param[] = [
		{
			name: 'temperature',
			path: ['t'],
			label: '',
			group: 'sampling',
			kind: 'number',
			min: 0,
			initial: 1
		},
		{
			name: 'maxTokens',
			path: ['o', 'm'],
			label: '',
			group: 'length',
			kind: 'integer',
			min: 1,
			initial: 1
		},
		{
			name: 'topP',
			path: ['o', 'p'],
			label: '',
			group: 'sampling',
			kind: 'number',
			min: 0,
			initial: 1
		},
		{ name: 'stopSequences', path: ['s'], label: '', group: 'length', kind: 'strings', max: 4 },
		{ name: 'store', path: ['f'], label: '', group: 'storage', kind: 'flag' },
		{
			name: 'reasoningEffort',
			path: ['e'],
			label: '',
			group: 'reasoning',
			kind: 'choice',
			choices: [],
			initial: ''
		}
	];
	const params: Draft['params'] = {
		temperature: 0,
		maxTokens: 5,
		topP: 1,
		stopSequences: [],
		store: false,
		reasoningEffort: 'new'
	};
	const body = { t: 0, o: { m: 5, p: 1 }, s: [], f: false, e: 'new' };

	it('go to their paths and come back', () => {
		expect(sayParams({ model: '', messages: [], params }, list, [])).toEqual(body);
		expect(readParams({ ...body, o: { ...body.o, more: 1 } }, list)).toEqual(params);
	});

	it('are read only where a form can show them', () => {
		const odd = { t: '0', o: [5], s: 'x', f: null, e: 1 };
		expect(readParams(odd, list)).toEqual({});
		expect(readParams({ s: ['a', 1], o: { m: null } }, list)).toEqual({});
		expect(readParams(JSON.parse('{"o":{"__proto__":{"m":1}}}') as typeof body, list)).toEqual({});
	});

	it('that have no field are lost, those that are not set are not', () => {
		const losses: Loss[] = [];
		const draft: Draft = { model: '', messages: [], params: { includeUsage: true } };
		expect(sayParams(draft, list, losses)).toEqual({});
		expect(losses).toEqual([{ code: 'param', name: 'includeUsage' }]);
	});
});
