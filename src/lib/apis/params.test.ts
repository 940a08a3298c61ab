import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/draft.ts';
import type { Loss, Param } from './api.ts';
import { readParams, sayParams } from './params.ts';

describe('parameters', () => {
	const list: Param[] = [
		{ name: 'temperature', path: ['t'], group: 'sampling', kind: 'number', min: 0, initial: 1 },
		{ name: 'maxTokens', path: ['o', 'm'], group: 'length', kind: 'integer', min: 1, initial: 1 },
		{ name: 'topP', path: ['o', 'p'], group: 'sampling', kind: 'number', min: 0, initial: 1 },
		{ name: 'stopSequences', path: ['s'], group: 'length', kind: 'strings', max: 4 },
		{ name: 'store', path: ['f'], group: 'storage', kind: 'flag' },
		{
			name: 'reasoningEffort',
			path: ['e'],
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
