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
		const view = viewOf(bytes);
		let at = 0;
		while (at < bytes.length) {
			const length = this.#measure(bytes, view, at);
			if (length === undefined || length > bytes.length - at) return at;
			const message = this.#decode(bytes, view, at, length);
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
			const message = this.#decode(this.#held, viewOf(this.#held), 0, this.#held.length);
			if (message !== undefined) messages.push(message);
			this.#held = new Uint8Array(PRELUDE_BYTES);
			this.#heldBytes = 0;
		}
		return taken;
	}

	#makeRoom(): void {
		const known = this.#held.subarray(0, this.#heldBytes);
		const length = this.#measure(known, viewOf(known), 0);
		if (length === undefined) return;
		const room = new Uint8Array(length);
		room.set(this.#held);
		this.#held = room;
	}

	/**
	 * Length of the message that begins at `at`; undefined before its prelude is there, or when that is wrong. `view` is of
	 * the same bytes.
	 */
	#measure(bytes: Uint8Array, view: DataView, at: number): number | undefined {
		if (this.#offset === 0 && bytes[at] !== 0) return this.#fail('not-a-stream');
		if (bytes.length - at < PRELUDE_BYTES) return undefined;
		// Before its checksum holds, a length is not believed.
		if (crc32(bytes, at, at + 8) !== view.getUint32(at + 8)) return this.#fail('crc');
		const length = view.getUint32(at);
		const headerBytes = view.getUint32(at + 4);
		const least = PRELUDE_BYTES + headerBytes + CRC_BYTES;
		if (length < least) return this.#fail('bad-length');
		if (length > MAX_MESSAGE_BYTES || headerBytes > MAX_HEADER_BYTES) {
			return this.#fail('too-large');
		}
		return length;
	}

	/** The message of so many bytes that begins at `at`. */
	#decode(bytes: Uint8Array, view: DataView, at: number, length: number): Message | undefined {
		const end = at + length - CRC_BYTES;
		if (crc32(bytes, at, end) !== view.getUint32(end)) return this.#fail('crc');
		const headersAt = at + PRELUDE_BYTES;
		const payloadAt = headersAt + view.getUint32(at + 4);
		const headers = this.#headersOf(bytes, headersAt, payloadAt);
		if (headers === undefined) return this.#fail('bad-header');
		const payload = utf8.decode(bytes.subarray(payloadAt, end));
		const offset = this.#offset;
		this.#offset += length;
		return { offset, length, headers, payload };
	}

	/** The headers that stand from `from` to `to`. Most messages repeat those before: comparing is cheaper than parsing. */
	#headersOf(bytes: Uint8Array, from: number, to: number): ReadonlyMap<string, Json> | undefined {
		const former = this.#block;
		if (to - from === former.length) {
			let same = 0;
			while (same < former.length && bytes[from + same] === former[same]) same++;
			if (same === former.length) return this.#headers;
		}
		const block = bytes.slice(from, to);
		const headers = parseHeaders(block);
		if (headers === undefined) return undefined;
		this.#block = block;
		this.#headers = headers;
		return headers;
	}

	#fail(failure: BadFrame): undefined {
		this.failure = failure;
	}
}

function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
	return new DataView(buffer, byteOffset, length);
}
