import { Int64 } from '@smithy/eventstream-codec';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EventStreamDecoder } from './event-stream.ts';
import { converseMessages, cut, encodeEvent, encodeMessage, join } from './test-kit.ts';

const vectors = new URL('../../../tests/fixtures/eventstream-vectors/', import.meta.url);
const stream = join(converseMessages);

function decode(chunks: readonly Uint8Array[]) {
	const decoder = new EventStreamDecoder();
	const messages = chunks.flatMap((chunk) => decoder.push(chunk));
	return { messages, failure: decoder.failure, midMessage: decoder.midMessage };
}

describe('EventStreamDecoder', () => {
	it.each([1, 2, 3, 7, 16, stream.length])('decodes chunks of %i bytes', (size) => {
		const { messages, failure, midMessage } = decode(cut(stream, size));
		const offsets = converseMessages.map((_, i) => join(converseMessages.slice(0, i)).length);
		expect(messages.map(({ offset }) => offset)).toEqual(offsets);
		expect(messages.map(({ headers }) => headers.get(':event-type'))).toEqual([
			'messageStart',
			'contentBlockDelta',
			'contentBlockDelta',
			'contentBlockStop',
			'messageStop',
			'metadata'
		]);
		expect(messages[1]?.payload).toBe('{"contentBlockIndex":0,"delta":{"text":"Hi"}}');
		expect({ failure, midMessage }).toEqual({ failure: undefined, midMessage: false });
	});

	it('reads a header of every type', () => {
		const bytes = encodeMessage(
			{
				yes: { type: 'boolean', value: true },
				no: { type: 'boolean', value: false },
				byte: { type: 'byte', value: -5 },
				short: { type: 'short', value: -300 },
				integer: { type: 'integer', value: -70000 },
				long: { type: 'long', value: Int64.fromNumber(-(2 ** 52)) },
				huge: { type: 'long', value: new Int64(Uint8Array.of(127, 255, 255, 255, 0, 0, 0, 1)) },
				binary: { type: 'binary', value: Uint8Array.of(0, 255, 16) },
				string: { type: 'string', value: '\ufeffé😀' },
				timestamp: { type: 'timestamp', value: new Date(8675309) },
				uuid: { type: 'uuid', value: '01020304-0506-0708-090a-0b0c0d0e0f10' }
			},
			'{}'
		);
		expect(Object.fromEntries(decode([bytes]).messages[0]?.headers ?? [])).toEqual({
			yes: true,
			no: false,
			byte: -5,
			short: -300,
			integer: -70000,
			long: -(2 ** 52),
			huge: '9223372032559808513',
			binary: 'AP8Q',
			string: '\ufeffé😀',
			timestamp: 8675309,
			uuid: '01020304-0506-0708-090a-0b0c0d0e0f10'
		});
	});

	it('keeps a header named __proto__ as data', () => {
		const headers = JSON.parse('{"__proto__":{"type":"string","value":"x"}}');
		expect([...(decode([encodeMessage(headers, '')]).messages[0]?.headers ?? [])]).toEqual([
			['__proto__', 'x']
		]);
	});

	it('reuses the headers of the message before when they are the same bytes', () => {
		const { messages } = decode([stream]);
		expect(messages[2]?.headers).toBe(messages[1]?.headers);
		expect(messages[3]?.headers).not.toBe(messages[2]?.headers);
	});

	it('gives the messages before a wrong one, and nothing after it', () => {
		const bytes = join(converseMessages);
		const third = join(converseMessages.slice(0, 3)).length;
		bytes[third - 1] = (bytes[third - 1] ?? 0) ^ 1;
		for (const size of [1, 16, bytes.length]) {
			const { messages, failure } = decode(cut(bytes, size));
			expect({ count: messages.length, failure }).toEqual({ count: 2, failure: 'crc' });
		}
	});

	it.each([
		['a first byte other than 0', Uint8Array.of(60), 'not-a-stream'],
		['a wrong prelude, as soon as it is there', Uint8Array.of(0, ...Array(11).fill(1)), 'crc']
	])('fails on %s', (_, bytes, failure) => {
		expect(decode([bytes]).failure).toBe(failure);
	});

	it('decodes 12 MiB that come in 64-byte chunks in linear time', () => {
		const text = 'x'.repeat(12 * 1024 * 1024);
		const bytes = new Uint8Array(encodeEvent('contentBlockDelta', { text }));
		const { messages, failure } = decode(cut(bytes, 64));
		expect({ failure, length: messages[0]?.length }).toEqual({
			failure: undefined,
			length: bytes.length
		});
	});
});

describe("AWS's own vectors", () => {
	it.each(listVectors('positive'))('decodes %s', (name) => {
		const wanted = JSON.parse(bytesOf(`decoded/positive/${name}`).toString());
		const { messages, failure } = decode(cut(bytesOf(`encoded/positive/${name}`), 5));
		const [message] = messages;
		expect(failure).toBeUndefined();
		expect(message?.length).toBe(wanted.total_length);
		expect(message?.payload).toBe(Buffer.from(wanted.payload, 'base64').toString());
		expect([...(message?.headers ?? [])]).toEqual(wanted.headers.map(sayVectorHeader));
	});

	it.each(listVectors('negative'))('refuses %s', (name) => {
		const { messages, failure } = decode([bytesOf(`encoded/negative/${name}`)]);
		expect({ messages, failure }).toEqual({ messages: [], failure: 'crc' });
	});
});

function listVectors(kind: 'positive' | 'negative'): string[] {
	return readdirSync(new URL(`encoded/${kind}`, vectors));
}

function bytesOf(path: string): Buffer<ArrayBuffer> {
	return readFileSync(new URL(path, vectors));
}

/** A header of the vectors: text is base64 there, a UUID too. */
function sayVectorHeader({ name, type, value }: { name: string; type: number; value: unknown }) {
	if (type === 7) return [name, Buffer.from(String(value), 'base64').toString()];
	if (type !== 9) return [name, value];
	const hex = Buffer.from(String(value), 'base64').toString('hex');
	return [name, hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')];
}
