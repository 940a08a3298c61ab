/** Resolves once what was drawn last is on the screen: what costs more than a few milliseconds is made after it. */
export function painted(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Milliseconds of work between two rests. */
const slice = 8;
/** Milliseconds after which work goes on although the page has been busy all the time. */
const longestWait = 300;

/** What long work awaits between its steps: it goes on at once until a slice is over, and then once the page is idle. */
export function newRest(): () => Promise<void> {
	let until = 0;
	return async () => {
		if (performance.now() < until) return;
		await idle();
		until = performance.now() + slice;
	};
}

function idle(): Promise<void> {
	return new Promise((resolve) => {
		if (typeof requestIdleCallback === 'function')
			requestIdleCallback(() => resolve(), { timeout: longestWait });
		else setTimeout(resolve);
	});
}
