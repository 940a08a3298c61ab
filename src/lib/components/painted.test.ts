import { afterEach, expect, it, vi } from 'vitest';
import { newRest } from './painted.ts';

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

it('Long work gives way to the page between slices of 8 ms, and not between steps that are shorter', async () => {
	vi.useFakeTimers({ toFake: ['performance'] });
	const later = vi.fn((then: () => void) => then());
	vi.stubGlobal('setTimeout', later);
	const rest = newRest();
	const restsAfter: number[] = [];
	for (let step = 0; step < 6; step++) {
		await rest();
		restsAfter.push(later.mock.calls.length);
		vi.advanceTimersByTime(4);
	}
	expect(restsAfter).toEqual([1, 1, 2, 2, 3, 3]);
});
