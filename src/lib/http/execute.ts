import type { Api } from '../apis/api.ts';
import { Fold } from '../model/fold.ts';
import type { Chunk } from '../model/frame.ts';
import type { Outcome, Run, RunTimes } from '../model/run.ts';
import { AnswerReader } from './answer-reader.ts';
import { faultOf, hiderOf, initOf } from './fetch-init.ts';
import { findCause, pageSignals, watchPolicy } from './probe.ts';
import type { Fetch, PageSignals } from './probe.ts';
import { readBody } from './read-body.ts';
import { orAbort, startTimer } from './waits.ts';
import type { Timer } from './waits.ts';

const redirects = new Set([301, 302, 303, 307, 308]);

/** One request to send, and who wants to know how it goes. */
export interface Execution {
	api: Api;
	/** As started, without an outcome. */
	run: Run;
	/** Sent as `Authorization: Bearer` and nowhere else; without one no such header is sent. */
	secret?: string;
	/** The page's own by default; the demo passes the simulator. */
	fetch?: Fetch;
	/** Aborted by Stop. */
	signal: AbortSignal;
	/** A clock in ms, by default that of the page. */
	now?: () => number;
	/** `setTimeout` by default. */
	timer?: Timer;
	/** What tells failures of the network apart; the page's own by default. */
	page?: PageSignals;
	/** Called with each chunk before it is read. */
	onchunk?: (chunk: Chunk) => void;
	/** Called when the headers have come, and for each chunk after its events were folded. All three objects live on. */
	onprogress?: (fold: Fold, received: Run['received'], times: RunTimes) => void;
}

/**
 * Sends a run's request and reads its answer to the end. Gives the run with its outcome, whatever happened: it rejects
 * only when a callback throws. A request that can't be written is not sent: its outcome is an `http-error` of status 0
 * with the code `bad-key`, `bad-url` or `bad-header`.
 */
export async function execute(execution: Execution): Promise<Run> {
	const { api, run, signal, now = () => performance.now(), timer = startTimer } = execution;
	const fold = new Fold();
	const start = now();
	const sent = await send(execution);
	if ('end' in sent) return endRun(run, fold, now() - start, sent);
	fold.times.headers = now() - start;
	const hide = hiderOf(execution.secret);
	const { status, body } = sent;
	const headers = Object.fromEntries([...sent.headers].map(([name, value]) => [name, hide(value)]));
	const reader = new AnswerReader({ api, status, headers, hide }, fold);
	const tell = () => execution.onprogress?.(fold, reader.received, fold.times);
	tell();
	const take = (bytes: Chunk['bytes']) => {
		const chunk: Chunk = { t: now() - start, bytes };
		execution.onchunk?.(chunk);
		reader.push(chunk);
		tell();
	};
	const how = await readBody(body, reader, take, { signal, timer });
	const outcome = reader.end(how);
	const received = { ...reader.received };
	return endRun({ ...run, status, headers, received }, fold, now() - start, outcome);
}

function endRun(run: Run, fold: Fold, end: number, outcome: Outcome): Run {
	const { parts, responseId, model, usage, trace, times } = fold;
	return {
		...run,
		parts,
		...(responseId !== undefined && { responseId }),
		...(model !== undefined && { model }),
		...(usage !== undefined && { usage }),
		...(trace !== undefined && { trace }),
		times: { ...times, end },
		outcome
	};
}

async function send(execution: Execution): Promise<Response | Outcome> {
	const { run, secret, signal, fetch = globalThis.fetch } = execution;
	const { page = pageSignals, timer = startTimer } = execution;
	const { url } = run.request;
	const fault = faultOf(run.request, secret);
	if (fault !== undefined) {
		return { end: 'http-error', error: { status: 0, code: fault, message: '', raw: '' } };
	}
	if (signal.aborted) return { end: 'stopped' };
	const { host } = new URL(url);
	const policy = watchPolicy(url, page);
	try {
		const response = await orAbort(fetch(url, initOf(run.request, secret, signal)), signal);
		// Browsers tell a redirect by its type alone, others by its status.
		const isRedirect = response.type === 'opaqueredirect' || redirects.has(response.status);
		return isRedirect ? { end: 'unreachable', host, cause: 'redirect' } : response;
	} catch {
		// What fetch throws can quote the key: it is not looked at.
		if (signal.aborted) return { end: 'stopped' };
		const probe = findCause(url, policy.blocked, { fetch, page, timer });
		const cause = await orAbort(probe, signal).catch(() => 'stopped' as const);
		return cause === 'stopped' ? { end: 'stopped' } : { end: 'unreachable', host, cause };
	} finally {
		policy.stop();
	}
}
