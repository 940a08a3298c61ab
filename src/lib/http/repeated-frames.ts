import type { StreamEvent } from '../model/event.ts';
import type { Frame } from '../model/frame.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { readFrame } from './read-frame.ts';
import type { Reading, ResponseFacts } from './read-frame.ts';

/** A frame of a stream. */
type StreamFrame = Exclude<Frame, { kind: 'body' }>;

/** A frame with a text in it, of which another text makes another frame. */
interface Pattern {
	/** What such a frame says of itself beside its data. */
	head: unknown;
	/** All of its data, with the text as a JSON string in its only group. */
	expression: RegExp;
	events: readonly StreamEvent[];
	/** The place of the text's event among them. */
	place: number;
}

/** Frames in a row that were no repetition, after which no more is looked for one. */
const MOST_MISSES = 8;
/** Characters of the longest frame that others may repeat. */
const LONGEST = 4096;

// What is another in each frame and says nothing: a count, and padding against guessing a text by the length of its frame.
// In a string such quotes would be escaped.
const value = '(?:0|[1-9]\\d*|"\\w*")';
const otherValue = '"_"';
const varying = new RegExp(`(?<="(?:sequence_number|obfuscation|p)": ?)${value}`);

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
		// The words may stand in several places, and what varies may mean something after all.
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

/** The event's name; the headers, which are the same object for as long as they repeat. */
const headOf = (frame: StreamFrame): unknown =>
	frame.kind === 'sse' ? frame.event : frame.headers;

const dataOf = (frame: StreamFrame): string => (frame.kind === 'sse' ? frame.data : frame.payload);

const withData = (frame: StreamFrame, data: string): StreamFrame =>
	frame.kind === 'sse' ? { ...frame, data } : { ...frame, payload: data };

/** The source of an expression for the pieces of a text between which something varies. */
const sourceOf = (pieces: readonly string[]): string =>
	pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join(value);

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
