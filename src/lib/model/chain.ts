import type { Chain, Message } from './draft.ts';
import type { KeyIdentity } from './key.ts';
import { isGone, statesOf } from './response-state.ts';
import type { Moment, SettingsOf } from './response-state.ts';
import type { Run } from './run.ts';
import { answeredBy, callOf } from './tool-calls.ts';

/** What the next request would be sent with. */
export interface Circumstances extends Moment {
	/** Id of the key in use; absent in the demo. */
	key: string | undefined;
	/** Whose key it is. */
	identity?: KeyIdentity | undefined;
	/** Address that the request's path is appended to. */
	base: string;
	/** Calls at the end of the path that the next request answers. */
	answering?: ReadonlySet<string>;
	/** The settings that a run's `sent` names. What was sent with settings that are gone is not continued. */
	settingsOf: SettingsOf;
}

/** Facts of runs by their ids. */
type RunsById = ReadonlyMap<string, Run>;

/**
 * The chain that spares the next request the most of its messages: after the last answer of `path` whose response the
 * service has stored whole and still remembers, for the same account at the same address. Undefined where there is none.
 * One whose calls are left without a result can't be continued: the service remembers them and waits for it.
 * An answer that was edited, or copied because something before it was, is not what the service remembers.
 * After one that the service has lost nothing before it is tried: it may be lost too, so the whole history goes.
 */
export function chainFor(
	path: readonly Message[],
	runs: RunsById,
	circumstances: Circumstances
): Chain | undefined {
	const answered = new Set(circumstances.answering);
	const { settingsOf } = circumstances;
	let states: ReturnType<typeof statesOf> | undefined;
	for (const message of path.toReversed()) {
		const { id, parts } = message;
		for (const part of parts) {
			const answeredId = answeredBy(part);
			if (answeredId !== undefined) answered.add(answeredId);
		}
		const run = responseRunOf(message, runs);
		if (run?.responseId === undefined || whatParts(run, circumstances) !== undefined) continue;
		states ??= statesOf(runs.values(), settingsOf, circumstances);
		const state = states.get(run.id) ?? 'unknown';
		if (isGone(state)) return undefined;
		const calls = parts.flatMap((part) => callOf(part) ?? []);
		const isOpen = calls.some((call) => !answered.has(call.id));
		if (state === 'completed' && !isOpen && settingsOf(run.sent) !== undefined)
			return { responseId: run.responseId, after: id };
	}
	return undefined;
}

/** The run whose response a message is, word for word; undefined for any other message. */
export function responseRunOf({ id, from }: Message, runs: RunsById): Run | undefined {
	const run = from && runs.get(from.run);
	return run?.turn === id && run.responseId !== undefined ? run : undefined;
}

/**
 * What keeps the next request from a response although the service may well have it: it was made in the demo, with the key
 * of another account, or at another address.
 */
export function whatParts(
	run: Run,
	{ key, identity, base }: Circumstances
): 'demo' | 'key' | 'address' | undefined {
	if (run.simulated !== (key === undefined)) return 'demo';
	const isSameAccount =
		run.identity?.account !== undefined && run.identity.account === identity?.account;
	if (run.key !== key && !isSameAccount) return 'key';
	return run.request.url.startsWith(`${base}/`) ? undefined : 'address';
}
