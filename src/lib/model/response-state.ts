import { getOwn } from './json.ts';
import type { Run } from './run.ts';
import type { RequestSettings } from './turn.ts';

/** What the service holds of a response, as far as this page knows. */
export const responseStates = [
	'completed',
	'incomplete',
	'failed',
	'cancelled',
	'queued',
	'in-progress',
	/** Its end was not seen here: it was stopped, or the connection was lost. */
	'unseen',
	/** It was not to be kept (`store: false`). */
	'not-stored',
	'deleted',
	/** It is older than the service keeps responses. */
	'expired',
	/** The service says, or is bound to say, that it does not know it. */
	'unknown'
] as const;

export type ResponseState = (typeof responseStates)[number];

/**
 * How long a service keeps a response, in ms.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-responses-api.html
 */
export const keptFor = 30 * 24 * 60 * 60 * 1000;

/** The settings that a run's `sent` names; undefined where they are gone. */
export type SettingsOf = (sent: string) => RequestSettings | undefined;

/** When a response is looked at. */
export interface Moment {
	/** Epoch ms. */
	now: number;
	/** When this page was opened, in epoch ms: the simulator forgets with the page. */
	openedAt: number;
}

/**
 * What the service holds of the response of each run, by the run's id. One of which a link of its chain is gone can't be
 * found by the service either.
 */
export function statesOf(
	runs: Iterable<Run>,
	settingsOf: SettingsOf,
	moment: Moment
): ReadonlyMap<string, ResponseState> {
	const states = new Map<string, ResponseState>();
	const byResponse = new Map<string, ResponseState>();
	// A response is older than those that continue it.
	for (const run of [...runs].sort((a, b) => a.startedAt - b.startedAt)) {
		const settings = settingsOf(run.sent);
		const own = stateOf(run, settings, moment);
		const parent = byResponse.get(parentOf(run, settings) ?? '');
		const isCut = parent !== undefined && isGone(parent) && !isGone(own);
		const state = isCut ? 'unknown' : own;
		states.set(run.id, state);
		if (run.responseId !== undefined) byResponse.set(run.responseId, state);
	}
	return states;
}

/** What the service holds of the response of a run, whatever has become of those before it; `settings` are those it was sent with. */
export function stateOf(
	run: Run,
	settings: RequestSettings | undefined,
	{ now, openedAt }: Moment
): ResponseState {
	const known = run.service?.state;
	if (known === 'deleted') return known;
	if (isUnstored(run, settings)) return 'not-stored';
	if (now >= run.startedAt + keptFor) return 'expired';
	if (run.simulated && run.startedAt < openedAt) return 'unknown';
	// Only now: that the service does not know it says less than why.
	return known ?? endOf(run);
}

/** Whether nothing is left of a response that was kept once. */
export function isGone(state: ResponseState): boolean {
	return state === 'deleted' || state === 'expired' || state === 'unknown';
}

/** The response that a run continued, by the id that it sent; undefined where it sent none. */
export function parentOf(run: Run, settings: RequestSettings | undefined): string | undefined {
	const typed = getOwn(settings?.extra?.responses, 'previous_response_id');
	return run.chain?.responseId ?? (typeof typed === 'string' ? typed : undefined);
}

/** Whether the request said that its response is not to be kept, or the service that it does not. */
function isUnstored({ details }: Run, settings: RequestSettings | undefined): boolean {
	const { params, extra } = settings ?? {};
	const said = [params?.store, getOwn(extra?.responses, 'store'), getOwn(details, 'store')];
	return said.includes(false);
}

function endOf({ outcome }: Run): ResponseState {
	switch (outcome?.end) {
		case undefined:
			return 'in-progress';
		case 'finished':
			return outcome.reason === 'completed' ? 'completed' : 'incomplete';
		case 'stream-error':
		case 'http-error':
		case 'error-in-200':
			return 'failed';
		case 'unfinished':
			return unfinished(outcome.status);
		case 'stopped':
		case 'page-closed':
		case 'cut-short':
		case 'bad-frame':
		case 'not-an-answer':
		case 'unreachable':
			return 'unseen';
	}
}

/** A response that the service has not finished, by its own word. */
function unfinished(status: string): ResponseState {
	if (status === 'in_progress') return 'in-progress';
	return status === 'queued' || status === 'cancelled' ? status : 'unseen';
}
