import type { StreamEvent } from '../model/event.ts';
import type { Frame } from '../model/frame.ts';
import { endOfString } from '../model/json-text.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { Reading } from './read-frame.ts';

type Delta = Extract<StreamEvent, { block: string } & ({ text: string } | { input: string })>;

const wholeNumber = /0|[1-9]\d*/y;
/** What can't stand in a string of JSON as it is: what comes before the space, and the backslash. */
const special = /[^ -[\]-\uffff]/;

/**
 * Reads the frames of a stream. Most say the same as the one before but for the text of their delta: what those mean is
 * known without parsing them, which is most of what reading a long answer costs (10,000 frames: 90 of 150 ms).
 */
export class RepeatedFrames {
	readonly #unread: RegExp;
	#last: Pattern | undefined;

	/** @param unread Names of the fields that the API does not read, in which such frames differ too. */
	constructor(unread: readonly string[]) {
		const value = '(?:"(?<string>[^"\\\\]*)"|(?<number>\\d+))';
		this.#unread = new RegExp(`"(?:${unread.join('|')})"\\s*:\\s*${value}`, 'dg');
	}

	/** What `frame` means, as `read` gives it; of what is repeated with each delta only the delta. */
	read(frame: Frame, read: () => Reading): Reading {
		if (frame.kind === 'body') return read();
		const text = frame.kind === 'sse' ? frame.data : frame.payload;
		// Headers that repeat from message to message are the same Map.
		const name = frame.kind === 'sse' ? frame.event : frame.headers;
		const last = this.#last?.name === name ? this.#last : undefined;
		const said = last?.match(text);
		if (last?.isProven === true && said !== undefined) return [last.deltaOf(said)];
		const reading = read();
		if (last !== undefined && said !== undefined && last.foretells(said, reading)) {
			last.isProven = true;
		} else this.#last = newPattern(name, text, reading, this.#unread);
		return reading;
	}
}

/** Something in which the frames of a pattern differ. */
interface Hole {
	kind: 'delta' | 'string' | 'number';
	start: number;
	end: number;
}

/** The frames that differ from one that was read only in holes: the text of its delta, and what nobody reads. */
class Pattern {
	/** Whether it has said of a second frame, before that was read, what it means. */
	isProven = false;
	readonly name: unknown;
	readonly #events: readonly StreamEvent[];
	readonly #delta: Delta;
	readonly #holes: readonly Hole[];
	/** What stands before each hole, and after the last one. */
	readonly #pieces: readonly string[];

	constructor(
		name: unknown,
		events: readonly StreamEvent[],
		delta: Delta,
		text: string,
		holes: readonly Hole[]
	) {
		this.name = name;
		this.#events = events;
		this.#delta = delta;
		this.#holes = holes;
		const starts = [0, ...holes.map(({ end }) => end)];
		this.#pieces = starts.map((start, i) => text.slice(start, holes[i]?.start));
	}

	/** The text of the delta in a frame of this pattern; undefined for one that must be read. */
	match(text: string): string | undefined {
		let said: string | undefined;
		let at = 0;
		for (const [i, { kind }] of this.#holes.entries()) {
			const piece = this.#pieces[i] ?? '';
			if (!text.startsWith(piece, at)) return undefined;
			at += piece.length;
			const end = kind === 'number' ? endOfNumber(text, at) : endOfString(text, at - 1) - 1;
			if (kind !== 'number') {
				const value = readString(text.slice(at, end));
				if (value === undefined) return undefined;
				if (kind === 'delta') said = value;
			}
			at = end;
		}
		const rest = this.#pieces.at(-1) ?? '';
		// An empty delta is none.
		const isWhole = text.length - at === rest.length && text.endsWith(rest) && said !== '';
		return isWhole ? said : undefined;
	}

	deltaOf(said: string): Delta {
		return 'input' in this.#delta
			? { ...this.#delta, input: said }
			: { ...this.#delta, text: said };
	}

	/** Whether `reading` is what a frame with this delta should mean. */
	foretells(said: string, reading: Reading): boolean {
		const events = this.#events.map((event) =>
			event === this.#delta ? this.deltaOf(said) : event
		);
		return equalJson(events as unknown as Json, reading as unknown as Json);
	}
}

/** The pattern of a frame that means one delta; undefined where it means anything else, or the delta is not found. */
function newPattern(
	name: unknown,
	text: string,
	reading: Reading,
	unread: RegExp
): Pattern | undefined {
	if (typeof reading === 'string') return undefined;
	const [delta, other] = reading.filter((event) => !saysItOnce(event));
	if (delta === undefined || other !== undefined || !isDelta(delta)) return undefined;
	const literal = JSON.stringify('input' in delta ? delta.input : delta.text);
	const at = text.indexOf(literal);
	// It must be known which of two equal strings is the delta.
	if (at === -1 || text.includes(literal, at + 1)) return undefined;
	const holes: Hole[] = [{ kind: 'delta', start: at + 1, end: at + literal.length - 1 }];
	for (const { indices } of text.matchAll(unread)) {
		for (const kind of ['string', 'number'] as const) {
			const range = indices?.groups?.[kind];
			if (range !== undefined) holes.push({ kind, start: range[0], end: range[1] });
		}
	}
	holes.sort((a, b) => a.start - b.start);
	return new Pattern(name, reading, delta, text, holes);
}

/** Whether an event changes nothing where the frame before has said the same. */
function saysItOnce(event: StreamEvent): boolean {
	return event.type === 'response-start' || (event.type === 'details' && event.pieces !== true);
}

function isDelta(event: StreamEvent): event is Delta {
	switch (event.type) {
		case 'text-delta':
		case 'reasoning-delta':
		case 'refusal-delta':
		case 'tool-call-delta':
			return true;
	}
	return false;
}

/** The text that stands in a string of JSON; undefined where that is none. */
function readString(inside: string): string | undefined {
	if (!special.test(inside)) return inside;
	try {
		return JSON.parse(`"${inside}"`) as string;
	} catch {
		// The frame is no JSON either, which whoever reads it says.
		return undefined;
	}
}

function endOfNumber(text: string, at: number): number {
	wholeNumber.lastIndex = at;
	return wholeNumber.test(text) ? wholeNumber.lastIndex : at;
}
