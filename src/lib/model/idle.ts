/**
 * Resolves when the browser has time, after `timeout` ms at the latest where one is given; soon, where it has no word for
 * that, as Safari.
 */
export function idle(timeout?: number): Promise<void> {
	const options = timeout === undefined ? {} : { timeout };
	return new Promise((resolve) => {
		if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), options);
		else setTimeout(resolve);
	});
}

/**
 * Resolves when the browser has time and what was begun last has ended, well or not. What begins while this waits is
 * waited for too.
 *
 * @param latest Gives the promise of the end of what was begun last, always the same one for the same thing.
 */
export async function idleAfter(latest: () => Promise<unknown>): Promise<void> {
	for (;;) {
		const last = latest();
		await Promise.allSettled([last]);
		await idle();
		if (latest() === last) return;
	}
}
