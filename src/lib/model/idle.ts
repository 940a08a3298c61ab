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
