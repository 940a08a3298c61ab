import { describe, expect, it } from 'vitest';
import type { Message } from './draft.ts';
import { failedStatus, titleOf } from './run-summary.ts';

const error = { status: 429, message: 'slow', raw: '{}' };
const message = (role: Message['role'], text: string): Message => {
	return { id: '', role, parts: [{ type: 'text', text }] };
};

describe('a title', () => {
	it('is the first user message, and nothing without a user', () => {
		const messages = [message('system', 'Be kind.'), message('user', ' Hi\n there ')];
		expect(titleOf([...messages, message('user', 'Again')])).toBe('Hi there');
		expect(titleOf([message('assistant', 'Hello')])).toBe('');
	});

	it.each([
		['x'.repeat(80), 'x'.repeat(80)],
		['x'.repeat(81), `${'x'.repeat(79)}…`],
		[`${'word '.repeat(30)}`, `${'word '.repeat(15).trim()}…`],
		['\ud83d\ude00'.repeat(81), `${'\ud83d\ude00'.repeat(79)}…`],
		[`\n\t${' '.repeat(2000)}a\r\n\r\nb`, 'a b'],
		['half \ud83d', 'half \ufffd']
	])('is cut between words or characters', (text, title) => {
		expect(titleOf([message('user', text)])).toBe(title);
	});
});

describe('the status of a failure', () => {
	it.each([
		[{ end: 'http-error', error }, 429],
		[{ end: 'not-an-answer', status: 502, contentType: '', text: '' }, 502],
		[{ end: 'stream-error', error }, undefined],
		[{ end: 'finished', reason: 'end_turn' }, undefined]
	] as const)('of %o is %s', (outcome, status) => {
		expect(failedStatus(outcome)).toBe(status);
	});
});
