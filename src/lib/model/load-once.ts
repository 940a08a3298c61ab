/**
 * Gives what `load` gives to all that ask, and calls it once; what failed is loaded again at the next call.
 *
 * For `import()` of a part of the page that is asked for often: each of these calls otherwise looks up all files of the
 * part by their addresses, whether they are loaded or not.
 */
export function loadOnce<T>(load: () => Promise<T>): () => Promise<T> {
	let loading: Promise<T> | undefined;
	return () => {
		loading ??= load().catch((error: unknown) => {
			loading = undefined;
			throw error;
		});
		return loading;
	};
}
