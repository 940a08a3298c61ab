import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SseDecoder } from './sse.ts';
import { cut, join } from './test-kit.ts';

type Vector = { name: string } & (
	| {
			b64: string;
			/** `id` is what a reconnecting EventSource would keep; nothing here reconnects. */
			expect: { type: string; data: string; id: string }[];
	  }
	/** Pieces of text, or a text and how often it stands there. */
	| { gen: (string | [text: string, times: number])[]; events: number }
);

const file = new URL('../../../tests/fixtures/sse-vectors/vectors.json', import.meta.url);
const vectors: Vector[] = JSON.parse(readFileSync(file, 'utf8'));

function decode(bytes: Uint8Array<ArrayBuffer>, size: number) {
	const decoder = new SseDecoder();
	const events = cut(bytes, size).flatMap((chunk) => decoder.push(chunk));
	return { events, midFrame: decoder.end().midFrame, failure: decoder.failure };
}

describe('SseDecoder', () => {
	it.each(vectors)('reads $name however it is cut', (vector) => {
		const bytes = bytesOf(vector);
		const sizes = [7, 16, 1000, Math.max(1, bytes.length)];
		for (const size of bytes.length > 20_000 ? sizes : [1, 2, 3, 5, ...sizes]) {
			const { events } = decode(bytes, size);
			if ('gen' in vector) expect(events).toHaveLength(vector.events);
			else {
				// A browser calls an event without a name `message`.
				expect(events.map(({ event, data }) => [event || 'message', data])).toEqual(
					vector.expect.map(({ type, data }) => [type, data])
				);
			}
		}
	});

	it.each([
		['', false],
		['data: a\n\n', false],
		['data: a\r\n\r\n', false],
		['data: a\r\r', false],
		['data: a\n\n: ping\n', false],
		['data: a\n\n\n\n', false],
		['data: a\n\nevent: x\n\n', false],
		['data: a\n\ndata: b\n', true],
		['data: a\n\ndata: b\r\n', true],
		['data: a\n\ndata: b', true],
		['data: a\n\nda', true],
		['data: a\n\ndata:\n', true],
		['data: a\n\nevent: b\n', true],
		['data: a\n\nid: b\n', true],
		['data: a\n\n: pi', true]
	])('tells whether %j ends inside an event', (text, midFrame) => {
		for (const size of [1, 4, 100]) expect(decode(join([text]), size).midFrame).toBe(midFrame);
	});

	it.each([64 * 1024, 64 * 1024 * 1024])(
		'gives up on an event of more than 32 Mi characters, in chunks of %i bytes',
		(size) => {
			const bytes = new Uint8Array(33 * 1024 * 1024).fill(120);
			bytes.set(join(['data: a\n\ndata: ']));
			bytes.set(join(['\n\n']), bytes.length - 2);
			const { events, failure } = decode(bytes, size);
			expect({ events, failure }).toEqual({
				events: [{ event: '', data: 'a' }],
				failure: 'too-large'
			});
		}
	);
});

function bytesOf(vector: Vector): Uint8Array<ArrayBuffer> {
	if ('b64' in vector) return Uint8Array.from(Buffer.from(vector.b64, 'base64'));
	return join(
		vector.gen.map((piece) => (typeof piece === 'string' ? piece : piece[0].repeat(piece[1])))
	);
}
