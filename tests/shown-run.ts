import { render } from 'svelte/server';
import Ending from '../src/lib/components/workspace/Ending.svelte';
import { saysNothing } from '../src/lib/components/workspace/endings.ts';
import ErrorCard from '../src/lib/components/workspace/ErrorCard.svelte';
import Metrics from '../src/lib/components/workspace/Metrics.svelte';
import { sayEnd } from '../src/lib/components/workspace/say-end.ts';
import { explainOutcome } from '../src/lib/errors/index.ts';
import type { Draft, Part } from '../src/lib/model/draft.ts';
import type { Run } from '../src/lib/model/run.ts';
import { text } from '../src/lib/text/index.ts';

/** What the page shows of a run, each part as the words that are read there. */
export interface ShownRun {
	/** Text, reasoning, refusals and calls of the answer. */
	answer: string;
	/** The error card; '' where there is none. */
	card: string;
	/** Heading of the error card. */
	headline: string;
	/** The words of the service in the error card. */
	said: string;
	/** Buttons of the error card. */
	fixes: string[];
	/** The line that says how an answer ended that is not whole; '' where there is none. */
	ending: string;
	metrics: string;
	/** What was measured, by the words of the line: `TTFT`, `total`, `in`, `status` … */
	figures: Record<string, string>;
	/** The line for screen readers. */
	status: string;
}

/** Renders on the server the parts of the page that show a run, as the transcript puts them together. */
export function showRun(run: Run, parts: readonly Part[], draft: Draft): ShownRun {
	const explanation =
		run.outcome && explainOutcome(run.outcome, { draft, url: run.request.url, profiles: [] });
	const card = render(ErrorCard, {
		props: {
			...{ run, explanation, isActive: true },
			...{ canRun: () => true, oncommand: () => undefined, onchange: () => undefined }
		}
	}).body;
	const metrics = render(Metrics, { props: { run } }).body;
	return {
		answer: parts.map(wordsOfPart).join(' ').replace(/\s+/g, ' ').trim(),
		card: wordsOf(card),
		headline: wordsOf(/<h\d[^]*?<\/h\d>/.exec(card)?.[0] ?? ''),
		said: wordsOf(/<[^<]*data-testid="service-said"[^]*/.exec(card)?.[0] ?? ''),
		fixes: [...card.matchAll(/<button[^]*?<\/button>/g)].map(([button]) => wordsOf(button)),
		ending: wordsOf(render(Ending, { props: { run, isBlank: saysNothing(parts) } }).body),
		metrics: wordsOf(metrics),
		figures: Object.fromEntries(
			[...metrics.matchAll(/<dt[^>]*>([^]*?)<\/dt>[^]*?<dd[^>]*>([^]*?)<\/dd>/g)].map(
				([, name = '', value = '']) => [wordsOf(name), wordsOf(value)]
			)
		),
		status: sayEnd(run, parts)
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
