import { describe, expect, it } from 'vitest';
import { holdRun, isHeld } from './running.ts';

/** Locks as a browser has them, as far as they are used: each is held until its promise settles. */
function newLocks(): LockManager {
	const held = new Set<string>();
	const request = async (name: string, work: () => Promise<unknown>) => {
		held.add(name);
		await work();
		held.delete(name);
	};
	const query = async () => ({ held: [...held].map((name) => ({ name })) });
	return { request, query } as unknown as LockManager;
}

describe.each([
	['by locks', () => ({ locks: newLocks() })],
	['by asking, without locks', () => ({ wait: 50 })]
])('a run that is held, told %s', (_, newWays) => {
	it('is held until it ends, and no other is', async () => {
		const ways = newWays();
		expect(await isHeld('r', ways)).toBe(false);
		const end = holdRun('r', ways);
		const endOther = holdRun('q', ways);
		expect(await isHeld('r', ways)).toBe(true);
		expect(await isHeld('x', ways)).toBe(false);
		end();
		// A lock is given back in a later step.
		await Promise.resolve();
		await Promise.resolve();
		expect(await isHeld('r', ways)).toBe(false);
		expect(await isHeld('q', ways)).toBe(true);
		endOther();
	});
});
