import { describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../model/turn.ts';
import { mark, matches } from './filter.ts';

const row: ConversationRecord = {
	v: 2,
	id: '1',
	api: 'responses',
	startedAt: 0,
	changedAt: 0,
	simulated: false,
	model: 'openai.gpt-oss-120b',
	title: 'Why does my Retry loop?',
	end: 'http-error',
	status: 400
};
const all = { text: '', api: '', ending: '' } as const;

describe('matches', () => {
	it.each([
		['nothing asked for', {}, true],
		['words of the title', { text: ' retry ' }, true],
		["the model's name", { text: 'OSS' }, true],
		["the model's id", { text: 'openai.' }, true],
		['words it has not', { text: 'retry budget' }, false],
		['its API', { api: 'responses' }, true],
		['another API', { api: 'converse' }, false],
		['a failure', { ending: 'failed' }, true],
		['a whole answer', { ending: 'finished' }, false],
		['its words but another API', { text: 'retry', api: 'converse' }, false]
	] as const)('answers for %s', (_, asked, expected) => {
		expect(matches(row, 'GPT OSS 120B', { ...all, ...asked })).toBe(expected);
	});

	it('counts what the page’s closing cut off as cut short', () => {
		const closed = { ...row, end: 'page-closed' } as const;
		expect(matches(closed, '', { ...all, ending: 'cut-short' })).toBe(true);
		expect(matches(closed, '', { ...all, ending: 'failed' })).toBe(false);
	});

	it('keeps a run without an end in no narrowed list', () => {
		const running = { ...row };
		delete running.end;
		expect(matches(running, '', { ...all, ending: 'failed' })).toBe(false);
	});
});

describe('mark', () => {
	it.each([
		['Why retry?', 'RETRY', { before: 'Why ', hit: 'retry', after: '?' }],
		['a.b', '.', { before: 'a', hit: '.', after: 'b' }],
		['[x] (y) /z/ a-b', '(y) /z/ a-b', { before: '[x] ', hit: '(y) /z/ a-b', after: '' }],
		['İstanbul retry', 'retry', { before: 'İstanbul ', hit: 'retry', after: '' }],
		['你好世界', '世界', { before: '你好', hit: '世界', after: '' }],
		['none', 'other', { before: 'none', hit: '', after: '' }],
		['none', ' ', { before: 'none', hit: '', after: '' }]
	])('cuts %j around %j', (text, wanted, marked) => {
		expect(mark(text, wanted)).toEqual(marked);
	});
});
