import { describe, expect, it } from 'vitest';
import type { Draft, Extra } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { Loss } from './api.ts';
import {
	completeGuess,
	findExtraLosses,
	newOpaqueMessage,
	sayOpaqueMessage,
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
