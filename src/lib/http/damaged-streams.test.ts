import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chatCompletions } from '../apis/chat-completions/chat-completions.ts';
import { converse } from '../apis/converse/converse.ts';
import { textOf } from '../model/draft.ts';
import type { Answer } from '../model/run.ts';
import { readExchange } from './read-answer.ts';
import {
	answerWith,
	chatEvents,
	converseMessages,
	cut,
	encodeEvent,
	join,
	newRequest,
	respond,
	sayOutcome,
	types
} from './test-kit.ts';

const stream = join(converseMessages);

describe('a Converse stream', () => {
	// Where it may end and still be a whole answer: after messageStop, and after metadata.
	const whole = [join(converseMessages.slice(0, 5)).length, stream.length];

	it('is finished after no byte but the last of messageStop and of metadata', async () => {
		for (let length = 0; length <= stream.length; length++) {
			const { outcome } = await answerWith(respond([stream.slice(0, length)], types.messages));
			const atMessage = isBoundary(converseMessages, length);
			const cutShort = atMessage ? 'cut-short' : 'cut-short inside a frame';
			expect(sayOutcome(outcome)).toBe(whole.includes(length) ? 'finished end_turn' : cutShort);
		}
	});

	it('is a bad frame with any of its bits flipped', () => {
		const ends = new Set<string>();
		for (let bit = 0; bit < stream.length * 8; bit++) {
			const bytes = stream.slice();
			bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			ends.add(sayOutcome(readWhole(bytes).outcome));
		}
		expect([...ends].sort()).toEqual(['bad-frame crc', 'bad-frame not-a-stream']);
	});

	it.each([1, 2, 3, 7, 16, stream.length])(
		'is the same run in chunks of %i bytes',
		async (size) => {
			const run = await answerWith(respond(cut(stream, size), types.messages));
			expect(run).toMatchObject({
				outcome: { end: 'finished', reason: 'end_turn' },
				parts: [{ type: 'text', text: 'Hi you' }],
				usage: { input: 1, output: 2 },
				received: { frames: 6, bytes: stream.length }
			});
		}
	);
});

describe('a Chat Completions stream', () => {
	const bytes = join(chatEvents);
	const answer = (body: Uint8Array) =>
		answerWith(respond([body], types.sse), { api: chatCompletions });

	it('is finished only at the end of an event after its finish_reason', async () => {
		for (let length = 0; length <= bytes.length; length++) {
			const { outcome } = await answer(bytes.slice(0, length));
			const hasReason = length >= join(chatEvents.slice(0, 2)).length;
			// The last event is understood without the blank line that should end it.
			const isWhole = hasReason && (isBoundary(chatEvents, length) || length >= bytes.length - 2);
			expect(outcome?.end).toBe(isWhole ? 'finished' : 'cut-short');
		}
	});

	it('has an outcome with any of its bits flipped', async () => {
		const ends = new Set<string | undefined>();
		for (let bit = 0; bit < bytes.length * 8; bit++) {
			const flipped = bytes.slice();
			flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
			ends.add((await answer(flipped)).outcome?.end);
		}
		// SSE has no checksum: a changed letter of the answer is a finished answer.
		expect([...ends].sort()).toEqual(['cut-short', 'finished', 'not-an-answer']);
	});
});

interface Malformed {
	file: string;
	expect: {
		state: string;
		text?: string;
		textLength?: number;
		usage?: number;
		errorType?: string;
	};
}

describe('a malformed stream', () => {
	const folder = new URL('../../../tests/fixtures/eventstream-malformed/', import.meta.url);
	const index: Malformed[] = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8'));
	// Those of InvokeModel are of an API that is not here.
	const cases = index.filter(({ file }) => !file.startsWith('invoke-'));

	it.each(cases)('$file ends as $expect.state', async ({ file, expect: wanted }) => {
		const path = new URL(file, folder);
		const bytes = existsSync(path) ? readFileSync(path) : buildLargeEvent();
		const run = await answerWith(respond([bytes], types.messages));
		const text = textOf(run.parts);
		expect(sayOutcome(run.outcome)).toMatch(outcomeFor(wanted));
		if (wanted.text !== undefined) expect(text).toBe(wanted.text);
		if (wanted.textLength !== undefined) expect(text).toHaveLength(wanted.textLength);
		if (wanted.usage !== undefined) {
			expect(run.usage?.raw).toMatchObject({ totalTokens: wanted.usage });
		}
		if (wanted.state === 'complete-no-usage') expect(run.usage).toBeUndefined();
		expect(Object.keys(Object.prototype)).toEqual([]);
		expect(text.isWellFormed()).toBe(true);
	});

	/** What ok-10mb-event.bin would hold, which is too large to ship. */
	function buildLargeEvent(): Uint8Array {
		const text = 'x'.repeat(10 * 1024 * 1024);
		const large = encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
		const [start, , , ...rest] = converseMessages;
		return Buffer.concat([start ?? new Uint8Array(), large, ...rest]);
	}
});

/** What an exchange means that was answered with these bytes, without sending it. */
function readWhole(bytes: Uint8Array<ArrayBuffer>): Answer {
	return readExchange(converse, {
		request: newRequest(),
		startedAt: 0,
		status: 200,
		headers: { 'content-type': types.messages },
		chunks: [{ t: 1, bytes }],
		end: 'whole',
		times: { headers: 0, end: 2 }
	});
}

/** Their words for an outcome in ours. */
function outcomeFor({ state, errorType = '' }: Malformed['expect']): RegExp {
	const frames: Record<string, RegExp> = {
		truncated: /^cut-short inside a frame$/,
		crc: /^bad-frame crc$/,
		'too-large': /^bad-frame too-large$/,
		'bad-length': /^bad-frame bad-length$/,
		'bad-header-length': /^bad-frame bad-length$/,
		'bad-header': /^bad-frame bad-header$/,
		'not-an-event-stream': /^bad-frame not-a-stream$/
	};
	switch (state) {
		case 'complete':
		case 'complete-no-usage':
			return /^finished /;
		case 'incomplete':
			return /^cut-short$/;
		case 'ok-or-error':
			return /^bad-frame bad-header$/;
		case 'error-or-skip':
			return /^not-an-answer 200: \{"contentBlockIndex":0,$/;
		default:
			return frames[errorType] ?? new RegExp(`^stream-error ${errorType}: `);
	}
}

/** Whether one of `pieces` ends after `length` bytes, or none has begun. */
function isBoundary(pieces: readonly (Uint8Array | string)[], length: number): boolean {
	let end = 0;
	const ends = pieces.map((piece) => (end += join([piece]).length));
	return [0, ...ends].includes(length);
}
