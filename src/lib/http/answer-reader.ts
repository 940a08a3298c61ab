import { Fold } from '../model/fold.ts';
import type { Chunk, Frame } from '../model/frame.ts';
import type { Outcome } from '../model/run.ts';
import { newFrameReader } from './frames.ts';
import type { FrameReader } from './frames.ts';
import { readFrame } from './read-frame.ts';
import type { Answer } from './read-frame.ts';

/** How the bytes of a body came to their end: by themselves, by a failure of the network, or by the user. */
export type BodyEnd = 'whole' | 'broken-off' | 'stopped';

/** Reads the body of one response, from chunks to the outcome, without a network or a clock. */
export class AnswerReader {
	readonly received = { events: 0, bytes: 0 };
	readonly #answer: Answer;
	readonly #fold: Fold;
	readonly #frames: FrameReader;
	/** When the last chunk came. */
	#t = 0;
	#endMark = false;
	/** The text of the frame that was no part of this API's answer. */
	#broken: string | undefined;

	constructor(answer: Answer, fold: Fold) {
		this.#answer = answer;
		this.#fold = fold;
		// An error is one text, whatever its content type claims.
		this.#frames = newFrameReader(this.#isOk ? this.#contentType : '');
	}

	/** Whether what follows can't be read any more. */
	get failed(): boolean {
		return this.#frames.failure !== undefined || this.#broken !== undefined;
	}

	/** Whether the service has said all that an answer is made of; usage may still follow. */
	get ended(): boolean {
		return this.#endMark || this.#fold.reason !== undefined || this.#fold.error !== undefined;
	}

	/** Takes the next chunk. */
	push(chunk: Chunk): void {
		this.received.bytes += chunk.bytes.length;
		this.#t = chunk.t;
		this.#take(this.#frames.push(chunk));
	}

	/** Ends the body, and the fold with it. */
	end(how: BodyEnd): Outcome {
		const { frames, midFrame } = this.#frames.end();
		// Of an error, the beginning is worth telling; of an answer in one piece it is not an answer.
		const isTold = how === 'whole' || (how === 'broken-off' && !this.#isOk);
		if (isTold) this.#take(frames);
		this.#fold.end(this.#t);
		return this.#judge(how, midFrame || (!isTold && frames.length > 0 && this.received.bytes > 0));
	}

	get #isOk(): boolean {
		return this.#answer.status >= 200 && this.#answer.status <= 299;
	}

	get #contentType(): string {
		return this.#answer.headers['content-type'] ?? '';
	}

	#take(frames: readonly Frame[]): void {
		for (const frame of frames) {
			if (this.#broken !== undefined) return;
			this.received.events++;
			const reading = readFrame(frame, this.#answer);
			if (reading === 'end-mark') this.#endMark = true;
			else if (reading === 'broken') this.#broken = this.#textOf(frame);
			else for (const event of reading) this.#fold.add(event, frame.t);
			// A body has one frame: without an end in it, it is no answer.
			if (frame.kind === 'body' && !this.ended) this.#broken = this.#textOf(frame);
		}
	}

	#textOf(frame: Frame): string {
		if (frame.kind === 'body') return this.#answer.hide(frame.text);
		return this.#answer.hide(frame.kind === 'sse' ? frame.data : frame.payload);
	}

	#judge(how: BodyEnd, midFrame: boolean): Outcome {
		const { status } = this.#answer;
		const { error, reason } = this.#fold;
		if (error !== undefined) return { end: this.#errorEnd, error };
		if (this.#frames.failure !== undefined) {
			return { end: 'bad-frame', code: this.#frames.failure };
		}
		if (this.#broken !== undefined) {
			const contentType = this.#contentType;
			return { end: 'not-an-answer', status, contentType, text: this.#broken };
		}
		if (reason !== undefined && !midFrame) return { end: 'finished', reason };
		return how === 'stopped' ? { end: 'stopped' } : { end: 'cut-short', midFrame };
	}

	get #errorEnd(): 'stream-error' | 'http-error' | 'error-in-200' {
		if (!this.#isOk) return 'http-error';
		return this.#frames.kind === 'body' ? 'error-in-200' : 'stream-error';
	}
}
