import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../../model/change.ts';
import { Fold } from '../../model/fold.ts';
import type { Run } from '../../model/run.ts';
import { LiveRun } from '../../state/live-run.svelte.ts';
import Metrics from './Metrics.svelte';
import { newRun, sayOf } from './test-render.ts';

describe('Metrics', () => {
	it.each<[Run['usage'], boolean]>([
		[undefined, false],
		[{ input: 12, raw: {} }, false],
		[{ input: 12, output: 0, raw: {} }, false],
		[{ input: 12, output: 50, raw: {} }, true]
	])('gives a speed only where output tokens were counted: %j', (usage, has) => {
		const run = newRun(usage === undefined ? {} : { usage });
		expect(sayOf(Metrics, { run }).includes('tok/s')).toBe(has);
	});

	it('offers to ask for usage where it was not reported and can be', () => {
		expect(sayOf(Metrics, { run: newRun() })).toMatch(/usage not reported end_turn$/);
		expect(sayOf(Metrics, { run: newRun(), onreportusage: () => undefined })).toContain(
			'usage not reported Turn on include_usage'
		);
		const usage = { input: 1, output: 1, raw: {} };
		expect(
			sayOf(Metrics, { run: newRun({ usage }), onreportusage: () => undefined })
		).not.toContain('include_usage');
	});

	it.each([
		[{ elapsed: 9_900 }, undefined],
		[{ elapsed: 10_000 }, 'quiet for 10 s'],
		[{ elapsed: 95_000, quiet: 9_000 }, undefined],
		[{ elapsed: 95_000, quiet: 12_345 }, 'quiet for 12 s'],
		[{ elapsed: 95_000, quiet: 72_000 }, 'quiet for 1 min 12 s']
	])('says how long nothing has come, from 10 s on: %j', (times, said) => {
		const progress = { ...times, times: {}, received: { frames: 0, bytes: 0 } };
		const { outcome: _, ...run } = newRun();
		const line = sayOf(Metrics, { run, progress });
		if (said === undefined) expect(line).not.toContain('quiet');
		else expect(line).toContain(said);
	});
});

describe('the progress of a run', () => {
	beforeEach(() => vi.useFakeTimers());
	afterEach(() => vi.useRealTimers());

	const { outcome: _, ...run } = newRun();

	it('counts silence since the last byte, heartbeats too, and ends by itself never', () => {
		const live = new LiveRun(run);
		const fold = new Fold();
		live.take([], fold, { frames: 1, bytes: 100 });
		vi.advanceTimersByTime(12_000);
		expect(live.progress.quiet).toBeGreaterThanOrEqual(12_000);
		// A heartbeat is bytes without a frame.
		live.take([], fold, { frames: 1, bytes: 112 });
		vi.advanceTimersByTime(250);
		expect(live.progress.quiet).toBeLessThan(1000);
		expect(live.progress.received.frames).toBe(1);
		vi.advanceTimersByTime(3_600_000);
		expect(live.signal.aborted).toBe(false);
		expect(live.progress.quiet).toBeGreaterThan(3_599_000);
		live.end();
	});

	it('shows no number before it is measured, which is after 250 ms', () => {
		const live = new LiveRun({ ...run, startedAt: Date.now() });
		const fold = new Fold();
		const changes: Change[] = [];
		fold.add({ type: 'text-delta', block: 't', text: 'Yes.' }, 1, changes);
		live.take(changes, fold, { frames: 1, bytes: 100 });
		expect(sayOf(Metrics, { run, progress: live.progress })).toBe('');
		vi.advanceTimersByTime(250);
		expect(sayOf(Metrics, { run, progress: live.progress })).toBe(
			'TTFT 1 ms elapsed 250 ms events 1 received 100 B'
		);
		live.end();
	});

	it('changes in the frame of a drawing that is due anyway', () => {
		const live = new LiveRun(run);
		const fold = new Fold();
		const add = (text: string) => {
			const changes: Change[] = [];
			fold.add({ type: 'text-delta', block: 't', text }, 1, changes);
			live.take(changes, fold, { frames: 1, bytes: 100 });
		};
		add('The first word');
		expect(live.drawn).toBe(1);
		vi.advanceTimersByTime(240);
		const { elapsed } = live.progress;
		add(' and the second.');
		vi.advanceTimersByTime(20);
		expect(live.progress.elapsed).toBe(elapsed);
		vi.advanceTimersByTime(60);
		expect(live.drawn).toBe(2);
		expect(live.progress.elapsed).toBeGreaterThanOrEqual(elapsed + 250);
		live.end();
	});

	it('lets the time of thinking run on until the answer begins', () => {
		const live = new LiveRun(run);
		const fold = new Fold();
		fold.add({ type: 'reasoning-delta', block: 'r', text: 'Let me see' }, 400);
		live.take([], fold, { frames: 1, bytes: 100 });
		vi.advanceTimersByTime(3_000);
		expect(live.progress.thinking).toBe(3_000);
		fold.add({ type: 'text-delta', block: 't', text: 'Yes.' }, 3_400);
		live.take([], fold, { frames: 2, bytes: 200 });
		vi.advanceTimersByTime(250);
		expect(live.progress.thinking).toBeUndefined();
		live.end();
	});
});
