import { EventStreamCodec } from '@smithy/eventstream-codec';
import { describe, expect, it } from 'vitest';
import {
	computeCrc32,
	encodeErrorMessage,
	encodeEvent,
	encodeException,
	encodeMessage
} from './event-stream.ts';

const codec = new EventStreamCodec(
	(bytes) => new TextDecoder().decode(typeof bytes === 'string' ? undefined : bytes),
	(text) => new TextEncoder().encode(text)
);

function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString('base64');
}

describe('the encoder of event-stream messages', () => {
	it('computes the check value of CRC-32', () => {
		expect(computeCrc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
	});

	it.each([
		[
			'an event',
			encodeEvent('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hi' }, p: 'abcd' }),
			'AAAAnwAAAFfDe6v/CzpldmVudC10eXBlBwARY29udGVudEJsb2NrRGVsdGENOmNvbnRlbnQtdHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcABWV2ZW50eyJjb250ZW50QmxvY2tJbmRleCI6MCwiZGVsdGEiOnsidGV4dCI6IkhpIn0sInAiOiJhYmNkIn3yrOX/'
		],
		[
			'an exception',
			encodeException('throttlingException', { message: 'Too many requests' }),
			'AAAAkAAAAGGOkam3DzpleGNlcHRpb24tdHlwZQcAE3Rocm90dGxpbmdFeGNlcHRpb24NOmNvbnRlbnQtdHlwZQcAEGFwcGxpY2F0aW9uL2pzb24NOm1lc3NhZ2UtdHlwZQcACWV4Y2VwdGlvbnsibWVzc2FnZSI6IlRvbyBtYW55IHJlcXVlc3RzIn3mf4AF'
		]
	])('writes %s as the vector has it', (_, bytes, vector) => {
		expect(toBase64(bytes)).toBe(vector);
	});

	it.each([
		['no headers and no payload', [], ''],
		[
			'several headers',
			[
				['a', '1'],
				['b-long-name', 'värde']
			],
			'{"text":"猫 🚀"}'
		],
		['a value that is empty', [['a', '']], 'x'.repeat(70_000)]
	] as const)('is read by smithy with %s', (_, headers, payload) => {
		const message = codec.decode(encodeMessage(headers, payload));
		const read = Object.entries(message.headers).map(([name, { value }]) => [name, value]);
		expect(read).toEqual(headers.map(([name, value]) => [name, value]));
		expect(new TextDecoder().decode(message.body)).toBe(payload);
	});

	it('writes the same bytes as smithy', () => {
		const body = new TextEncoder().encode('{"p":"ab"}');
		const theirs = codec.encode({
			headers: { ':message-type': { type: 'string', value: 'event' } },
			body
		});
		expect(toBase64(encodeMessage([[':message-type', 'event']], '{"p":"ab"}'))).toBe(
			toBase64(theirs)
		);
	});

	it('puts the words of an error into headers', () => {
		const { headers, body } = codec.decode(encodeErrorMessage('InternalFailure', 'It broke.'));
		expect(headers[':error-message']?.value).toBe('It broke.');
		expect(headers[':message-type']?.value).toBe('error');
		expect(body).toHaveLength(0);
	});
});
