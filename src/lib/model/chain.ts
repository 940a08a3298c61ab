import type { Chain, Message } from './draft.ts';
import type { Run } from './run.ts';
import { answeredBy, callOf } from './tool-calls.ts';
import type { RequestSettings } from './turn.ts';

/** What the next request would be sent with. */
export interface Circumstances {
	/** Id of the key in use; absent in the demo. */
	key: string | undefined;
	/** Address that the request's path is appended to. */
	base: string;
	/** When this page was opened, in epoch ms: the simulator forgets with the page. */
	openedAt: number;
	/** Calls at the end of the path that the next request answers. */
	answering?: ReadonlySet<string>;
	/** The settings that a run's `sent` names. What was sent with settings that are gone is not continued. */
	settingsOf: (sent: string) => RequestSettings | undefined;
}

/**
 * The chain that spares the next request the most of its messages: after the last answer of `path` whose response the
 * service has stored whole and still remembers, by the same key at the same address. Undefined where there is none.
 * One whose calls are left without a result can't be continued: the service remembers them and waits for it.
 * An answer that was edited, or copied because something before it was, is not what the service remembers.
 */
export function chainFor(
	path: readonly Message[],
	runs: ReadonlyMap<string, Run>,
	circumstances: Circumstances
): Chain | undefined {
	const answered = new Set(circumstances.answering);
	for (const { id, from, parts } of path.toReversed()) {
		for (const part of parts) {
			const id = answeredBy(part);
			if (id !== undefined) answered.add(id);
		}
		const calls = parts.flatMap((part) => callOf(part) ?? []);
		if (!calls.every((call) => answered.has(call.id))) continue;
		const run = from && runs.get(from.run);
		if (run?.turn !== id || run.responseId === undefined) continue;
		if (isStored(run, circumstances) && isReachable(run, circumstances)) {
			return { responseId: run.responseId, after: id };
		}
	}
	return undefined;
}

/** Whether the service keeps the response of a run: a whole one that was not told to be forgotten. */
function isStored({ outcome, sent }: Run, { settingsOf }: Circumstances): boolean {
	const settings = settingsOf(sent);
	if (settings === undefined || settings.params.store === false) return false;
	return outcome?.end === 'finished' && outcome.reason === 'completed';
}

/** Whether the response of a run can be reached: by the same key, at the same address, while it is remembered. */
function isReachable(run: Run, { key, base, openedAt }: Circumstances): boolean {
	if (run.simulated && run.startedAt < openedAt) return false;
	return (
		run.simulated === (key === undefined) &&
		run.key === key &&
		run.request.url.startsWith(`${base}/`)
	);
}
