import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Undo } from './undo.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Offers to undo a deletion. Gives what was called of it. */
function offer(undo: Undo, name = 'message'): string[] {
	const called: string[] = [];
	undo.offer({
		...{ what: 'message', place: { conversation: 'c', after: '' } },
		undo: () => called.push(`${name} is back`),
		onlapse: () => called.push(`${name} is gone`)
	});
	return called;
}

it('what was deleted can be had back for ten seconds', () => {
	const undo = new Undo();
	const called = offer(undo);
	vi.advanceTimersByTime(9_999);
	expect([undo.last?.what, called]).toEqual(['message', []]);
	vi.advanceTimersByTime(1);
	expect([undo.last, called]).toEqual([undefined, ['message is gone']]);
	undo.take();
	expect(called).toEqual(['message is gone']);
});

it('what was had back is not deleted ten seconds later', () => {
	const undo = new Undo();
	const called = offer(undo);
	undo.take();
	vi.advanceTimersByTime(20_000);
	expect([undo.last, called]).toEqual([undefined, ['message is back']]);
});

it('another deletion makes the one before final, and has ten seconds of its own', () => {
	const undo = new Undo();
	const first = offer(undo, 'the first');
	vi.advanceTimersByTime(6_000);
	const second = offer(undo, 'the second');
	expect(first).toEqual(['the first is gone']);
	vi.advanceTimersByTime(9_000);
	expect(second).toEqual([]);
	undo.take();
	expect(second).toEqual(['the second is back']);
});
