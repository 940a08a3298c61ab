import { describe, expect, it } from 'vitest';
import type { Draft, Extra } from '../model/draft.ts';
import type { Json } from '../model/json.ts';
import type { Loss } from './api.ts';
import {
	completeGuess,
	findExtraLosses,
	newOpaqueMessage,
	sayBody,
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
	const newDraft = (extra: Extra): Draft => ({ model: '', messages: [], params: {}, extra });

	it('are those of other APIs, where there are any', () => {
		const extra = { responses: {}, 'chat-completions': { seed: 1 } };
		expect(findExtraLosses('converse', newDraft(extra), [])).toEqual([
			{ code: 'extra', api: 'chat-completions' }
		]);
	});

	it('are the words that were typed otherwise, each by its path, and what was typed wins', () => {
		const losses: Loss[] = [];
		const draft = newDraft({ converse: { a: { b: 1, c: 'x' }, d: [1], e: 5 } });
		const body = sayBody('converse', draft, { a: { b: 2, c: 'x' }, d: [1], f: 6 }, losses);
		expect(body).toEqual({ a: { b: 1, c: 'x' }, d: [1], e: 5, f: 6 });
		expect(losses).toEqual([{ code: 'typed', path: 'a.b' }]);
	});
});
