import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../model/run.ts';
import type { Turn } from '../../model/turn.ts';
import { newRun } from '../workspace/test-render.ts';
import RunList from './RunList.svelte';
import { runsOf } from './runs.ts';

const at = new Date();
at.setHours(9, 5, 0, 0);

function newTurn(id: string, role: 'user' | 'assistant', text: string): Turn {
	const message = { id, role, parts: [{ type: 'text' as const, text }] };
	return { v: 2, id, conversation: 'c1', at: 0, message };
}

const turns = [
	newTurn('t1', 'user', 'Why is\nthe sky blue?'),
	newTurn('t1b', 'user', 'Why is the sea blue?'),
	newTurn('t2', 'assistant', 'Because.')
];
const { outcome: _, ...going } = newRun({ id: 'r3', asked: 't1b', turn: 't4' });
const runs: Run[] = [
	newRun({ id: 'r1', asked: 't1', turn: 't2', startedAt: at.getTime(), draftModel: 'amazon.x' }),
	newRun({
		...{ id: 'r2', asked: 't1b', turn: 't2', startedAt: at.getTime() + 60_000 },
		outcome: { end: 'http-error', error: { status: 429, message: '', raw: '' } }
	}),
	{ ...going, startedAt: at.getTime() + 120_000 }
];

describe('the runs of a conversation', () => {
	it('are all there, of every branch, the newest first', () => {
		expect(runsOf({ runs, turns })).toMatchObject([
			{ id: 'r3', turn: 't1b', end: undefined, words: 'Why is the sea blue?' },
			{ id: 'r2', turn: 't2', end: 'http-error', status: 429, words: 'Why is the sea blue?' },
			{ id: 'r1', turn: 't2', end: 'finished', model: 'amazon.x', words: 'Why is the sky blue?' }
		]);
	});

	it('are listed with their first words, model, outcome and time', () => {
		const { body } = render(RunList, {
			props: {
				...{ title: 'Why', runs: runsOf({ runs, turns }), onopen: () => undefined },
				modelName: (id: string) => (id === 'amazon.x' ? 'Amazon X' : id)
			}
		});
		const rows = body
			.replace(/<!--.*?-->/gs, '')
			.replace(/<svg.*?<\/svg>/gs, '')
			.split('<button')
			.slice(1)
			.map((row) =>
				`<${row}`
					.replace(/<[^>]*>/g, ' ')
					.replace(/\s+/g, ' ')
					.trim()
			);
		expect(rows).toEqual([
			'Why is the sea blue? m Unfinished 09:07',
			'Why is the sea blue? m 429 09:06',
			'Why is the sky blue? Amazon X Finished 09:05'
		]);
		expect(body).toContain('aria-label="Runs of Why"');
	});
});
