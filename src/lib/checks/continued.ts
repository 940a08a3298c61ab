import { chainFor, responseRunOf, whatParts } from '../model/chain.ts';
import { placeOf } from '../model/response-node.ts';
import type { Place } from '../model/response-node.ts';
import { isGone, statesOf } from '../model/response-state.ts';
import type { Run } from '../model/run.ts';
import type { Check, History, Warning, WarningFix } from './check.ts';

/**
 * The last answer's response is not what the next request continues, and why: the service has not kept it whole, or it was
 * made elsewhere. Then what came after an earlier response, or the whole history, goes along.
 */
export const continued: Check = ({ draft, history }) => {
	if (history === undefined) return [];
	const last = history.path.findLast(({ from }) => from !== undefined);
	const run = last && responseRunOf(last, history.runs);
	if (run?.responseId === undefined || draft.chain?.responseId === run.responseId) return [];
	const found = saysElsewhere(run, history) ?? saysState(run, history);
	return found === undefined ? [] : [found];
};

function saysState(run: Run, history: History): Warning | undefined {
	const { runs, settingsOf } = history;
	const state = statesOf(runs.values(), settingsOf, history).get(run.id) ?? 'unknown';
	// It could be continued: Resend was chosen, or calls at its end wait for their results, which is said beside them.
	if (state === 'completed') return undefined;
	const id = shortOf(run);
	if (isGone(state)) return { code: 'chain-gone', values: { id, state } };
	const before = chainFor(history.path, runs, history)?.responseId.slice(-5);
	if (before !== undefined) {
		const values = { id, state, before };
		return { code: 'chain-earlier', values, fix: { label: 'resend', resend: true } };
	}
	return state === 'not-stored'
		? { code: 'chain-not-stored', values: { id }, fix: storeAgain }
		: { code: 'chain-unfinished', values: { id, state } };
}

const storeAgain: WarningFix = { label: 'store', change: { params: { store: undefined } } };

function saysElsewhere(run: Run, history: History): Warning | undefined {
	const parts = whatParts(run, history);
	if (parts === undefined) return undefined;
	const made = placeOf(run);
	const id = shortOf(run);
	if (parts === 'demo')
		return { code: run.simulated ? 'chain-demo' : 'chain-no-key', values: { id } };
	const now = placeOf({ request: { ...run.request, url: `${history.base}/responses` } });
	if (made.region !== now.region && made.region !== '' && now.region !== '') {
		const values = { id, made: made.region, now: now.region };
		// The demo has Regions without keys.
		const fix: WarningFix = { label: 'key-of', wanted: made.region };
		return { code: 'chain-region', values, ...(history.key !== undefined && { fix }) };
	}
	if (parts === 'key')
		return {
			code: run.identity?.account === undefined ? 'chain-key' : 'chain-account',
			values: { id, account: run.identity?.account ?? '', lastFour: run.identity?.lastFour ?? '?' },
			fix: { label: 'other-key', wanted: made.region }
		};
	const fix = backTo(made);
	return {
		code: 'chain-endpoint',
		values: { id, made: nameOf(made), now: nameOf(now) },
		...(fix && { fix })
	};
}

/** Goes back to where a response was made; the path of the runtime is always the same. */
function backTo({ endpoint, prefix }: Place): WarningFix | undefined {
	if (endpoint === 'gateway') return undefined;
	const known = (['/v1', '/openai/v1'] as const).find((one) => one === prefix);
	const isChosen = endpoint === 'mantle' && known !== undefined;
	return { label: 'go-back', change: { endpoint, prefix: isChosen ? known : undefined } };
}

function nameOf({ endpoint, prefix }: Place): string {
	return `${endpoint} ${prefix}`;
}

function shortOf({ responseId = '' }: Run): string {
	return responseId.slice(-5);
}
