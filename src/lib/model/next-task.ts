/**
 * Resolves in a task of its own: the page answers a key or draws a frame before it. Unlike a timer it does not wait for
 * a second in a page that is in the background, where the browser can tell the two apart.
 */
export function nextTask(): Promise<void> {
	return typeof scheduler === 'undefined'
		? new Promise((resolve) => setTimeout(resolve))
		: scheduler.postTask(() => undefined);
}
