import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { StreamEvent } from '../model/event.ts';
import type { Frame } from '../model/frame.ts';
import { readFrame } from './read-frame.ts';
import type { Reading, ResponseFacts } from './read-frame.ts';

type SseFrame = Frame & { kind: 'sse' };

/** A frame with a text in it, of which another text makes another frame. */
interface Pattern {
	event: string;
	/** The frame's data before and after the text, which stands between them as a JSON string. */
	before: string;
	after: string;
	events: readonly StreamEvent[];
	/** The place of the text's event among them. */
	place: number;
}

/** Frames in a row that were no repetition, after which no more is looked for one. */
const MOST_MISSES = 8;

/**
 * Reads the frames of one stream. Those of Chat Completions repeat everything but a few characters of text: what such a
 * frame means is known from the one before, without parsing it as JSON.
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
		if (frame.kind !== 'sse') return readFrame(frame, this.#answer);
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

	#readAgain({ event, data }: SseFrame): StreamEvent[] | undefined {
		const pattern = this.#pattern;
		if (pattern === undefined || event !== pattern.event) return undefined;
		const { before, after } = pattern;
		const end = data.length - after.length;
		if (!data.startsWith(before) || !data.endsWith(after)) return undefined;
		const text = readText(data.slice(before.length, end));
		return text === undefined ? undefined : withText(pattern, text);
	}

	#findPattern(
		{ event, data, ...frame }: SseFrame,
		events: readonly StreamEvent[]
	): Pattern | undefined {
		const place = events.findIndex((one) => 'text' in one);
		const one = events[place];
		if (one === undefined || !('text' in one)) return undefined;
		const literal = JSON.stringify(one.text);
		const at = data.indexOf(literal);
		if (at === -1) return undefined;
		// Copies: a piece of a longer text keeps all of it in memory, and takes longer to compare with.
		const [before, after] = structuredClone([data.slice(0, at), data.slice(at + literal.length)]);
		const pattern = { event, before, after, events, place };
		// The words may stand in several places: it must be this one that makes the event, and nothing else.
		const other = `${one.text} `;
		const tried = readFrame(
			{ ...frame, event, data: before + JSON.stringify(other) + after },
			this.#answer
		);
		return equalJson(tried as unknown as Json, withText(pattern, other) as unknown as Json)
			? pattern
			: undefined;
	}
}

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
