/**
 * A function that calls `load` once and gives the same promise to everyone; after a failure the next call loads again.
 *
 * For a part of the page that is asked for often: as Vite builds it, each `import()` looks up all files of the part by
 * their addresses, also when they are loaded.
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
