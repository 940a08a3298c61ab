import { expect, test, vi } from 'vitest';
import { loadOnce } from './load-once.ts';

test('all that ask get what was loaded once', async () => {
	const load = vi.fn(() => Promise.resolve({}));
	const once = loadOnce(load);
	expect(load).not.toHaveBeenCalled();
	const [first, second] = await Promise.all([once(), once()]);
	expect(second).toBe(first);
	expect(await once()).toBe(first);
	expect(load).toHaveBeenCalledTimes(1);
});

test('what failed is loaded again at the next call, and every one that waited is told', async () => {
	const load = vi.fn(() => Promise.resolve('there'));
	load.mockRejectedValueOnce(new Error('offline'));
	const once = loadOnce(load);
	const waiting = [once(), once()];
	await expect(waiting[0]).rejects.toThrow('offline');
	await expect(waiting[1]).rejects.toThrow('offline');
	expect(await once()).toBe('there');
	expect(load).toHaveBeenCalledTimes(2);
});
