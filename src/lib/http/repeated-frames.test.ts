import { describe, expect, it } from 'vitest';
import type { Api } from '../apis/api.ts';
import { apis } from '../apis/index.ts';
import { recordings } from '../apis/test-recordings.ts';
import { newSpoken, newSpokenKit } from '../apis/test-spoken.ts';
import type { ApiId } from '../model/draft.ts';
import type { Frame } from '../model/frame.ts';
import type { Json } from '../model/json.ts';
import { readFrame } from './read-frame.ts';
import { RepeatedFrames } from './repeated-frames.ts';

const ids: ApiId[] = ['converse', 'chat-completions', 'responses'];
const before = '{"id":"c","choices":[{"index":0,"delta":{"content":';
const after = '},"finish_reason":null}]}';

const answerOf = (api: Api) => ({ api, status: 200, headers: {} });

function sse(data: string, event = ''): Frame {
	return { kind: 'sse', t: 0, chunk: 0, event, data };
}

const heads = new Map<string, ReadonlyMap<string, Json>>();

/** As the decoder gives it: headers that repeat are the same object. */
function message(event: string, payload: string): Frame {
	const known = heads.get(event) ?? new Map([[':event-type', event]]);
	heads.set(event, known);
	return { kind: 'message', t: 0, chunk: 0, offset: 0, length: 0, headers: known, payload };
}

/** Reads `frames` as one stream, and each by itself: the two must be the same. */
function expectSame(id: ApiId, frames: readonly Frame[], what?: string): void {
	const answer = answerOf(apis[id]);
	const stream = new RepeatedFrames(answer);
	expect(
		frames.map((frame) => stream.read(frame)),
		what
	).toEqual(frames.map((frame) => readFrame(frame, answer)));
}

/** An API that counts how many values it was asked to read. */
function newCounter(id: ApiId = 'chat-completions'): { api: Api; count: () => number } {
	let count = 0;
	const parseEvent: Api['parseEvent'] = (event, data) => {
		count++;
		return apis[id].parseEvent(event, data);
	};
	return { api: { ...apis[id], parseEvent }, count: () => count };
}

describe('a frame means in its stream what it means by itself', () => {
	it.each(ids)('on %s, in generated answers', (id) => {
		for (let seed = 0; seed < 500; seed++) {
			const { frames } = newSpoken(id, newSpokenKit(seed));
			// Twice each, so that there is something to repeat.
			const twice = frames.flatMap((frame) => [frame, frame]);
			expectSame(
				id,
				twice.map(([event, data]) =>
					id === 'converse'
						? message(event, JSON.stringify(data))
						: sse(JSON.stringify(data), event)
				),
				`seed ${seed}`
			);
		}
	});

	it.each(recordings.filter(({ api }) => api !== 'converse'))('in $name', ({ api, answers }) => {
		for (const data of answers)
			expectSame(
				api,
				data.map((value: Json) => sse(JSON.stringify(value)))
			);
	});

	it.each([
		['a quote, a backslash, a line feed', '"a\\"b\\\\c\\nd"'],
		['a letter in escapes', '"\\u4e2d\\ud83d\\ude00"'],
		['half of a letter', '"\\ud83d"'],
		['what looks like a kept number', '"{\\"$number\\":\\"1.0\\"}"'],
		['brackets', `"${'['.repeat(100)}"`],
		['the end mark', '"[DONE]"'],
		['nothing', '""'],
		['no text', 'null'],
		['a number', '1.0'],
		['a list', '[{"type":"text","text":"a"}]'],
		['a second field after the text', '"a","refusal":"no"'],
		['a second text after the text', '"a","content":"b"'],
		['a text that does not end', '"a'],
		['a control character', '"a\tb"'],
		['nothing where the text was', '']
	])('with %s in place of the text', (_, literal) => {
		const one = sse(`${before}"Hi"${after}`);
		expectSame('chat-completions', [one, one, sse(before + literal + after), one]);
	});

	it.each([
		['another id', before.replace('"c"', '"d"'), after],
		['another choice', before.replace('0', '1'), after],
		['a reason', before, after.replace('null', '"stop"')],
		['a reason as long as null', before, after.replace('null', '"ok"')],
		['less of its end', before, after.slice(1)],
		['more at its end', before, `${after} `],
		['a letter before it', `x${before}`, after],
		['a letter after it', before, `${after}x`],
		['no end', before, ''],
		['an error', before, `${after.slice(0, -1)},"error":{"message":"Bad"}}`]
	])('with %s', (_, start, end) => {
		const one = sse(`${before}"Hi"${after}`);
		expectSame('chat-completions', [one, one, sse(`${start}" you"${end}`), one]);
	});

	it.each([
		['another number', '"sequence_number":12', '"sequence_number":13'],
		['a number after a space', '"sequence_number": 12', '"sequence_number": 0'],
		['no number', '"sequence_number":12', '"sequence_number":01'],
		['a fraction', '"sequence_number":12', '"sequence_number":1.5'],
		['other padding', '"obfuscation":"aB3"', '"obfuscation":""'],
		['padding with a quote in it', '"obfuscation":"aB3"', '"obfuscation":"a\\"b"'],
		['padding that does not end', '"obfuscation":"aB3"', '"obfuscation":"aB3'],
		['a field that only looks like padding', '"p":"a"', '"p":"b"'],
		['a field that only looks like padding and was empty', '"p":""', '"p":"b"'],
		['a field with the value that is tried', '"p":"_"', '"p":"b"']
	])('where what varies is %s', (_, first, second) => {
		const frame = (words: string, field: string) =>
			sse(`{${field},${before.slice(1)}"${words}"${after}`);
		const one = frame('a', first);
		expectSame('chat-completions', [one, frame('b', first), frame('c', second), one]);
		const delta = '"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":';
		const responses = (words: string, field: string) => sse(`{${field},${delta}"${words}"}`);
		expectSame('responses', [responses('a', first), responses('b', second), responses('c', first)]);
	});

	it('where its start and its end overlap', () => {
		const start = `${before} `;
		const end = ` ${after}`;
		expectSame('chat-completions', [sse(`${start}"Hi"${end}`), sse(start + end.slice(1))]);
	});

	it('where another field has the same text as the answer', () => {
		const frame = (content: string, id: string) =>
			sse(`{"id":"${id}","choices":[{"index":0,"delta":{"content":"${content}"}}]}`);
		expectSame('chat-completions', [frame('a', 'a'), frame('a', 'b'), frame('b', 'a')]);
	});

	it('where the same text is named by another event', () => {
		const data = (delta: string) => `{"output_index":0,"content_index":0,"delta":"${delta}"}`;
		expectSame('responses', [
			sse(data('a'), 'response.output_text.delta'),
			sse(data('b'), 'response.reasoning_text.delta'),
			sse(data('c'), 'error')
		]);
	});
});

