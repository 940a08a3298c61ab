import { render } from 'svelte/server';
import { apis } from '../src/lib/apis/index.ts';
import { targetFor } from '../src/lib/catalog/targets.ts';
import Ending from '../src/lib/components/workspace/Ending.svelte';
import ErrorCard from '../src/lib/components/workspace/ErrorCard.svelte';
import Metrics from '../src/lib/components/workspace/Metrics.svelte';
import { explainOutcome } from '../src/lib/errors/index.ts';
import { execute } from '../src/lib/http/execute.ts';
import type { ApiId, Draft, Part } from '../src/lib/model/draft.ts';
import type { HttpRequest } from '../src/lib/model/request.ts';
import type { Answer, Run } from '../src/lib/model/run.ts';
import { newSimulator } from '../src/lib/simulator/simulator.ts';
import { text } from '../src/lib/text/index.ts';
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
	return { end: answer.outcome.end, status: answer.status, posts, ...show(answer, request, draft) };
}

/** Renders the parts of the page that show a run, as the transcript puts them together. */
function show(
	{ parts, ...facts }: Answer,
	request: HttpRequest,
	draft: Draft
): Omit<ShownFault, 'end' | 'status' | 'posts'> {
	const run: Run = {
		...{ v: 2, id: 'r1', api: 'converse', conversation: 'c1', turn: 't1', startedAt: 0 },
		...{ simulated: false, sent: 's1', draftModel: draft.model, body: { length: 0, crc: 0 } },
		...{ request, ...facts }
	};
	const explanation = explainOutcome(facts.outcome, { draft, url: request.url, profiles: [] });
	const card = render(ErrorCard, {
		props: {
			...{ run, explanation, isActive: true },
			...{ canRun: () => true, oncommand: () => undefined, onchange: () => undefined }
		}
	}).body;
	const isBlank = parts.length === 0;
	return {
		answer: parts.map(wordsOfPart).join(' ').replace(/\s+/g, ' ').trim(),
		card: wordsOf(card),
		ending: wordsOf(render(Ending, { props: { run, isBlank } }).body),
		metrics: wordsOf(render(Metrics, { props: { run } }).body),
		fixes: [...card.matchAll(/<button[^]*?<\/button>/g)].map(([button]) => wordsOf(button))
	};
}

/** What is read of a part; how answers are drawn has tests of its own, with a document. */
function wordsOfPart(part: Part): string {
	if (part.type === 'tool-call') return `${part.name} ${part.input}`;
	if (part.type === 'refusal') return `${text.workspace.refusal} ${part.text}`;
	return 'text' in part ? part.text : JSON.stringify(part);
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
