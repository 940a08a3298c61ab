import type { Component } from 'svelte';
import { render } from 'svelte/server';
import type { Run } from '../../model/run.ts';

/** What a component draws at first, as HTML without comments, styles and scoped classes. */
export function draw<Props extends Record<string, unknown>>(
	component: Component<Props>,
	props: Props
): string {
	return render(component as Component<Record<string, unknown>>, { props })
		.body.replace(/<!--.*?-->/gs, '')
		.replace(/ ?svelte-[\da-z]+/g, '');
}

/** What a component says: its text alone, on one line. */
export function sayOf<Props extends Record<string, unknown>>(
	component: Component<Props>,
	props: Props
): string {
	return words(draw(component, props));
}

/** The text of what was drawn, on one line. */
export function words(html: string): string {
	return html
		.replace(/<svg.*?<\/svg>/gs, '')
		.replace(/<[^>]*>/g, ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A run that was answered as a whole. */
export function newRun(change: Partial<Run> = {}): Run {
	return {
		...{ v: 2, id: 'r1', api: 'converse', conversation: 'c1', turn: 't2', asked: 't1' },
		startedAt: 1_764_000_000_000,
		simulated: false,
		request: {
			method: 'POST',
			url: 'https://bedrock-runtime.us-west-2.amazonaws.com/model/m/converse-stream',
			headers: {}
		},
		body: { length: 2, crc: 0 },
		sent: 's1',
		draftModel: 'm',
		status: 200,
		times: { headers: 100, firstToken: 200, firstText: 200, end: 1200 },
		received: { frames: 7, bytes: 700 },
		outcome: { end: 'finished', reason: 'end_turn' },
		...change
	};
}
