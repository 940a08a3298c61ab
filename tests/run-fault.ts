import { apis } from '../src/lib/apis/index.ts';
import { targetFor } from '../src/lib/catalog/targets.ts';
import { execute } from '../src/lib/http/execute.ts';
import type { ApiId, Draft } from '../src/lib/model/draft.ts';
import type { Run } from '../src/lib/model/run.ts';
import { newSimulator } from '../src/lib/simulator/simulator.ts';
import { newKey } from './new-key.mjs';
import { showRun } from './shown-run.ts';
import type { ShownRun } from './shown-run.ts';

/** What a row of the fault matrix came to: the run's end, and each part of the page as the words that are read there. */
export interface ShownFault extends ShownRun {
	end: string | undefined;
	/** Status of the answer, as the reader saw it. */
	httpStatus: number | undefined;
	/** POSTs that were sent. */
	posts: number;
}

const region = 'us-west-2';

/**
 * Sends `prompt` to the simulator's model `fault.<name>`, reads the answer, and renders it on the server. A run whose
 * stream falls silent is stopped, as by the user, once `stopAt` has come.
 */
export async function runFault(
	name: string,
	api: ApiId,
	{ streamed, prompt, stopAt }: { streamed: boolean; prompt: string; stopAt?: string }
): Promise<ShownFault> {
	const draft: Draft = {
		model: `fault.${name}`,
		stream: streamed,
		params: {},
		messages: [{ id: 'm1', role: 'user', parts: [{ type: 'text', text: prompt }] }]
	};
	const { request } = apis[api].build(draft, targetFor(apis[api], draft, region));
	const simulate = newSimulator({ speed: 0 });
	const stopping = new AbortController();
	let posts = 0;
	const { answer } = await execute({
		api: apis[api],
		request,
		startedAt: 0,
		secret: newKey({ region }),
		signal: stopping.signal,
		page: { online: () => true },
		fetch: (url, init) => {
			if (init?.method === 'POST') posts += 1;
			return simulate(url, init);
		},
		onchange: (_, { parts }) => {
			if (stopAt !== undefined && JSON.stringify(parts).includes(stopAt)) stopping.abort();
		}
	});
	const { parts, ...facts } = answer;
	const run: Run = {
		...{ v: 2, id: 'r1', api, conversation: 'c1', turn: 't1', startedAt: 0, simulated: false },
		...{ sent: 's1', draftModel: draft.model, body: { length: 0, crc: 0 }, request, ...facts }
	};
	const { outcome, status: httpStatus } = facts;
	return { end: outcome.end, httpStatus, posts, ...showRun(run, parts, draft) };
}
