import type { Api } from '../apis/api.ts';
import type { Change } from '../model/change.ts';
import type { Part } from '../model/draft.ts';
import type { Chunk, Exchange, Head } from '../model/exchange.ts';
import type { StreamEvent } from '../model/event.ts';
import { Fold } from '../model/fold.ts';
import type { Frame } from '../model/frame.ts';
import type { Json } from '../model/json.ts';
import type { HttpRequest } from '../model/request.ts';
import type { Answer, Note } from '../model/run.ts';
import { newFrameReader } from './frames.ts';
import type { FrameReader } from './frames.ts';
import { judge } from './judge.ts';
import { RedactedEvents } from './redact-events.ts';
import { Redactor } from './redact.ts';
import { RepeatedFrames } from './repeated-frames.ts';

/** Frames and bytes of a body so far. */
export type Received = Answer['received'];

type TextDelta = Extract<StreamEvent, { block: string; text: string }>;
type Start = Extract<StreamEvent, { type: 'response-start' }>;

/** What an answer is read with. */
export interface Reading {
	api: Api;
	/** What was asked, which tells a stream whose content type does not. */
	request: Pick<HttpRequest, 'headers' | 'body'>;
	head: Head;
	/** Takes the secret out; without one nothing is looked for. */
	redactor?: Redactor;
	/** Called with each frame and what it changed. */
	onframe?: (frame: Frame, changes: readonly Change[]) => void;
}

/** Reads the body of one response, from chunks to an answer, without a network or a clock. */
export class AnswerReader {
	readonly received: Received = { frames: 0, bytes: 0 };
	readonly fold = new Fold();
	readonly #reading: Reading;
	/** What each frame means. */
	readonly #meanings: RepeatedFrames;
	readonly #redactor: Redactor;
	readonly #frames: FrameReader;
	readonly #events: RedactedEvents;
	#changes: Change[] = [];
	/** Deltas of one block in a row, as one: they are looked through and added together. */
	#delta: TextDelta | undefined;
	/** The last beginning of the response. */
	#start: Start | undefined;
	/** When the last chunk came. */
	#t = 0;
	#endMark = false;
	/** The text of the frame that was no part of this API's answer. */
	#broken: string | undefined;

