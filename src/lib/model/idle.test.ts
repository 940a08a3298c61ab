import { expect, it, vi } from 'vitest';
import { idleAfter } from './idle.ts';

it('waits for what began before the browser had time, and for what began while it waited for that', async () => {
	const idlers: (() => void)[] = [];
	vi.stubGlobal('requestIdleCallback', (idler: () => void) => idlers.push(idler));
	const ends: (() => void)[] = [];
	const newRun = () => new Promise<void>((resolve) => ends.push(resolve));
	let latest = newRun();
	const done = vi.fn();
	const waiting = idleAfter(() => latest).then(done);
	const letPass = () => new Promise((resolve) => setTimeout(resolve));

	await letPass();
	expect(idlers).toHaveLength(0);
	ends[0]?.();
	await vi.waitUntil(() => idlers.length === 1);
	// Another one begins before the browser has time.
	latest = newRun();
	idlers[0]?.();
	await letPass();
	expect(done).not.toHaveBeenCalled();
	ends[1]?.();
	await vi.waitUntil(() => idlers.length === 2);
	idlers[1]?.();
	await waiting;
	expect(done).toHaveBeenCalledOnce();
	vi.unstubAllGlobals();
});
