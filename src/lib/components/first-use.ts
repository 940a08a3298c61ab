const signs = [
	...['pointermove', 'pointerdown', 'click', 'wheel', 'touchstart', 'dragover', 'drop'],
	...['keydown', 'focusin', 'input', 'paste']
];

/** Resolves at the first sign from now on that somebody is about to use the page. */
export function firstUse(): Promise<void> {
	return new Promise((resolve) => {
		const seen = new AbortController();
		const note = () => {
			seen.abort();
			resolve();
		};
		const options = { capture: true, passive: true, signal: seen.signal };
		for (const sign of signs) addEventListener(sign, note, options);
	});
}