	constructor(reading: Reading) {
		this.#reading = reading;
		this.#redactor = reading.redactor ?? new Redactor();
		this.fold.times.headers = reading.head.t;
		const { api, request, head } = reading;
		this.#meanings = new RepeatedFrames({ api, status: head.status, headers: head.headers });
		// An error is one text, whatever its content type claims.
		this.#frames = newFrameReader(this.#isOk ? (head.headers['content-type'] ?? '') : 'text/html', {
			framing: api.framing,
			request
		});
		this.#events = new RedactedEvents(this.#redactor, (event, t) => {
			const from = this.#changes.length;
			this.fold.add(event, t, this.#changes);
			if (event.type === 'fields' || event.type === 'reasoning-seal') this.#hideFrom(from);
		});
	}

	/** Whether what follows can't be read any more. */
	get failed(): boolean {
		return this.#frames.failure !== undefined || this.#broken !== undefined;
	}

	/** Whether the service has said all that an answer is made of; usage may still follow. */
	get ended(): boolean {
		const { reason, error, unfinished } = this.fold;
		return this.#endMark || (reason ?? error ?? unfinished) !== undefined;
	}

	/** What the last chunk, or the end, has changed about the parts. */
	get changes(): Change[] {
		return this.#changes;
	}

	/** Takes the next chunk. Gives what it changed about the parts, in order, growth of one part in a row as one. */
	push(chunk: Chunk): Change[] {
		this.received.bytes += chunk.bytes.length;
		this.#t = chunk.t;
		this.#changes = [];
		this.#take(this.#frames.push(chunk));
		return this.#changes;
	}

	/** Ends the body as its exchange says that it ended, and gives the answer. */
	end({ end: how, times }: Pick<Exchange, 'end' | 'times'>): Answer {
		const { status, headers } = this.#reading.head;
		this.#changes = [];
		const { frames, midFrame } = this.#frames.end();
		// Of an error that breaks off the beginning is shown; of an answer in one piece the beginning can't be read.
		const isRead = how === 'whole' || (how === 'broken-off' && !this.#isOk);
		if (isRead || this.#frames.kind === 'sse') this.#take(frames);
		this.#events.end(this.#t);
		this.fold.end(this.#t, this.#changes);
		const outcome = judge({
			fold: this.fold,
			how,
			isOk: this.#isOk,
			status,
			contentType: headers['content-type'] ?? '',
			kind: this.#frames.kind,
			failure: this.#frames.failure,
			broken: this.#broken,
			midFrame: midFrame || (!isRead && frames.length > 0 && this.received.bytes > 0)
		});
		return this.#newAnswer({ status, headers, outcome }, times.end);
	}

	#newAnswer(facts: Pick<Answer, 'status' | 'headers' | 'outcome'>, end: number): Answer {
		const { parts, others, responseId, model, usage, details, notes, times } = this.fold;
		const answer: Answer = {
			...facts,
			parts,
			...(others !== undefined && { others }),
			...(responseId !== undefined && { responseId }),
			...(model !== undefined && { model }),
			...(usage !== undefined && { usage }),
			...(details !== undefined && { details }),
			...(notes.length > 0 && { notes }),
			// Total and speed end with the protocol's end; what the connection lingers is not the answer's time.
			times: { ...times, end: times.end ?? end },
			received: { ...this.received }
		};
		if (this.#redactor.isIdle) return answer;
		const safe = this.#hide(answer);
		const hidden: Note[] = this.#redactor.found ? ['key-hidden'] : [];
		const all = [...notes, ...hidden];
		return { ...safe, ...(all.length > 0 && { notes: all }) };
	}

	/**
	 * The answer without the secret. The texts of its parts were looked through as they came: to look through 10 MB once more
	 * takes a tenth of a second, in which the page answers no key.
	 */
	#hide(answer: Answer): Answer {
		const hide = <T>(value: T) => this.#redactor.hideJson(value as unknown as Json) as unknown as T;
		if (this.#events.isJoined) return hide(answer);
		const { parts, ...rest } = answer;
		return { ...hide(rest), parts: parts.map((part) => hideBesideText(part, hide)) };
	}

	get #isOk(): boolean {
		const { status } = this.#reading.head;
		return status >= 200 && status <= 299;
	}

	#take(frames: readonly Frame[]): void {
		for (const frame of frames) {
			if (this.#broken !== undefined) break;
			this.received.frames++;
			const { onframe } = this.#reading;
			if (onframe === undefined) this.#takeFrame(frame);
			else {
				const before = this.#changes;
				this.#changes = [];
				this.#takeFrame(frame);
				this.#addDelta(frame.t);
				onframe(frame, this.#changes);
				this.#changes = [...before, ...this.#changes];
			}
		}
		this.#addDelta(this.#t);
	}

	#takeFrame(frame: Frame): void {
		const reading = this.#meanings.read(frame);
		if (reading === 'end-mark') this.#endMark = true;
		else if (reading === 'broken') this.#break(frame);
		else for (const event of reading) this.#add(event, frame.t);
		if (frame.kind !== 'body') return;
		this.#addDelta(frame.t);
		// A body has one frame: without an end in it, it is no answer.
		if (!this.ended) this.#break(frame);
	}

	#add(event: StreamEvent, t: number): void {
		const last = this.#delta;
		if (event.type === 'response-start') {
			// Chat Completions repeats it with every piece.
			if (isSameStart(this.#start, event)) return;
			this.#start = event;
			this.#events.add(event, t);
		} else if (!('text' in event)) {
			// Some servers repeat details with every piece; they say nothing of the text around them.
			if (event.type !== 'details') this.#addDelta(t);
			this.#events.add(event, t);
		} else if (
			last?.type === event.type &&
			last.block === event.block &&
			last.choice === event.choice
		) {
			last.text += event.text;
		} else {
			this.#addDelta(t);
			this.#delta = { ...event };
		}
	}

	/** Adds the deltas that were put together. */
	#addDelta(t: number): void {
		const delta = this.#delta;
		this.#delta = undefined;
		if (delta !== undefined) this.#events.add(delta, t);
	}

	#break(frame: Frame): void {
		this.#addDelta(frame.t);
		// What follows a whole answer can't unmake it.
		if (this.fold.reason !== undefined) return this.fold.note('error-after-end');
		const text =
			frame.kind === 'sse' ? frame.data : frame.kind === 'body' ? frame.text : frame.payload;
		this.#broken = this.#redactor.hide(text);
	}

	/** Takes the secret out of parts that pieces have completed. */
	#hideFrom(from: number): void {
		if (this.#redactor.isIdle) return;
		for (const { part } of this.#changes.slice(Math.max(0, from - 1))) {
			const known = this.fold.parts[part];
			if (known !== undefined) {
				this.fold.parts[part] = this.#redactor.hideJson(known as unknown as Json) as typeof known;
			}
		}
	}
}

/**
 * What an exchange means: the answer in it and how it ended. The same exchange always gives the same answer.
 *
 * @param onframe Called with each frame and what it changed about the parts.
 */
export function readExchange(api: Api, exchange: Exchange, onframe?: Reading['onframe']): Answer {
	const { request, status, headers = {}, times } = exchange;
	if (status === undefined) return readNothing(exchange);
	const head = { status, headers, t: times.headers ?? 0 };
	const reader = new AnswerReader({ api, request, head, ...(onframe && { onframe }) });
	for (const chunk of exchange.chunks) {
		reader.push(chunk);
		if (reader.failed) break;
	}
	return reader.end(exchange);
}

function isSameStart(a: Start | undefined, b: Start): boolean {
	return a !== undefined && a.id === b.id && a.model === b.model && a.choice === b.choice;
}

/** A part whose text stays as it is. */
function hideBesideText(part: Part, hide: (part: Part) => Part): Part {
	switch (part.type) {
		case 'text':
		case 'reasoning':
		case 'refusal':
			return { ...hide({ ...part, text: '' }), text: part.text } as Part;
		case 'tool-call':
			return { ...hide({ ...part, input: '' }), input: part.input } as Part;
	}
	return hide(part);
}

/** An exchange in which no answer came. */
function readNothing({ end, request, times }: Exchange): Answer {
	const { host } = URL.canParse(request.url) ? new URL(request.url) : { host: '' };
	return {
		parts: [],
		times: { end: times.end },
		received: { frames: 0, bytes: 0 },
		outcome: judgeNothing(end, host)
	};
}

function judgeNothing(end: Exchange['end'], host: string): Answer['outcome'] {
	if (typeof end === 'object') {
		return 'unreachable' in end
			? { end: 'unreachable', host, cause: end.unreachable }
			: { end: 'http-error', error: { status: 0, code: end.unsent, message: '', raw: '' } };
	}
	return end === 'stopped' || end === 'page-closed'
		? { end }
		: { end: 'cut-short', midFrame: false };
}
