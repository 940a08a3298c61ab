import { describe, expect, it } from 'vitest';
import { faults } from '../src/lib/simulator/faults.ts';
import type { Fault } from '../src/lib/simulator/faults.ts';
import { runFault } from './run-fault.ts';
import type { ShownFault } from './run-fault.ts';
import { begin, broken, finish, prompt, unread, unusual, usual } from './fault-words.ts';
import type { ApiName } from './fault-words.ts';

// Every fault of the simulator on each of its APIs, through the reader to the words on the page, rendered on the
// server. tests/e2e/faults.spec.ts sends one fault of each outcome by a real browser.

const rows = faults.flatMap((fault) =>
	fault.apis.flatMap((api) =>
		(fault.streamed ? [true] : [true, false]).map((streamed) => ({ fault, api, streamed }))
	)
);

function expectShown(shown: ShownFault, fault: Fault, api: ApiName): void {
	expect(shown.end).toBe(fault.end);
	switch (fault.end) {
		case 'http-error':
		case 'error-in-200':
		case 'stream-error':
		case 'not-an-answer':
			return expectCard(shown, fault);
		case 'unreachable':
			expect(shown.card).toMatch(
				/^The browser could not reach bedrock-(runtime|mantle)\.us-west-2\./
			);
			expect(shown.card).toMatch(unread[fault.name] ?? /^$/);
			expect(shown.answer + shown.ending).toBe('');
			return;
		case 'cut-short':
			expectEnding(shown, /^Cut short\./);
			if (fault.midFrame !== undefined) {
				expectEnding(shown, fault.midFrame ? /inside event \d/ : /before the answer’s end/);
			}
			return;
		case 'bad-frame':
			return expectEnding(shown, new RegExp(broken[fault.code ?? 'crc']));
		case 'stopped':
			return expectEnding(shown, /^Stopped by you after \d+ event/);
		case 'finished':
			return expectFinished(shown, fault, api);
	}
}

function expectEnding({ ending, card }: ShownFault, words: RegExp): void {
	expect(ending).toMatch(words);
	expect(card).toBe('');
}

function expectCard(shown: ShownFault, fault: Fault): void {
	const silent = fault.name === 'broken-json' ? 'This answer st' : '(no words, only the status)';
	expect(shown.card).toContain((fault.words ?? silent).replace(/\s+/g, ' '));
	expect(shown.fixes.join()).toMatch(/resend|Try again|Replace|Choose/);
	expect(shown.ending).toBe('');
	if (fault.end === 'http-error' || fault.end === 'error-in-200') {
		expect(shown.httpStatus).toBeGreaterThan(0);
		expect(shown.card).toContain(`${shown.httpStatus}`);
	}
	// What came before an error in a stream is kept.
	const isLate = fault.end === 'stream-error' && fault.name !== 'exception-first';
	if (isLate) expect(shown.answer).toContain(begin);
	else expect(shown.answer).toBe('');
}

function expectFinished(shown: ShownFault, fault: Fault, api: ApiName): void {
	const end = unusual[fault.name];
	expect(shown.card).toBe('');
	if (end !== undefined) {
		expect(shown.ending).toContain(end.called);
		expect(shown.ending).toContain(end.reason[api]);
	} else {
		expect(shown.ending).toBe('');
		expect(shown.metrics).toContain(usual[api]);
	}
	if (fault.words !== undefined) expect(shown.answer).toContain(fault.words);
	else if (end === undefined) expect(shown.answer).toContain(finish);
	expect(shown.answer.includes('Refusal')).toBe(fault.name === 'refusal');
	if (fault.name === 'no-usage') expect(shown.metrics).toContain('usage not reported');
}

describe('a fault of the service', () => {
	it.each(
		rows.map((row) => ({
			...row,
			title: `${row.fault.name} on ${row.api}, ${row.streamed ? 'streamed' : 'not streamed'}, is shown as ${row.fault.end}: ${row.fault.about}`
		}))
	)('$title', async ({ fault, api, streamed }) => {
		const shown = await runFault(fault.name, api, {
			streamed,
			prompt,
			...(fault.end === 'stopped' && { stopAt: begin })
		});
		expectShown(shown, fault, api);
		if (fault.end === 'stopped') expect(shown.answer).toContain(begin);
		expect(shown.posts).toBe(1);
	});

	it('has a row on each of its APIs, and there are more than 25', () => {
		expect(faults.length).toBeGreaterThan(25);
		expect(rows.length).toBeGreaterThan(280);
		expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
		expect(faults.every(({ apis }) => apis.length > 0)).toBe(true);
	});
});
