import { describe, expect, it } from 'vitest';
import type { Part } from '../../model/draft.ts';
import type { Outcome } from '../../model/run.ts';
import Ending from './Ending.svelte';
import { endingOf, isWhole, saysNothing } from './endings.ts';
import { newRun, sayOf } from './test-render.ts';

const press = { onretry: () => undefined, oncontinue: () => undefined };
const finished = (reason: string): Outcome => ({ end: 'finished', reason });

describe('Ending', () => {
	it.each<[Outcome, string]>([
		[{ end: 'stopped' }, 'Stopped by you after 7 events Send “Continue” Try again'],
		[
			{ end: 'page-closed' },
			'Cut off when the page closed. What came in its 7 events is kept. The service may have gone on, and may bill for it. Send “Continue” Try again'
		],
		[
			{ end: 'cut-short', midFrame: false },
			'Cut short. The connection closed after event 7, before the answer’s end. What came is kept. Send “Continue” Try again'
		],
		[
			{ end: 'bad-frame', code: 'crc' },
			'Broken checksum in frame 8; what came before is kept Try again'
		],
		[
			{ end: 'unfinished', status: 'in_progress' },
			'Not finished in_progress The service is still at work on the response.'
		],
		[
			{ end: 'unfinished', status: 'cancelled' },
			'Not finished cancelled The response was cancelled on the service. Try again'
		],
		[
			{ end: 'unfinished', status: 'paused' },
			'Not finished paused The service’s own word for a response that it has not finished.'
		],
		[
			finished('max_tokens'),
			'Incomplete max_tokens The answer reached the token limit and is not whole. Send “Continue” Try again'
		],
		[
			finished('guardrail_intervened'),
			'Refused guardrail_intervened A guardrail replaced or blocked the answer.'
		],
		[finished('end_turn'), ''],
		[{ end: 'unreachable', host: 'h', cause: 'no-answer' }, '']
	])('says how a run with text ended, and what is next: %o', (outcome, said) => {
		expect(sayOf(Ending, { run: newRun({ outcome }), isBlank: false, ...press })).toBe(said);
	});

	it.each<[Outcome, string]>([
		[finished('end_turn'), 'end_turn The answer is empty. Try again'],
		[{ end: 'stopped' }, 'Stopped by you after 7 events Try again']
	])('offers no going on where nothing can be read: %o', (outcome, said) => {
		expect(sayOf(Ending, { run: newRun({ outcome }), isBlank: true, ...press })).toBe(said);
	});

	it('offers nothing in a turn that is not the last one', () => {
		expect(sayOf(Ending, { run: newRun({ outcome: { end: 'stopped' } }), isBlank: false })).toBe(
			'Stopped by you after 7 events'
		);
	});

	it('has words for every end that no error card tells', () => {
		const ends: Outcome[] = [
			{ end: 'stopped' },
			{ end: 'page-closed' },
			{ end: 'unfinished', status: 'queued' },
			{ end: 'cut-short', midFrame: true },
			{ end: 'bad-frame', code: 'not-a-stream' }
		];
		for (const outcome of ends) {
			expect(endingOf(newRun({ outcome }), false)?.sentence).toMatch(/\w/);
			expect(isWhole(outcome)).toBe(false);
		}
	});
});

describe('saysNothing', () => {
	const text = (words: string): Part => ({ type: 'text', text: words });
	it.each<[Part[], boolean]>([
		[[], true],
		[[text('')], true],
		[[text(' \n\t\u00a0')], true],
		[[{ type: 'reasoning', text: '\n' }, text('')], true],
		[[text('a')], false],
		[[{ type: 'refusal', text: 'No.' }], false],
		[[{ type: 'reasoning', text: 'The answer is 4.' }], false],
		[[{ type: 'reasoning', text: '', redacted: 'AAAA' }], false],
		[[text(''), { type: 'tool-call', id: '1', name: 'f', input: '' }], false],
		[[{ type: 'opaque', api: 'converse', value: { x: 1 } }], false],
		[
			[
				{
					...{ type: 'text', text: '' },
					extra: {
						responses: { annotations: [{ type: 'url_citation', url: 'https://a.example' }] }
					}
				}
			],
			false
		]
	])('looks at every part: %j', (parts, expected) => {
		expect(saysNothing(parts)).toBe(expected);
	});
});
