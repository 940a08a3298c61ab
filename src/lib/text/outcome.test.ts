import { describe, expect, it } from 'vitest';
import type { Unreachable } from '../model/exchange.ts';
import { text } from './index.ts';

describe('what is said of a request that got no answer', () => {
	it.each<[Unreachable, RegExp, boolean]>([
		['closed', /most likely the connection closed/, true],
		['withheld', /the connection closed first/, true],
		['no-answer', /this is not the key and not CORS/, true],
		['offline', /Nothing was sent/, false],
		['policy', /did not send/, false],
		['redirect', /not followed/, false]
	])('%s', (cause, words, mayHaveArrived) => {
		const said = text.errors.say(text.errors.causes[cause]) ?? '';
		expect(said).toMatch(words);
		expect(said.includes('may have arrived')).toBe(mayHaveArrived);
	});

	it('closed: a browser may have sent it twice', () => {
		expect(text.errors.causes.closed).toMatch(/sends a request again by itself, so two may/);
	});
});
