import { describe, expect, it } from 'vitest';
import { canContinue, chainAfter } from './chain.ts';
import type { Run } from './run.ts';

const base = 'https://bedrock-mantle.us-west-2.api.aws/v1';

function newRun(change: Partial<Run> = {}): Run {
	return {
		v: 1,
		id: 'run',
		api: 'responses',
		conversation: 'conversation',
		startedAt: 1000,
		key: 'key',
		simulated: false,
		request: { method: 'POST', url: `${base}/responses`, headers: {} },
		draft: { model: 'openai.gpt-oss-120b', messages: [], params: {} },
		parts: [],
		responseId: 'resp_1',
		times: {},
		received: { events: 0, bytes: 0 },
		outcome: { end: 'finished', reason: 'completed' },
		...change
	};
}

function newDemoRun(startedAt: number): Run {
	const { key: _, ...run } = newRun({ simulated: true, startedAt });
	return run;
}

describe('canContinue', () => {
	it.each([
		['the same key and address', newRun(), { key: 'key', base }, true],
		['another key', newRun(), { key: 'other', base }, false],
		['the demo after a key', newRun(), { key: undefined, base }, false],
		['a key after the demo', newDemoRun(3000), { key: 'key', base }, false],
		['another prefix', newRun(), { key: 'key', base: base.replace('/v1', '/openai/v1') }, false],
		['another Region', newRun(), { key: 'key', base: base.replace('west', 'east') }, false],
		['a run of before this page was opened', newRun(), { key: 'key', base }, true],
		['a demo of before this page was opened', newDemoRun(1000), { key: undefined, base }, false],
		['a demo of this page', newDemoRun(3000), { key: undefined, base }, true]
	])('%s: %#', (_name, run, now, can) => {
		expect(canContinue(run, { ...now, openedAt: 2000 })).toBe(can);
	});
});

describe('chainAfter', () => {
	it('continues a stored, completed response', () => {
		expect(chainAfter(newRun(), 2)).toEqual({ responseId: 'resp_1', covers: 2, run: 'run' });
	});

	it.each<[string, Partial<Run>]>([
		['that ran out of tokens', { outcome: { end: 'finished', reason: 'max_output_tokens' } }],
		['that was stopped', { outcome: { end: 'stopped' } }],
		['that was cut short', { outcome: { end: 'cut-short', midFrame: false } }],
		['that was not to be stored', { draft: { model: 'm', messages: [], params: { store: false } } }]
	])('never continues a response %s', (_name, change) => {
		expect(chainAfter(newRun(change), 2)).toBeUndefined();
	});
});
