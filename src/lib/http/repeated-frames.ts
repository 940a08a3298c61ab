import type { StreamEvent } from '../model/event.ts';
import type { Frame } from '../model/frame.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { readFrame } from './read-frame.ts';
import type { Reading, ResponseFacts } from './read-frame.ts';

/** A frame of a stream. */
type StreamFrame = Exclude<Frame, { kind: 'body' }>;

/** What frames have in common that differ in one text. */
interface Pattern {
	/** What stands beside their data: see `headOf`. */
	head: unknown;
	/** Matches their whole data; its only group is the text, as a JSON string. */
	expression: RegExp;
	/** The events of the frame that it was found in. */
	events: readonly StreamEvent[];
	/** Which of them has the text. */
	place: number;
}

/** After so many frames in a row that no pattern matched, no further pattern is looked for: to look takes time too. */
const MOST_MISSES = 8;
/** Characters of the longest frame in which a pattern is looked for. */
const LONGEST = 4096;

// Some fields have another value in each frame, which means nothing: a count, and padding so that nobody guesses a text by
// the length of its frame. Words of the answer are not taken for one: in a JSON string, quotes are escaped.
const anyValue = '(?:0|[1-9]\\d*|"\\w*")';
/** The value that these fields get to see that it means nothing. */
const otherValue = '"_"';
const varying = new RegExp(`(?<="(?:sequence_number|obfuscation|p)": ?)${anyValue}`);

/**
 * Reads the frames of one stream. Most repeat everything but a few characters of text: what such a frame means is known
 * from the one before, without parsing it as JSON.
 */
export class RepeatedFrames {
	readonly #answer: ResponseFacts;
	#pattern: Pattern | undefined;
	#misses = 0;

	constructor(answer: ResponseFacts) {
		this.#answer = answer;
	}

	/** What `frame` means: the same as {@link readFrame} says of it. */
	read(frame: Frame): Reading {
		if (frame.kind === 'body') return readFrame(frame, this.#answer);
		const known = this.#readAgain(frame);
		if (known !== undefined) {
			this.#misses = 0;
			return known;
		}
		const reading = readFrame(frame, this.#answer);
		if (typeof reading === 'object' && this.#misses++ < MOST_MISSES)
			this.#pattern = this.#findPattern(frame, reading);
		return reading;
	}

	#readAgain(frame: StreamFrame): StreamEvent[] | undefined {
		const pattern = this.#pattern;
		if (pattern === undefined || headOf(frame) !== pattern.head) return undefined;
		const literal = pattern.expression.exec(dataOf(frame))?.[1];
		const text = literal === undefined ? undefined : readText(literal);
		return text === undefined ? undefined : withText(pattern, text);
	}

	#findPattern(frame: StreamFrame, events: readonly StreamEvent[]): Pattern | undefined {
		const place = events.findIndex((one) => 'text' in one);
		const one = events[place];
		if (one === undefined || !('text' in one)) return undefined;
		const data = dataOf(frame);
		const literal = JSON.stringify(one.text);
		const at = data.indexOf(literal);
		if (at === -1 || data.length > LONGEST || data.includes(otherValue)) return undefined;
		const before = data.slice(0, at).split(varying);
		const after = data.slice(at + literal.length).split(varying);
		const expression = new RegExp(`^${sourceOf(before)}("[^]*")${sourceOf(after)}$`);
		const pattern = { head: headOf(frame), expression, events, place };
		// The text may stand in another field too, and a count or padding may mean something to this API: the pattern is used
		// only if another text and other values change nothing but that one event.
		const other = `${one.text} `;
		const tried = readFrame(
			withData(frame, before.join(otherValue) + JSON.stringify(other) + after.join(otherValue)),
			this.#answer
		);
		return equalJson(tried as unknown as Json, withText(pattern, other) as unknown as Json)
			? pattern
			: undefined;
	}
}

/** The name of a server-sent event, or the headers of a message, which are the same object for as long as they repeat. */
const headOf = (frame: StreamFrame): unknown =>
	frame.kind === 'sse' ? frame.event : frame.headers;

const dataOf = (frame: StreamFrame): string => (frame.kind === 'sse' ? frame.data : frame.payload);

const withData = (frame: StreamFrame, data: string): StreamFrame =>
	frame.kind === 'sse' ? { ...frame, data } : { ...frame, payload: data };

/** The source of an expression that matches these pieces of JSON, with any value between two of them. */
const sourceOf = (pieces: readonly string[]): string =>
	pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join(anyValue);

/** The text of a JSON string; undefined for an empty one and for anything else. */
function readText(literal: string): string | undefined {
	try {
		const text: unknown = JSON.parse(literal);
		return typeof text === 'string' && text !== '' ? text : undefined;
	} catch {
		return undefined;
	}
}

function withText({ events, place }: Pattern, text: string): StreamEvent[] {
	return events.map((event, i) => (i === place ? ({ ...event, text } as StreamEvent) : event));
}