describe('frames that differ in their text alone', () => {
	it('are not parsed each', () => {
		const { api, count } = newCounter();
		const stream = new RepeatedFrames(answerOf(api));
		const texts = Array.from({ length: 1000 }, (_, i) => `word ${i}`);
		const readings = texts.map((text) => stream.read(sse(`${before}"${text}"${after}`)));
		const said = readings.map((events) =>
			typeof events === 'object'
				? events.map((event) => ('text' in event ? event.text : '')).join('')
				: events
		);
		expect(said).toEqual(texts);
		// The first one, and the one with another text that was tried.
		expect(count()).toBe(2);
	});

	it('are found again when what they repeat has changed', () => {
		const { api, count } = newCounter();
		const stream = new RepeatedFrames(answerOf(api));
		for (let i = 0; i < 1000; i++) {
			const start = before.replace('"c"', `"c${Math.floor(i / 50)}"`);
			stream.read(sse(`${start}"word ${i}"${after}`));
		}
		// Two for each of the 20 ids.
		expect(count()).toBe(40);
	});

	it.each<[ApiId, (i: number) => Frame]>([
		[
			'responses',
			(i) =>
				sse(
					`{"type":"response.output_text.delta","sequence_number":${i},"output_index":0,"content_index":0,"delta":"word ${i}","obfuscation":"${'a'.repeat(i % 16)}"}`
				)
		],
		[
			'converse',
			(i) =>
				message(
					'contentBlockDelta',
					`{"contentBlockIndex":0,"delta":{"text":"word ${i}"},"p":"${'a'.repeat(i % 16)}"}`
				)
		]
	])('are not parsed each on %s, with their counts and their padding', (id, newFrame) => {
		const { api, count } = newCounter(id);
		const stream = new RepeatedFrames(answerOf(api));
		for (let i = 0; i < 1000; i++) stream.read(newFrame(i));
		expect(count()).toBe(2);
	});

	it('are looked for eight times at most where none repeats', () => {
		const { api, count } = newCounter();
		const stream = new RepeatedFrames(answerOf(api));
		for (let i = 0; i < 1000; i++)
			stream.read(sse(`${before.replace('"c"', `"c${i}"`)}"word"${after}`));
		expect(count()).toBe(1000 + 8);
	});
});
