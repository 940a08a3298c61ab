/** Resolves when the browser has time; soon, where it has no word for that, as Safari. */
export function idle(): Promise<void> {
	return new Promise((resolve) => {
		if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve());
		else setTimeout(resolve);
	});
}
