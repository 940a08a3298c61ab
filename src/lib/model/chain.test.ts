import { describe, expect, it } from 'vitest';
import { chainFor } from './chain.ts';
import type { Circumstances } from './chain.ts';
import { newMessage } from './draft.ts';
import type { Chain, Message } from './draft.ts';
import type { Run } from './run.ts';
import type { RequestSettings } from './turn.ts';

const base = 'https://bedrock-mantle.us-west-2.api.aws/v1';

function newRun(change: Partial<Run> = {}): Run {
	return {
		...{ v: 2, id: 'run', api: 'responses', conversation: 'c', turn: 'a1', startedAt: 1000 },
		...{ key: 'key', simulated: false, sent: 's', draftModel: 'openai.gpt-oss-120b' },
		request: { method: 'POST', url: `${base}/responses`, headers: {} },
		body: { length: 2, crc: 0 },
		responseId: 'resp_1',
		times: {},
		received: { frames: 0, bytes: 0 },
		outcome: { end: 'finished', reason: 'completed' },
		...change
	};
}

function newDemoRun(startedAt: number): Run {
	const { key: _, ...run } = newRun({ simulated: true, startedAt });
	return run;
}

function newAnswer(id: string, run: string): Message {
	return { ...newMessage('assistant', 'x'), id, from: { run, model: 'm' } };
}

const settings: RequestSettings = { model: 'm', params: {} };
const now: Circumstances = {
	...{ key: 'key', base, openedAt: 2000, now: 10_000 },
	settingsOf: () => settings
};
const user = newMessage('user', 'x');
const path = [user, newAnswer('a1', 'run'), user];

/** The chain after an answer that `run` gave. */
function chainAfter(run: Run, change: Partial<Circumstances> = {}): Chain | undefined {
	return chainFor(path, new Map([['run', run]]), { ...now, ...change });
}

const found: Chain = { responseId: 'resp_1', after: 'a1' };

describe('where a request can be chained', () => {
	it.each<[string, Run, Partial<Circumstances>, boolean]>([
		['the same key and address', newRun(), {}, true],
		['another key', newRun(), { key: 'other' }, false],
		['the demo after a key', newRun(), { key: undefined }, false],
		['a key after the demo', newDemoRun(3000), {}, false],
		['another prefix', newRun(), { base: base.replace('/v1', '/openai/v1') }, false],
		['a longer prefix', newRun(), { base: base.slice(0, -1) }, false],
		['another Region', newRun(), { base: base.replace('west', 'east') }, false],
		['a run of before this page was opened', newRun(), { openedAt: 9000 }, true],
		['a demo of before this page was opened', newDemoRun(1000), { key: undefined }, false],
		['a demo of this page', newDemoRun(3000), { key: undefined }, true]
	])('%s: %#', (_, run, change, can) => {
		expect(chainAfter(run, change)).toEqual(can ? found : undefined);
	});

	it.each<[string, Partial<Run>]>([
		['that ran out of tokens', { outcome: { end: 'finished', reason: 'max_output_tokens' } }],
		['that was stopped', { outcome: { end: 'stopped' } }],
		['that was cut short', { outcome: { end: 'cut-short', midFrame: false } }],
		['of another turn: the answer was copied after an edit', { turn: 'a0' }]
	])('never after a response %s', (_, change) => {
		expect(chainAfter(newRun(change))).toBeUndefined();
	});

	it('never after a response without an id or an end', () => {
		const { responseId: _, ...nameless } = newRun();
		const { outcome: __, ...running } = newRun();
		expect(chainAfter(nameless)).toBeUndefined();
		expect(chainAfter(running)).toBeUndefined();
	});

	it.each<[string, RequestSettings | undefined]>([
		['that was not to be stored', { ...settings, params: { store: false } }],
		['whose settings are gone', undefined]
	])('never after a response %s', (_, sent) => {
		expect(chainAfter(newRun(), { settingsOf: () => sent })).toBeUndefined();
	});

	it('is the nearest such answer, over later ones that cannot be continued', () => {
		const answers = ['a1', 'a2', 'a3'].map((id) => newAnswer(id, `run ${id}`));
		const [first, second, third] = answers.map((answer) => {
			return newRun({ id: `run ${answer.id}`, turn: answer.id, responseId: `resp ${answer.id}` });
		});
		const stopped = third && { ...third, outcome: { end: 'stopped' } as const };
		const runs = [first, second, stopped].flatMap((run) => (run ? [run] : []));
		const byId = new Map(runs.map((run) => [run.id, run]));
		const messages = answers.flatMap((answer) => [user, answer]);
		expect(chainFor(messages, byId, now)).toEqual({ responseId: 'resp a2', after: 'a2' });
		expect(chainFor([user], byId, now)).toBeUndefined();
	});
});
