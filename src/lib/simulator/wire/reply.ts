import type { Random } from '../random.ts';

/** One frame of a streamed body: an event-stream message or a server-sent event. */
export interface Frame {
	/** What it is, for faults that look for a place to strike. */
	name: string;
	bytes: Uint8Array<ArrayBuffer>;
	/** Model time in ms since the frame before. */
	wait: number;
}

/** A response as data: what to send, when, and how it ends. */
export interface Reply {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string | readonly Frame[];
	/** Model time in ms until the headers. Default 0. */
	wait?: number;
	/** How the body ends: closed; with a connection error; or never, until aborted. Default `close`. */
	end?: 'close' | 'reset' | 'stall';
	/** How frames are cut into chunks. Default `uneven`. */
	chunks?: 'uneven' | 'bytes';
	/** False leaves out every CORS header. */
	cors?: false;
}

/** Bytes that arrive together, after a wait in ms of model time. */
export interface TimedChunk {
	bytes: Uint8Array<ArrayBuffer>;
	wait: number;
}

const MAX_FRAMES_OF_A_CHUNK = 6;

/** A reply with a JSON body. */
export function newJsonReply(
	status: number,
	body: unknown,
	headers: Readonly<Record<string, string>> = {}
): Reply {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body)
	};
}

/**
 * Cuts frames into chunks as a network does: a frame by itself, several together, or cut somewhere
 * inside, where there is one inside a character of several bytes.
 */
export function cutUnevenly(frames: readonly Frame[], random: Random): TimedChunk[] {
	const chunks: TimedChunk[] = [];
	let held: Uint8Array<ArrayBuffer>[] = [];
	let wait = 0;
	for (const [index, frame] of frames.entries()) {
		wait += frame.wait;
		const last = index === frames.length - 1;
		const dice = random.next();
		if (!last && dice < 0.25 && held.length < MAX_FRAMES_OF_A_CHUNK) {
			held.push(frame.bytes);
			continue;
		}
		const cut = last || dice < 0.7 ? frame.bytes.length : chooseCut(frame.bytes, random);
		chunks.push({ bytes: joinBytes([...held, frame.bytes.subarray(0, cut)]), wait });
		held = cut < frame.bytes.length ? [frame.bytes.subarray(cut)] : [];
		wait = 0;
	}
	return chunks;
}

/** Cuts frames into chunks of one byte. */
export function cutIntoBytes(frames: readonly Frame[]): TimedChunk[] {
	return frames.flatMap(({ bytes, wait }) =>
		Array.from(bytes, (byte, at) => ({ bytes: Uint8Array.of(byte), wait: at === 0 ? wait : 0 }))
	);
}

/** The bytes of all parts, one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		joined.set(part, at);
		at += part.length;
	}
	return joined;
}

function chooseCut(bytes: Uint8Array, random: Random): number {
	const from = random.int(1, bytes.length - 1);
	const inside = bytes.findIndex(
		(byte, at) => at >= 1 && (byte & 0xc0) === 0x80 && at < bytes.length
	);
	return inside > 0 && random.next() < 0.8 && isText(bytes, inside) ? inside : from;
}

// A checksum may look like the middle of a character; a lead byte before it makes it one.
function isText(bytes: Uint8Array, at: number): boolean {
	return (bytes[at - 1] ?? 0) >= 0xc2;
}
