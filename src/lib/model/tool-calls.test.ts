import { describe, expect, it } from 'vitest';
import type { Message, Part } from './draft.ts';
import { newResults, openCallsOf } from './tool-calls.ts';
import { writtenResultsOf } from './tool-results.ts';

const text = (words: string): Part => ({ type: 'text', text: words });
const call = (id: string, input = '{}'): Part => ({ type: 'tool-call', id, name: 'n', input });
const served: Part = {
	...call('s1'),
	extra: { converse: { toolUse: { type: 'server_tool_use' } } }
};
const result = (id: string): Part => ({ type: 'tool-result', id, parts: [text('wet')] });
const say = (role: Message['role'], ...parts: Part[]): Message => ({ id: 'm', role, parts });
const hi = say('user', text('Hi'));

describe('calls that wait for a result', () => {
	it.each<[string, Message[], string[]]>([
		['none of no messages', [], []],
		['none of a question', [hi], []],
		[
			'those of the last answer',
			[hi, say('assistant', text('Well'), call('a'), call('b'))],
			['a', 'b']
		],
		[
			'none of an answer that was followed by other words',
			[hi, say('assistant', call('a')), hi],
			[]
		],
		[
			'none of those that have one',
			[hi, say('assistant', call('a')), say('tool', result('a'))],
			[]
		],
		[
			'the rest where only some have one',
			[hi, say('assistant', call('a'), call('b')), say('tool', result('a'))],
			['b']
		],
		['none of the service’s own tools', [hi, say('assistant', served, call('a'))], ['a']],
		[
			'none of an earlier answer',
			[hi, say('assistant', call('a')), say('tool', result('a')), say('assistant', text('Wet'))],
			[]
		]
	])('%s', (_, path, ids) => {
		expect(openCallsOf(path).map(({ id }) => id)).toEqual(ids);
	});

	it.each([
		['{"city":"Lisbon"}', false],
		['', false],
		['{"city":"Lis', true],
		['Lisbon', true]
	])('%j is cut: %s', (input, isCut) => {
		expect(openCallsOf([say('assistant', call('a', input))])).toMatchObject([{ isCut }]);
	});
});

describe('the message of results', () => {
	const calls = openCallsOf([say('assistant', call('a'), call('b'))]);

	it('is there once every call has one, all in one turn', () => {
		expect(newResults(calls, {}, true)).toBeUndefined();
		expect(newResults(calls, { a: { text: 'wet' } }, true)).toBeUndefined();
		const message = newResults(calls, { b: { text: '{"t":1}' }, a: { text: 'wet' } }, true);
		expect(message).toMatchObject({
			role: 'tool',
			parts: [
				{ type: 'tool-result', id: 'a', parts: [{ type: 'text', text: 'wet' }] },
				{ type: 'tool-result', id: 'b', parts: [{ type: 'text', text: '{"t":1}', json: true }] }
			]
		});
	});

	it.each([['[1]'], ['"wet"'], ['7'], ['null'], ['{"t":']])('takes %j as text', (words) => {
		const message = newResults(calls.slice(0, 1), { a: { text: words } }, true);
		expect(message?.parts).toEqual([{ type: 'tool-result', id: 'a', parts: [text(words)] }]);
	});

	it('says a failure only where there is a field for it', () => {
		const results = { a: { text: 'gone', isError: true } } as const;
		const [one] = calls;
		expect(newResults(one ? [one] : [], results, true)?.parts).toMatchObject([{ status: 'error' }]);
		expect(newResults(one ? [one] : [], results, false)?.parts[0]).not.toHaveProperty('status');
	});

	it('can be written again as it was', () => {
		const results = {
			a: { text: '{"t":1}', asText: true, isError: true },
			b: { text: '{"t":2}' }
		} as const;
		const message = newResults(calls, results, true);
		expect(message && writtenResultsOf(message)).toEqual(results);
	});
});
