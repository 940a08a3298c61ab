import { render } from 'svelte/server';
import { apis } from '../src/lib/apis/index.ts';
import { targetFor } from '../src/lib/catalog/targets.ts';
import AnswerParts from '../src/lib/components/workspace/AnswerParts.svelte';
import Ending from '../src/lib/components/workspace/Ending.svelte';
import ErrorCard from '../src/lib/components/workspace/ErrorCard.svelte';
import Metrics from '../src/lib/components/workspace/Metrics.svelte';
import { explain } from '../src/lib/errors/index.ts';
import { execute } from '../src/lib/http/execute.ts';
import type { ApiId, Draft } from '../src/lib/model/draft.ts';
import type { Run } from '../src/lib/model/run.ts';
import { newSimulator } from '../src/lib/simulator/simulator.ts';
import { AnswerView } from '../src/lib/state/answer-view.svelte.ts';
import { newKey } from './new-key.mjs';

/** What a row of the fault matrix came to: the run's end, and each part of the page as the words that are read there. */
export interface ShownFault {
	end: string | undefined;
	/** Status of the answer, as the reader saw it. */
	status: number | undefined;
	/** POSTs that were sent. */
	posts: number;
	/** Text, reasoning, refusals and calls of the answer. */
	answer: string;
	/** The error card; '' where there is none. */
	card: string;
	/** The line that says how an answer ended that is not whole; '' where there is none. */
	ending: string;
	metrics: string;
	/** Buttons of the error card. */
	fixes: string[];
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
	const { request } = apis[api].build(draft, targetFor(api, draft, region));
	const simulate = newSimulator({ speed: 0 });
	const stopping = new AbortController();
	let posts = 0;
	const run = await execute({
		api: apis[api],
		run: {
			v: 1,
			id: 'r1',
			api,
			conversation: 'c1',
			startedAt: 0,
			simulated: false,
			request,
			draft,
			parts: [],
			times: {},
			received: { events: 0, bytes: 0 }
		},
		secret: newKey({ region }),
		signal: stopping.signal,
		page: { online: () => true },
		fetch: (url, init) => {
			if (init?.method === 'POST') posts += 1;
			return simulate(url, init);
		},
		onprogress: ({ parts }) => {
			if (stopAt !== undefined && JSON.stringify(parts).includes(stopAt)) stopping.abort();
		}
	});
	return { end: run.outcome?.end, status: run.status, posts, ...show(run, draft) };
}

/** Renders the parts of the page that show a run, as the transcript puts them together. */
function show(run: Run, draft: Draft): Omit<ShownFault, 'end' | 'status' | 'posts'> {
	const { outcome, request, parts, times } = run;
	const explanation =
		outcome !== undefined && 'error' in outcome
			? explain({ error: outcome.error, draft, url: request.url, profiles: [] })
			: undefined;
	const card = render(ErrorCard, {
		props: { run, explanation, isActive: true, paramLabel: String, onfix: () => undefined }
	}).body;
	const view = new AnswerView(parts);
	return {
		answer: wordsOf(
			render(AnswerParts, { props: { parts: view.parts, times, live: false, plain: false } }).body
		),
		card: wordsOf(card),
		ending: wordsOf(render(Ending, { props: { run } }).body),
		metrics: wordsOf(render(Metrics, { props: { run } }).body),
		fixes: [...card.matchAll(/<button[^]*?<\/button>/g)].map(([button]) => wordsOf(button))
	};
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** The text of rendered HTML, its spaces as one each. Marks inside a word are no space: only blocks are. */
function wordsOf(html: string): string {
	return html
		.replace(/<!--[^]*?-->/g, '')
		.replace(/<\/?(b|i|em|strong|code|span|bdi|small|a)\b[^>]*>/g, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/&(lt|gt|amp|quot);/g, (entity, name: string) => entities[name] ?? entity)
		.replace(/\s+/g, ' ')
		.trim();
}
