import { describe, expect, it } from 'vitest';
import type { ServiceError, Usage } from './event.ts';
import { checkRecord, parseRecord } from './record.ts';
import { runKind, withFiniteUsage } from './run-schema.ts';
import type { Outcome, Run, RunTimes } from './run.ts';

/** Every field there is, so that one added to the type and forgotten in the schema fails here. */
type Full<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

const error: Full<ServiceError> = {
	...{ status: 429, code: 'ThrottlingException', message: 'slow', requestId: 'q', raw: '{}' }
};
const outcomes: { [E in Outcome['end']]: Extract<Outcome, { end: E }> | Outcome } = {
	finished: { end: 'finished', reason: 'end_turn' },
	stopped: { end: 'stopped' },
	'page-closed': { end: 'page-closed' },
	unfinished: { end: 'unfinished', status: 'in_progress' },
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
	...{ v: 2, id: 'r1', api: 'converse', conversation: 'c1', turn: 't2', asked: 't1' },
	...{
		startedAt: 5,
		key: 'k1',
		identity: { account: '1', lastFour: 'MPLE' },
		simulated: false,
		sent: 's1',
		draftModel: 'a.b'
	},
	request: {
		...{ method: 'POST', url: 'https://x.test/a' },
		headers: JSON.parse('{"Content-Type":"application/json","__proto__":"data"}')
	},
	...{ body: { length: 2, crc: 3 }, chain: { responseId: 'resp_0', after: 't0' } },
	...{ status: 200, headers: { 'x-amzn-requestid': 'q' } },
	...{
		responseId: 'resp',
		model: 'b',
		usage,
		details: { trace: null },
		notes: ['after-end'],
		ends: { t3: 'stop' },
		times
	},
	received: { frames: 3, bytes: 100 },
	outcome: outcomes.finished,
	ends: { 't2-1': 'length' },
	service: { state: 'deleted', at: 6 }
};

describe('a run', () => {
	it('keeps every field', () => {
		const parsed = parseRecord(runKind, run);
		expect(parsed).toEqual({ ok: run });
		const headers = 'ok' in parsed ? parsed.ok.request.headers : {};
		expect(Object.keys(headers)).toContain('__proto__');
	});

	it.each(Object.values(outcomes))('keeps the end $end', (outcome) => {
		expect(parseRecord(runKind, { ...run, outcome })).toEqual({ ok: { ...run, outcome } });
	});

	it('of before there were states on the service and identities of keys is read as it is', () => {
		const { identity: _, service: __, ...older } = run;
		expect(parseRecord(runKind, older)).toStrictEqual({ ok: older });
	});

	it('is there before its outcome', () => {
		const { outcome: _, ...running } = run;
		expect(parseRecord(runKind, running)).toStrictEqual({ ok: running });
	});

	it.each([
		['an older version', { ...run, v: 1 }],
		['no version', { ...run, v: undefined }],
		['no length of its body', { ...run, body: undefined }],
		['a header that is no string', { ...run, headers: { a: 1 } }],
		['an unknown end', { ...run, outcome: { end: 'exploded' } }],
		[
			'a key in its headers',
			{ ...run, request: { ...run.request, headers: { AUTHORIZATION: 'x' } } }
		],
		['nothing', undefined]
	])('is not made of one with %s', (_, value) => {
		expect(parseRecord(runKind, value)).toEqual({ broken: true });
	});

	it('with counts that are not finite keeps them as text', () => {
		const raw = JSON.parse('{"inputTokens":1e999,"outputTokens":2}');
		const odd = { ...run, usage: { input: raw.inputTokens, output: 2, raw } };
		expect(checkRecord(runKind, withFiniteUsage(odd)).usage).toStrictEqual({
			...{ output: 2, raw: { inputTokens: '1e999', outputTokens: 2 } }
		});
	});
});
