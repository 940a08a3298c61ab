import type { Chain } from './draft.ts';
import type { Run } from './run.ts';

/** What the next request would be sent with. */
export interface Circumstances {
	/** Id of the key in use; absent in the demo. */
	key: string | undefined;
	/** Address that the request's path is appended to. */
	base: string;
	/** When this page was opened, in epoch ms: the simulator forgets with the page. */
	openedAt: number;
}

/** Whether the response of `run` can be continued: by the same key, at the same address, while it is remembered. */
export function canContinue(run: Run, { key, base, openedAt }: Circumstances): boolean {
	if (run.simulated && run.startedAt < openedAt) return false;
	return (
		run.simulated === (key === undefined) &&
		run.key === key &&
		run.request.url.startsWith(`${base}/`)
	);
}

/** The chain after a run whose answer is the last of `covers` messages; undefined where its response is not stored or not whole. */
export function chainAfter(run: Run, covers: number): Chain | undefined {
	const { outcome, responseId, draft } = run;
	const isWhole = outcome?.end === 'finished' && outcome.reason === 'completed';
	if (!isWhole || responseId === undefined || draft.params.store === false) return undefined;
	return { responseId, covers, run: run.id };
}
