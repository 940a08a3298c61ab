import type { StreamEvent } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import { RedactedText } from './redact.ts';
import type { Redactor } from './redact.ts';

type Delta = Extract<StreamEvent, { text: string } | { input: string; block: string }>;

/** Takes the secret out of events, also where the deltas of a block cut it into pieces. */
export class RedactedEvents {
	readonly #redactor: Redactor;
	readonly #take: (event: StreamEvent, t: number) => void;
	/**
	 * Whether a text that was taken to have ended has gone on: what stands where it was cut was looked through by nobody.
	 */
	isJoined = false;
	/** By block: the text so far, and the last delta of it. */
	readonly #texts = new Map<string, { text: RedactedText; last: Delta }>();
	/** Texts that have ended, by block and type. */
	readonly #ended = new Set<string>();

	/** @param take Gets each event as it may be shown; a text may come with a later one. */
	constructor(redactor: Redactor, take: (event: StreamEvent, t: number) => void) {
		this.#redactor = redactor;
		this.#take = take;
	}

	/** Takes the next event. */
	add(event: StreamEvent, t: number): void {
		if (this.#redactor.isIdle) return this.#take(event, t);
		switch (event.type) {
			case 'text-delta':
			case 'reasoning-delta':
			case 'refusal-delta':
			case 'tool-call-delta':
				return this.#addDelta(event, t);
			case 'response-end':
				this.end(t);
				return this.#take(this.#hide(event), t);
		}
		if ('block' in event) this.#endText(keyOf(event), t);
		this.#take(this.#hide(event), t);
	}

	/** Gives what was held back. */
	end(t: number): void {
		for (const key of this.#texts.keys()) this.#endText(key, t);
	}

	#addDelta(event: Delta, t: number): void {
		const key = keyOf(event);
		let known = this.#texts.get(key);
		if (known !== undefined && known.last.type !== event.type) {
			this.#endText(key, t);
			known = undefined;
		}
		if (known === undefined) {
			known = { text: new RedactedText(this.#redactor), last: event };
			this.isJoined ||= this.#ended.has(`${event.type} ${key}`);
		}
		known.last = event;
		this.#texts.set(key, known);
		const shown = known.text.add('input' in event ? event.input : event.text);
		if (shown !== '') this.#take(withText(event, shown), t);
	}

	#endText(key: string, t: number): void {
		const known = this.#texts.get(key);
		if (known === undefined) return;
		this.#texts.delete(key);
		this.#ended.add(`${known.last.type} ${key}`);
		const shown = known.text.end();
		if (shown !== '') this.#take(withText(known.last, shown), t);
	}

	#hide(event: StreamEvent): StreamEvent {
		return this.#redactor.hideJson(event as unknown as Json) as unknown as StreamEvent;
	}
}

function keyOf({ choice, block }: { choice?: number; block: string }): string {
	return choice === undefined ? block : `${choice} ${block}`;
}

function withText(event: Delta, text: string): Delta {
	if ('input' in event) return event.input === text ? event : { ...event, input: text };
	return event.text === text ? event : { ...event, text };
}
