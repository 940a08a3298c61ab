import { describe, expect, it } from 'vitest';
import type { Draft, Extra } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { Loss, Param } from './api.ts';
import { apis } from './index.ts';
import {
	completeGuess,
	findExtraLosses,
	newOpaqueMessage,
	readParams,
	sayOpaqueMessage,
	sayParams,
	sayWithExtra
} from './words.ts';

describe('words and the verbatim fields under them', () => {
	it('merge deeply, the words win and stand first', () => {
		const thing = { extra: { converse: { z: 1, a: { x: 0, y: 2 } }, responses: { r: 1 } } };
		const said = sayWithExtra('converse', thing, { a: { x: 1 } });
		expect(JSON.stringify(said)).toBe('{"a":{"x":1,"y":2},"z":1}');
	});

	it('keep a key __proto__ as data', () => {
		const extra = { converse: JSON.parse('{"__proto__":{"a":1}}') as Record<string, Json> };
		expect(JSON.stringify(sayWithExtra('converse', { extra }, { b: 2 }))).toBe(
			'{"b":2,"__proto__":{"a":1}}'
		);
	});
});

describe('completing a guess', () => {
	interface Guess {
		text: string;
		extra?: Extra;
	}
	const say = (guess: Guess): Json => sayWithExtra('converse', guess, { text: guess.text });

	it.each<[Json, Guess | undefined]>([
		[{ text: 'a' }, { text: 'a' }],
		[
			{ text: 'a', more: 1 },
			{ text: 'a', extra: { converse: { more: 1 } } }
		],
		[{ text: 'b' }, undefined],
		[{}, undefined],
		['a', undefined]
	])('for %j gives %j', (wire, whole) => {
		expect(completeGuess('converse', wire, { text: 'a' }, say)).toEqual(whole);
	});
});

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

	it.each(Object.values(apis))('of $id have a name and a path of their own', (api) => {
		const names = api.params.map(({ name }) => name);
		const paths = api.params.map(({ path }) => path.join('.'));
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(paths).size).toBe(paths.length);
	});
});

describe('what is kept whole', () => {
	it.each([null, 'x', { role: 'user' }])('%j is said by its own API only', (value) => {
		const message = newOpaqueMessage('responses', value);
		expect(sayOpaqueMessage('responses', message)).toEqual(value);
		expect(sayOpaqueMessage('converse', message)).toBeUndefined();
	});
});

describe('losses of verbatim fields', () => {
	const losses = (extra: NonNullable<Draft['extra']>, body: Record<string, Json>): Loss[] =>
		findExtraLosses('converse', { model: '', messages: [], params: {}, extra }, [], body);

	it('are those of other APIs, where there are any', () => {
		expect(losses({ responses: {}, 'chat-completions': { seed: 1 } }, {})).toEqual([
			{ code: 'extra', api: 'chat-completions' }
		]);
	});

	it('are own ones where a word says something else', () => {
		expect(losses({ converse: { a: { b: 1 } } }, { a: { b: 1, c: 2 } })).toEqual([]);
		expect(losses({ converse: { a: { b: 1 } } }, { a: { b: 2 } })).toEqual([
			{ code: 'extra', api: 'converse' }
		]);
	});
});
