import type { Json } from '../model/json.ts';
import type { BadFrame } from '../model/run.ts';
import { crc32 } from './crc32.ts';
import { parseHeaders } from './message-headers.ts';

const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
const MAX_HEADER_BYTES = 128 * 1024;

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** One message of an event stream. Headers that repeat from message to message are the same Map. */
export interface Message {
	/** Where it begins in the body, in bytes. */
	offset: number;
	length: number;
	headers: ReadonlyMap<string, Json>;
	/** As UTF-8; what is not becomes U+FFFD. */
	payload: string;
}

/**
 * Decodes `application/vnd.amazon.eventstream` from chunks cut anywhere. A message is at most 16 MiB, its headers
 * at most 128 KiB.
 *
 * A message is given only when both its checksums hold. After the first that is wrong, `failure` says how and nothing
 * more is decoded; the messages before it have been given.
 *
 * @see https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export class EventStreamDecoder {
	failure: BadFrame | undefined;
	#offset = 0;
	/** The beginning of a message that the last chunk has cut: room for a prelude, then for the whole message. */
	#held = new Uint8Array(PRELUDE_BYTES);
	#heldBytes = 0;
	#block = new Uint8Array();
	#headers: ReadonlyMap<string, Json> = new Map();

	/** Whether the bytes so far end inside a message. */
	get midMessage(): boolean {
		return this.#heldBytes > 0;
	}

	/** The messages that `bytes` complete. */
	push(bytes: Uint8Array): Message[] {
		const messages: Message[] = [];
		let rest = bytes;
		while (rest.length > 0 && this.failure === undefined) {
			rest = rest.subarray(this.#heldBytes === 0 ? this.#take(rest, messages) : 0);
			if (this.failure === undefined) rest = rest.subarray(this.#hold(rest, messages));
		}
		return messages;
	}

	/** Decodes the whole messages at the start of `bytes` in place. Returns how many bytes they take. */
	#take(bytes: Uint8Array, messages: Message[]): number {
		let at = 0;
		while (at < bytes.length) {
			const rest = bytes.subarray(at);
			const length = this.#measure(rest);
			if (length === undefined || length > rest.length) return at;
			const message = this.#decode(rest.subarray(0, length));
			if (message === undefined) return at;
			messages.push(message);
			at += length;
		}
		return at;
	}

	/** Copies what is still missing of one message, and decodes it when that is all. Returns how many bytes it took. */
	#hold(bytes: Uint8Array, messages: Message[]): number {
		let taken = 0;
		// Twice: first the prelude, which says how much room the message needs.
		while (taken < bytes.length && this.#heldBytes < this.#held.length) {
			const piece = bytes.subarray(taken, taken + this.#held.length - this.#heldBytes);
			this.#held.set(piece, this.#heldBytes);
			this.#heldBytes += piece.length;
			taken += piece.length;
			if (this.#held.length === PRELUDE_BYTES) this.#makeRoom();
			if (this.failure !== undefined) return taken;
		}
		if (this.#held.length > PRELUDE_BYTES && this.#heldBytes === this.#held.length) {
			const message = this.#decode(this.#held);
			if (message !== undefined) messages.push(message);
			this.#held = new Uint8Array(PRELUDE_BYTES);
			this.#heldBytes = 0;
		}
		return taken;
	}

	#makeRoom(): void {
		const length = this.#measure(this.#held.subarray(0, this.#heldBytes));
		if (length === undefined) return;
		const room = new Uint8Array(length);
		room.set(this.#held);
		this.#held = room;
	}

	/** Length of the message that begins `bytes`; undefined before its prelude is there, or when that is wrong. */
	#measure(bytes: Uint8Array): number | undefined {
		if (this.#offset === 0 && bytes[0] !== 0) return this.#fail('not-a-stream');
		if (bytes.length < PRELUDE_BYTES) return undefined;
		const view = new DataView(bytes.buffer, bytes.byteOffset, PRELUDE_BYTES);
		// Before its checksum holds, a length is not believed.
		if (crc32(bytes, 0, 8) !== view.getUint32(8)) return this.#fail('crc');
		const length = view.getUint32(0);
		const headerBytes = view.getUint32(4);
		const least = PRELUDE_BYTES + headerBytes + CRC_BYTES;
		if (length < least) return this.#fail('bad-length');
		if (length > MAX_MESSAGE_BYTES || headerBytes > MAX_HEADER_BYTES) {
			return this.#fail('too-large');
		}
		return length;
	}

	#decode(bytes: Uint8Array): Message | undefined {
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
		const end = bytes.length - CRC_BYTES;
		if (crc32(bytes, 0, end) !== view.getUint32(end)) return this.#fail('crc');
		const payloadAt = PRELUDE_BYTES + view.getUint32(4);
		const headers = this.#headersOf(bytes.subarray(PRELUDE_BYTES, payloadAt));
		if (headers === undefined) return this.#fail('bad-header');
		const payload = utf8.decode(bytes.subarray(payloadAt, end));
		const offset = this.#offset;
		this.#offset += bytes.length;
		return { offset, length: bytes.length, headers, payload };
	}

	/** Most messages repeat the header block before them: comparing it is cheaper than parsing it again. */
	#headersOf(block: Uint8Array): ReadonlyMap<string, Json> | undefined {
		const former = this.#block;
		let same = 0;
		if (block.length === former.length) {
			while (same < block.length && block[same] === former[same]) same++;
			if (same === block.length) return this.#headers;
		}
		const headers = parseHeaders(block);
		if (headers === undefined) return undefined;
		this.#block = block.slice();
		this.#headers = headers;
		return headers;
	}

	#fail(failure: BadFrame): undefined {
		this.failure = failure;
	}
}
