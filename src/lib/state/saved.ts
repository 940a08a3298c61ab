import type { Run } from '../model/run.ts';
import type { Conversation } from './conversation.svelte.ts';
import { countBytes, withoutChain } from './two-ways.svelte.ts';

/** What continuing stored responses has saved in a conversation against sending the history each time. */
export interface Saved {
	/** Requests that continued a response and were answered. */
	requests: number;
	/** Bytes of their bodies as they were sent, and as they would have been with the whole history. */
	sent: number;
	resent: number;
	/** Input tokens of them as the service reported; absent where it reported none at all. */
	input?: number;
	/** How many of these it read from a cache, where it said so. */
	cached?: number;
	/** Answers whose usage was not reported. */
	unreported: number;
	/** Requests of which nobody can tell what they would have been: their body was typed, or their settings are gone. */
	uncounted: number;
}

/** Bytes of the bodies of runs as they would have been with the whole history: runs and turns never change. */
const resentBytes = new WeakMap<Conversation['runs'], Map<string, number>>();

/**
 * Adds up what was saved. Each body is built as it would have been, one at a time: `rest` is awaited between them, so that
 * the page stays quick. Undefined where `signal` was aborted meanwhile, and where nothing was continued.
 */
export async function countSaved(
	conversation: Conversation,
	rest: () => Promise<void>,
	signal: AbortSignal
): Promise<Saved | undefined> {
	const continued = [...conversation.runs.facts.values()].filter(
		({ chain, responseId }) => chain !== undefined && responseId !== undefined
	);
	const saved: Saved = { requests: 0, sent: 0, resent: 0, unreported: 0, uncounted: 0 };
	for (const run of continued) {
		const bytes = knownOf(conversation).get(run.id) ?? (await measure(conversation, run, rest));
		if (signal.aborted) return undefined;
		if (bytes === undefined) saved.uncounted++;
		else add(saved, run, bytes);
	}
	return continued.length === 0 ? undefined : saved;
}

function add(saved: Saved, { body, usage }: Run, bytes: number): void {
	saved.requests++;
	saved.sent += body.length;
	saved.resent += bytes;
	if (usage?.input === undefined) saved.unreported++;
	else saved.input = (saved.input ?? 0) + usage.input;
	if (usage?.cacheRead !== undefined) saved.cached = (saved.cached ?? 0) + usage.cacheRead;
}

async function measure(
	conversation: Conversation,
	run: Run,
	rest: () => Promise<void>
): Promise<number | undefined> {
	await rest();
	const { api, runs, target } = conversation;
	const draft = conversation.draftOf(run);
	if (draft === undefined || runs.typedAs(run.sent) !== undefined) return undefined;
	const { request } = api.build(withoutChain(draft), target);
	const bytes = countBytes(request.body ?? '');
	knownOf(conversation).set(run.id, bytes);
	return bytes;
}

function knownOf({ runs }: Conversation): Map<string, number> {
	let known = resentBytes.get(runs);
	if (known === undefined) resentBytes.set(runs, (known = new Map()));
	return known;
}
