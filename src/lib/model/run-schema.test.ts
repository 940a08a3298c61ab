import { describe, expect, it } from 'vitest';
import type { ServiceError, Usage } from './event.ts';
import { parseKeyRecord, parseSecretRecord } from './key-schema.ts';
import type { KeyRecord } from './key.ts';
import { parseRun, parseRunSummary } from './run-schema.ts';
import { summarize } from './run-summary.ts';
import type { Outcome, Run, RunSummary, RunTimes } from './run.ts';

/** Every field there is, so that one added to the type and forgotten in the schema fails here. */
type Full<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

const error: Full<ServiceError> = {
	...{ status: 429, code: 'ThrottlingException', message: 'slow', requestId: 'q', raw: '{}' }
};
const outcomes: { [E in Outcome['end']]: Extract<Outcome, { end: E }> | Outcome } = {
	finished: { end: 'finished', reason: 'end_turn' },
	stopped: { end: 'stopped' },
	'cut-short': { end: 'cut-short', midFrame: true },
	'bad-frame': { end: 'bad-frame', code: 'crc' },
	'stream-error': { end: 'stream-error', error: { ...error, status: 200 } },
	'http-error': { end: 'http-error', error },
	'error-in-200': { end: 'error-in-200', error: { status: 200, message: '', raw: '' } },
	'not-an-answer': { end: 'not-an-answer', status: 502, contentType: 'text/html', text: '<p>' },
	unreachable: { end: 'unreachable', host: 'x.test', cause: 'no-answer' }
};
const usage: Full<Usage> = {
	...{ input: 1, output: 2, reasoning: 3, cacheRead: 4, cacheWrite: 5 },
	raw: { inputTokens: 1 }
};
const times: Full<RunTimes> = { headers: 1.5, firstToken: 2, firstText: 3, end: 4 };
const run: Full<Run> = {
	...{ v: 1, id: 'r1', api: 'converse', conversation: 'c1', parent: 'r0', startedAt: 5, key: 'k1' },
	simulated: false,
	request: {
		...{ method: 'POST', url: 'https://x.test/a', body: '{}' },
		headers: JSON.parse('{"Content-Type":"application/json","__proto__":"data"}')
	},
	draft: {
		model: 'a.b',
		messages: [{ id: 'm', role: 'user', parts: [{ type: 'text', text: ' Hi\n there ' }] }],
		params: {}
	},
	...{ status: 200, headers: { 'x-amzn-requestid': 'q' } },
	parts: [{ type: 'text', text: 'Hello' }],
	...{ responseId: 'resp', model: 'b', usage, trace: null, times },
	received: { events: 3, bytes: 100 },
	outcome: outcomes.finished
};

describe('a run', () => {
	it('keeps every field', () => {
		const parsed = parseRun(run);
		expect(parsed).toEqual(run);
		expect(Object.keys(parsed?.request.headers ?? {})).toContain('__proto__');
	});

	it.each(Object.values(outcomes))('and its summary keep the end $end', (outcome) => {
		expect(parseRun({ ...run, outcome })?.outcome).toEqual(outcome);
		const summary = summarize({ ...run, outcome });
		expect(parseRunSummary(summary)).toEqual(summary);
		expect(summary.end).toBe(outcome.end);
	});

	it.each([
		['another version', { ...run, v: 2 }],
		['no version', { ...run, v: undefined }],
		['no draft', { ...run, draft: undefined }],
		['a header that is no string', { ...run, headers: { a: 1 } }],
		['an unknown end', { ...run, outcome: { end: 'exploded' } }],
		[
			'a key in its headers',
			{ ...run, request: { ...run.request, headers: { AUTHORIZATION: 'x' } } }
		],
		['nothing', undefined]
	])('is not made of one with %s', (_, value) => {
		expect(parseRun(value)).toBeUndefined();
		expect(parseRunSummary(value)).toBeUndefined();
	});
});

describe('a summary', () => {
	const summaryOf = (text: string): RunSummary => {
		const parts = [{ type: 'text' as const, text }];
		const messages = [{ id: '', role: 'user' as const, parts }];
		return summarize({ ...run, draft: { ...run.draft, messages } });
	};

	it('has what a list shows', () => {
		expect(summarize(run)).toStrictEqual({
			...{ v: 1, id: 'r1', api: 'converse', conversation: 'c1', startedAt: 5 },
			...{ simulated: false, model: 'a.b', title: 'Hi there', end: 'finished' }
		} satisfies RunSummary);
	});

	it('has no end while the run is on, and no title without a user', () => {
		const running: Run = { ...run };
		delete running.outcome;
		const draft = { ...run.draft, messages: [] };
		const summary = summarize({ ...running, draft });
		expect(summary).not.toHaveProperty('end');
		expect(summary.title).toBe('');
	});

	it.each([
		['http-error', 429],
		['not-an-answer', 502],
		['stream-error', undefined],
		['finished', undefined]
	] as const)('has the status of %s: %s', (end, status) => {
		expect(summarize({ ...run, outcome: outcomes[end] }).status).toBe(status);
	});

	it.each([
		['x'.repeat(80), 'x'.repeat(80)],
		['x'.repeat(81), `${'x'.repeat(79)}…`],
		[`${'word '.repeat(30)}`, `${'word '.repeat(15).trim()}…`],
		['\ud83d\ude00'.repeat(81), `${'\ud83d\ude00'.repeat(79)}…`],
		[`\n\t${' '.repeat(2000)}a\r\n\r\nb`, 'a b'],
		['half \ud83d', 'half \ufffd']
	])('cuts a long title between words or characters', (text, title) => {
		expect(summaryOf(text).title).toBe(title);
	});
});

describe('a key record', () => {
	const common = { v: 1, id: 'k', addedAt: 1, rejectedAt: 2, region: 'us-gov-west-1' } as const;
	const short: Full<Extract<KeyRecord, { kind: 'short-term' }>> = {
		...{ ...common, kind: 'short-term', issuedAt: 3, expiresAt: 4 },
		...{ lastFour: 'MPLE', memoryOnly: false }
	};
	const long: Full<Extract<KeyRecord, { kind: 'long-term' }>> = {
		...{ ...common, kind: 'long-term', memoryOnly: true }
	};

	it('keeps every field', () => {
		expect(parseKeyRecord(short)).toEqual(short);
		expect(parseKeyRecord(long)).toEqual(long);
	});

	it.each([
		['another version', { ...short, v: 2 }],
		['no expiry', { ...short, expiresAt: undefined }],
		['a Region that is a host', { ...short, region: 'evil.test/' }],
		['a long-term key that is stored', { ...long, memoryOnly: false }]
	])('is not made of one with %s', (_, value) => {
		expect(parseKeyRecord(value)).toBeUndefined();
	});

	it('has a secret that a header can carry', () => {
		const secret = { v: 1, key: 'k', secret: 's' };
		expect(parseSecretRecord(secret)).toEqual(secret);
		expect(parseSecretRecord({ ...secret, secret: 'a\nb' })).toBeUndefined();
	});
});
