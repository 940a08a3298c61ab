/** Runs something after `ms`; what it returns stops that. */
export type Timer = (run: () => void, ms: number) => () => void;

/** The timer of the page. */
export function startTimer(run: () => void, ms: number): () => void {
	const id = setTimeout(run, ms);
	return () => clearTimeout(id);
}

/** What `promise` gives. Rejects at once when `signal` aborts: some fetches don't look at their signal. */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const abort = () => reject(signal.reason);
		if (signal.aborted) abort();
		signal.addEventListener('abort', abort);
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
	});
}
