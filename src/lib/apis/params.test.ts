import { describe, expect, it } from 'vitest';
import type { Draft } from '../model/draft.ts';
import type { JsonObject } from '../model/json.ts';
import type { Loss, ParamPaths } from './api.ts';
import { paramsOf, readParams, wireNameOf } from './forms.ts';
import { requestApis } from './outgoing.ts';
import { sayParams } from './params.ts';

describe('what the form offers', () => {
	const { converse, responses } = requestApis;

	it('is a row of the table with its place and what the API makes otherwise', () => {
		expect(paramsOf(responses).find(({ name }) => name === 'maxTokens')).toEqual({
			...{ name: 'maxTokens', path: ['max_output_tokens'], label: 'max_output_tokens' },
			...{ group: 'length', kind: 'integer', min: 16, initial: 2048 },
			conflicts: ['maxCompletionTokens']
		});
	});

	it.each(Object.values(requestApis))('is all that $id takes', (api) => {
		expect(paramsOf(api).map(({ name }) => name)).toHaveLength(Object.keys(api.params).length);
		const labels = paramsOf(api).map(({ label }) => label);
		expect(new Set(labels).size).toBe(labels.length);
		// From new objects Svelte would take every row of the form for changed.
		expect(paramsOf(api)).toBe(paramsOf(api));
	});

	it('has the names of the wire', () => {
		expect(wireNameOf(converse, 'maxTokens')).toBe('maxTokens');
		expect(wireNameOf(converse, 'latency')).toBe('performanceConfig.latency');
		expect(wireNameOf(converse, 'seed')).toBe('seed');
		expect(wireNameOf(responses, 'reasoningEffort')).toBe('reasoning.effort');
	});
});

describe('parameters', () => {
	const paths: ParamPaths = {
		temperature: ['t'],
		topP: ['o', 'p'],
		maxTokens: ['o', 'm'],
		stopSequences: ['s'],
		reasoningEffort: ['e'],
		store: ['f'],
		user: ['u'],
		metadata: ['d'],
		logitBias: ['b']
	};
	const params: Draft['params'] = {
		temperature: 0,
		maxTokens: 5,
		topP: 1,
		stopSequences: [],
		store: false,
		reasoningEffort: 'new',
		user: '',
		metadata: { a: 'b' },
		logitBias: { 50256: -100 }
	};
	const body: JsonObject = {
		...{ t: 0, o: { m: 5, p: 1 }, s: [], f: false, e: 'new', u: '', d: { a: 'b' } },
		b: { 50256: -100 }
	};

	it('go to their paths and come back', () => {
		expect(sayParams({ model: '', messages: [], params }, paths, [])).toEqual(body);
		expect(readParams({ ...body, o: { m: 5, p: 1, more: 1 } }, paths)).toEqual(params);
	});

	it('are read only where a form can show them', () => {
		const odd = { t: '0', o: [5], s: 'x', f: null, e: 1, u: 1, d: { a: 1 }, b: { $number: '1.0' } };
		expect(readParams(odd, paths)).toEqual({});
		expect(readParams({ s: ['a', 1], o: { m: null }, d: [], b: 'x' }, paths)).toEqual({});
		expect(readParams(JSON.parse('{"o":{"__proto__":{"m":1}}}') as JsonObject, paths)).toEqual({});
	});

	it('that have no field are lost, those that are not set are not', () => {
		const losses: Loss[] = [];
		const draft: Draft = { model: '', messages: [], params: { includeUsage: true } };
		expect(sayParams(draft, paths, losses)).toEqual({});
		expect(losses).toEqual([{ code: 'param', name: 'includeUsage' }]);
	});
});
