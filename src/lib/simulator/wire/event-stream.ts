/** The text headers of one message, in the order in which they are written. */
export type EventHeaders = readonly (readonly [name: string, value: string])[];

const STRING_TYPE = 7;
const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;

const text = new TextEncoder();

// The header blocks of events, by type: most messages repeat that of the one before.
const eventBlocks = new Map<string, Uint8Array>();

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
	let crc = index;
	for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc >>> 0;
});

/** CRC-32 (IEEE 802.3) of bytes, as an unsigned number. */
export function computeCrc32(bytes: Uint8Array): number {
	let crc = 0xffffffff;
	// An index is much faster here than an iterator.
	for (let at = 0; at < bytes.length; at++) {
		crc = (crc >>> 8) ^ (crcTable[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

/**
 * One message of `application/vnd.amazon.eventstream`: lengths, their checksum, headers, payload
 * and the checksum of it all.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export function encodeMessage(headers: EventHeaders, payload: string): Uint8Array<ArrayBuffer> {
	return encodeBlock(encodeHeaders(headers), payload);
}

function encodeBlock(block: Uint8Array, payload: string): Uint8Array<ArrayBuffer> {
	const body = text.encode(payload);
	const message = new Uint8Array(PRELUDE_BYTES + block.length + body.length + CRC_BYTES);
	const view = new DataView(message.buffer);
	view.setUint32(0, message.length);
	view.setUint32(4, block.length);
	view.setUint32(8, computeCrc32(message.subarray(0, 8)));
	message.set(block, PRELUDE_BYTES);
	message.set(body, PRELUDE_BYTES + block.length);
	const end = message.length - CRC_BYTES;
	view.setUint32(end, computeCrc32(message.subarray(0, end)));
	return message;
}

/** A message that carries one event of a stream, its headers in the order of the service. */
export function encodeEvent(type: string, payload: object): Uint8Array<ArrayBuffer> {
	const block =
		eventBlocks.get(type) ??
		encodeHeaders([
			[':event-type', type],
			[':content-type', 'application/json'],
			[':message-type', 'event']
		]);
	eventBlocks.set(type, block);
	return encodeBlock(block, JSON.stringify(payload));
}

/** A message that ends a stream with a modelled exception, such as `throttlingException`. */
export function encodeException(type: string, payload: object): Uint8Array<ArrayBuffer> {
	return encodeMessage(
		[
			[':exception-type', type],
			[':content-type', 'application/json'],
			[':message-type', 'exception']
		],
		JSON.stringify(payload)
	);
}

/** A message of type `error`: no payload, the words are in its headers. */
export function encodeErrorMessage(code: string, words: string): Uint8Array<ArrayBuffer> {
	return encodeMessage(
		[
			[':message-type', 'error'],
			[':error-code', code],
			[':error-message', words]
		],
		''
	);
}

function encodeHeaders(headers: EventHeaders): Uint8Array {
	const parts = headers.map(([name, value]) => {
		const key = text.encode(name);
		const bytes = text.encode(value);
		const size = [bytes.length >> 8, bytes.length & 0xff];
		return [key.length, ...key, STRING_TYPE, ...size, ...bytes];
	});
	return Uint8Array.from(parts.flat());
}
