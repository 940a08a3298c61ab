import type { Chunk } from '../model/exchange.ts';
import type { Frame } from '../model/frame.ts';
import type { HttpRequest } from '../model/request.ts';
import type { BadFrame } from '../model/run.ts';
import { EventStreamDecoder } from './event-stream.ts';
import { SseDecoder } from './sse.ts';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Makes the frames of one body from its chunks, however these are cut. */
export interface FrameReader {
	/** What every frame of this body is. */
	readonly kind: Frame['kind'];
	/** Why the bytes are not what they claim to be; after it no frames come. */
	readonly failure: BadFrame | undefined;
	/** The frames that `chunk` completes. */
	push(chunk: Chunk): Frame[];
	/** The frames that only the end of the body completes, and whether it ended inside one. */
	end(): { frames: Frame[]; midFrame: boolean };
}

/** What was asked for: the framing of the API's streams, and the request. */
export interface Asked {
	framing: 'message' | 'sse';
	request: Pick<HttpRequest, 'headers' | 'body'>;
}

/**
 * The reader for a body of this content type. What is no kind of stream is one frame with the whole text, at most
 * 64 MiB, given at the end. Where the type says nothing useful, what was asked for is looked for in the first byte.
 */
export function newFrameReader(contentType: string, asked: Asked): FrameReader {
	const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
	if (type === 'application/vnd.amazon.eventstream') return new MessageReader();
	if (type === 'text/event-stream') return new SseReader();
	return uselessTypes.has(type) && asksForStream(asked)
		? new UndeclaredReader(asked.framing)
		: new BodyReader();
}

const uselessTypes = new Set([
	'',
	'text/plain',
	'application/octet-stream',
	'binary/octet-stream',
	'application/x-ndjson',
	'application/stream+json'
]);

function asksForStream({ framing, request }: Asked): boolean {
	if (framing === 'sse') return /"stream"\s*:\s*true/.test(request.body ?? '');
	return Object.values(request.headers).includes('application/vnd.amazon.eventstream');
}

/** Decides by the first byte: a message begins with a zero, a JSON value or a page with a bracket. */
class UndeclaredReader implements FrameReader {
	readonly #framing: 'message' | 'sse';
	#reader: FrameReader | undefined;

	constructor(framing: 'message' | 'sse') {
		this.#framing = framing;
	}

	get kind(): Frame['kind'] {
		return this.#reader?.kind ?? 'body';
	}

	get failure(): BadFrame | undefined {
		return this.#reader?.failure;
	}

	push(chunk: Chunk): Frame[] {
		const [first] = chunk.bytes;
		if (first !== undefined) this.#reader ??= this.#decide(first);
		return this.#reader?.push(chunk) ?? [];
	}

	end(): { frames: Frame[]; midFrame: boolean } {
		return (this.#reader ?? new BodyReader()).end();
	}

	#decide(first: number): FrameReader {
		if (first === 0) return new MessageReader();
		const isBody = this.#framing === 'message' || '{[<'.includes(String.fromCharCode(first));
		return isBody ? new BodyReader() : new SseReader();
	}
}

class MessageReader implements FrameReader {
	readonly kind = 'message';
	#decoder = new EventStreamDecoder();
	#chunks = 0;

	get failure(): BadFrame | undefined {
		return this.#decoder.failure;
	}

	push({ t, bytes }: Chunk): Frame[] {
		const chunk = this.#chunks++;
		return this.#decoder.push(bytes).map(({ offset, length, headers, payload }) => {
			return { kind: this.kind, t, chunk, offset, length, headers, payload };
		});
	}

	end(): { frames: Frame[]; midFrame: boolean } {
		return { frames: [], midFrame: this.#decoder.midMessage };
	}
}

class SseReader implements FrameReader {
	readonly kind = 'sse';
	#decoder = new SseDecoder();
	#chunks = 0;
	#t = 0;

	get failure(): BadFrame | undefined {
		return this.#decoder.failure;
	}

	push({ t, bytes }: Chunk): Frame[] {
		const chunk = this.#chunks++;
		this.#t = t;
		return this.#decoder
			.push(bytes)
			.map(({ event, data }) => ({ kind: this.kind, t, chunk, event, data }));
	}

	end(): { frames: Frame[]; midFrame: boolean } {
		const { events, midFrame } = this.#decoder.end();
		const chunk = Math.max(0, this.#chunks - 1);
		const t = this.#t;
		return {
			frames: events.map(({ event, data }) => ({ kind: this.kind, t, chunk, event, data })),
			midFrame
		};
	}
}

class BodyReader implements FrameReader {
	readonly kind = 'body';
	failure: BadFrame | undefined;
	#utf8 = new TextDecoder();
	#pieces: string[] = [];
	#bytes = 0;
	#chunks = 0;
	#t = 0;

	push({ t, bytes }: Chunk): Frame[] {
		this.#chunks++;
		this.#t = t;
		this.#bytes += bytes.length;
		if (this.#bytes > MAX_BODY_BYTES) this.failure = 'too-large';
		else this.#pieces.push(this.#utf8.decode(bytes, { stream: true }));
		return [];
	}

	end(): { frames: Frame[]; midFrame: boolean } {
		if (this.failure !== undefined) return { frames: [], midFrame: true };
		const text = this.#pieces.join('') + this.#utf8.decode();
		const chunk = Math.max(0, this.#chunks - 1);
		return { frames: [{ kind: this.kind, t: this.#t, chunk, text }], midFrame: false };
	}
}
