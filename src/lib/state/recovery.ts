import type { Api } from '../apis/api.ts';
import { apis } from '../apis/index.ts';
import { targetOf } from '../catalog/targets.ts';
import type { ApiId } from '../model/draft.ts';
import { pathTo } from '../model/path.ts';
import type { HttpRequest } from '../model/request.ts';
import { isFollowed } from '../model/response-state.ts';
import type { Run } from '../model/run.ts';
import { draftOf } from '../model/turns.ts';
import { loadArrival } from '../storage/exchanges.ts';
import type { OpenedConversation } from '../storage/conversations.ts';
import { endRun } from '../storage/runs.ts';
import { isHeld } from '../storage/running.ts';
import { rebuildRequest, settle, withHead } from './plan.ts';
import { exchangeOf } from './stored-exchange.ts';

/**
 * Ends the runs that a page left behind when it was closed: what had come is read from the stored chunks and becomes
 * their answer. Runs that go on in another page are left alone, and those
 * that the service goes on with by itself.
 */
export async function recoverRuns(
	id: ApiId,
	stored: OpenedConversation,
	openedAt: number
): Promise<OpenedConversation> {
	const api = apis[id];
	let { record, turns, runs } = stored;
	for (const run of stored.runs) {
		if (run.outcome !== undefined || isFollowed(run, openedAt)) continue;
		if (await isHeld(run.id)) continue;
		const { service: _, ...left } = run;
		const ended = settle(left, await readLeftBehind(api, run, requestOf(api, run, stored)));
		runs = runs.map((one) => (one === run ? ended.run : one));
		turns = [...turns, ...ended.turns];
		const isShown = record.leaf === run.asked;
		const end = ended.run.outcome?.end;
		record = { ...record, ...(isShown && { leaf: run.turn }), ...(end !== undefined && { end }) };
		await endRun({ conversation: record, turns: ended.turns, run: ended.run });
	}
	return { ...stored, record, turns, runs };
}

async function readLeftBehind(api: Api, run: Run, request: HttpRequest) {
	const [{ readExchange }, { head, chunks } = { chunks: [] }] = await Promise.all([
		import('../http/read-answer.ts'),
		loadArrival(run.id)
	]);
	return readExchange(api, exchangeOf(head ? withHead(run, head) : run, request, chunks));
}

/** The request of a run, for what of it says how its answer is to be read. */
function requestOf(api: Api, run: Run, { sent, turns }: OpenedConversation): HttpRequest {
	const { settings, body } = sent.find(({ id }) => id === run.sent) ?? {};
	if (settings === undefined) return run.request;
	const path = pathTo(new Map(turns.map((turn) => [turn.id, turn])), run.asked);
	const target = targetOf(run.request.url);
	return rebuildRequest(run, api, draftOf(settings, path, run.chain), target, body).request;
}
