/** Resolves once what was drawn last is on the screen: what costs more than a few milliseconds is made after it. */
export function painted(): Promise<void> {
	return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** Milliseconds of work between two rests. */
const slice = 8;

/** What long work awaits between its steps: the page answers a key or a click once a slice is over. */
export function newRest(): () => Promise<void> {
	let until = 0;
	return async () => {
		if (performance.now() < until) return;
		await new Promise((resolve) => setTimeout(resolve));
		until = performance.now() + slice;
	};
}
