import { describe, expect, it } from 'vitest';
import { apis } from '../apis/index.ts';
import { framesOf, recordings } from '../apis/test-recordings.ts';
import { newSpoken, newSpokenKit } from '../apis/test-spoken.ts';
import type { ApiId, Part } from '../model/draft.ts';
import { Fold } from '../model/fold.ts';
import type { Frame } from '../model/frame.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { readFrame } from './read-frame.ts';
import type { Reading } from './read-frame.ts';
import { RepeatedFrames } from './repeated-frames.ts';

const ids: ApiId[] = ['converse', 'chat-completions', 'responses'];
/** As the event stream's decoder does, the same headers are the same Map. */
const headers = new Map<string, ReadonlyMap<string, Json>>();

function newFrame(api: ApiId, event: string, text: string): Frame {
	const at = { t: 0, chunk: 0 };
	if (api !== 'converse') return { ...at, kind: 'sse', event, data: text };
	const known = headers.get(event) ?? new Map([[':event-type', event]]);
	headers.set(event, known);
	return { ...at, kind: 'message', offset: 0, length: 0, headers: known, payload: text };
}

const readAlone = (api: ApiId, frame: Frame): Reading =>
	readFrame(frame, { api: apis[api], status: 200, headers: {} });

function foldAll(readings: readonly Reading[]): unknown {
	const fold = new Fold();
	for (const reading of readings) {
		if (typeof reading !== 'string') for (const event of reading) fold.add(event, 0);
	}
	fold.end(0);
	const { parts, responseId, model, reason, details, others } = fold;
	const kept: Part[] = structuredClone(parts);
	const marks = readings.filter((reading) => typeof reading === 'string');
	return { parts: kept, responseId, model, reason, details, others, marks };
}

/** Expects of frames what they mean when each is read by itself. */
function expectSame(api: ApiId, frames: readonly Frame[], what: string): void {
	const repeated = new RepeatedFrames(apis[api].unread);
	const readings = frames.map((frame) => repeated.read(frame, () => readAlone(api, frame)));
	const alone = frames.map((frame) => readAlone(api, frame));
	expect(foldAll(readings), what).toEqual(foldAll(alone));
}

/** What an API does not read, differing from frame to frame; now and then with something that a string must escape. */
function withPadding(api: ApiId, value: Json, i: number): Json {
	if (!isJsonObject(value)) return value;
	const padding = i % 7 === 0 ? '"\\' : 'abcdef'.slice(i % 6);
	const fields = apis[api].unread.map((name) => [name, name === 'sequence_number' ? i : padding]);
	return { ...value, ...(Object.fromEntries(fields) as JsonObject) };
}

describe('frames mean the same as when each is read by itself', () => {
	it.each(ids)('on %s, in generated answers', (api) => {
		for (let seed = 0; seed < 500; seed++) {
			const kit = newSpokenKit(seed);
			const { frames } = newSpoken(api, kit);
			// Each several times in a row, so that there is something to repeat.
			const all = frames.flatMap((frame) => [frame, frame, frame, frame]);
			const texts = all.map(([event, value], i) =>
				newFrame(api, event, JSON.stringify(withPadding(api, value, i)))
			);
			expectSame(api, texts, `seed ${seed}`);
		}
	});

	if (recordings.length === 0) it.skip('in recordings, which are not part of the project');
	it.each(recordings)('in $name', ({ name, api, answers }) => {
		for (const answer of answers) {
			const frames = answer.flatMap((value) => framesOf(api, value));
			const texts = frames.map(([event, data]) => newFrame(api, event, JSON.stringify(data)));
			expectSame(api, texts, name);
		}
	});
});

const chat = 'chat-completions';
const chunkOf = (content: string, rest = ''): string =>
	`{"id":"a","choices":[{"index":0,"delta":{"content":${content}}${rest}}],"obfuscation":"x"}`;

describe('after frames that repeat', () => {
	const before = ['"Hi"', '" you"', '" there"'].map((text) => chunkOf(text));

	it.each([
		['an escaped text', chunkOf('"a\\n\\u00e9\\"\\\\"')],
		['a bad escape', chunkOf('"a\\x"')],
		['a control character', chunkOf('"a\u0001"')],
		['a string that does not end', chunkOf('"a').slice(0, 60)],
		['an empty text', chunkOf('""')],
		['null', chunkOf('null')],
		['a reason', chunkOf('"a"', ',"finish_reason":"stop"')],
		['another id', chunkOf('"a"').replace('"id":"a"', '"id":"b"')],
		['another choice', chunkOf('"a"').replace('"index":0', '"index":1')],
		['an error beside the text', chunkOf('"a"').replace('{"id"', '{"error":{"message":"m"},"id"')],
		['a field after it', chunkOf('"a"').replace(/\}$/, ',"more":1}')],
		['something after the value', `${chunkOf('"a"')}}`],
		['a padding that says something', chunkOf('"a"').replace('"x"', '"x\\"","model":"m"')],
		['a text like the padding', chunkOf('"x"')],
		['a text of the frame', chunkOf('"\\"},\\"obfuscation\\":\\""')],
		['the mark of the end', '[DONE]']
	])('%s is read as it stands', (_, text) => {
		const after = chunkOf('"."');
		const frames = [...before, text, after, after, after].map((one) => newFrame(chat, '', one));
		expectSame(chat, frames, text);
	});

	it('another event is read as it stands', () => {
		const delta = (type: string): Frame =>
			newFrame('responses', type, '{"output_index":0,"content_index":0,"delta":"a"}');
		const text = 'response.output_text.delta';
		const all = [text, text, text, 'response.refusal.delta', text].map(delta);
		expectSame('responses', all, 'events');
	});
});

describe('of frames that differ in their text and in padding', () => {
	it.each(ids)('only the first two are parsed on %s', (api) => {
		const said = Array.from({ length: 100 }, (_, i) => `word ${i}\n`);
		const frames = said.map((text, i) => {
			const data = {
				converse: { contentBlockIndex: 0, delta: { text } },
				[chat]: { id: 'a', more: 'b', choices: [{ index: 0, delta: { content: text } }] },
				responses: { type: 'response.output_text.delta', output_index: 0, delta: text }
			}[api];
			const event = api === 'converse' ? 'contentBlockDelta' : '';
			return newFrame(api, event, JSON.stringify(withPadding(api, data, 1 + (i % 5))));
		});
		const repeated = new RepeatedFrames(apis[api].unread);
		let parsed = 0;
		const readings = frames.map((frame) =>
			repeated.read(frame, () => {
				parsed++;
				return readAlone(api, frame);
			})
		);
		expect(foldAll(readings)).toMatchObject({ parts: [{ text: said.join('') }] });
		expect(parsed).toBe(2);
	});
});
