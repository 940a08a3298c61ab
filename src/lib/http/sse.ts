import { createParser } from 'eventsource-parser';
import type { EventSourceMessage } from 'eventsource-parser';
import type { BadFrame } from '../model/run.ts';

const MAX_EVENT_CHARACTERS = 32 * 1024 * 1024;

/** One server-sent event; `event` is '' where it has no name. */
export interface SseEvent {
	event: string;
	data: string;
}

/**
 * Decodes `text/event-stream` from chunks cut anywhere, as the HTML standard says: an event that no blank line ends
 * is not one. An event of more than 32 Mi characters is the `failure`, after which nothing more is decoded.
 */
export class SseDecoder {
	failure: BadFrame | undefined;
	// The parser drops one BOM itself; a second one is data.
	#utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
	#events: SseEvent[] = [];
	#lineOpen = false;
	#parser = createParser({
		maxBufferSize: MAX_EVENT_CHARACTERS,
		onEvent: (message) => this.#add(message),
		// Unknown fields and odd `retry` values are no failures.
		onError: ({ type }) => {
			if (type === 'max-buffer-size-exceeded') this.failure = 'too-large';
		}
	});

	/** The events that `bytes` complete. */
	push(bytes: Uint8Array): SseEvent[] {
		return this.#feed(this.#utf8.decode(bytes, { stream: true }));
	}

	/**
	 * Ends the body. It ended inside an event in the middle of a line, or with fields that no blank line ended; but a
	 * last `[DONE]` is an event without that too.
	 */
	end(): { events: SseEvent[]; midFrame: boolean } {
		this.#feed(this.#utf8.decode());
		if (this.failure !== undefined) return { events: [], midFrame: true };
		const midLine = this.#lineOpen;
		let last: EventSourceMessage | undefined;
		this.#add = (message) => (last = message);
		// Makes an event of whatever fields stand open, none of which leaves it empty.
		this.#parser.feed(`${midLine ? '\n' : ''}data:\n\n`);
		if (last?.data.trim() === '[DONE]')
			return { events: [{ event: '', data: '[DONE]' }], midFrame: false };
		const isOpen = last?.data !== '' || last.event !== undefined || last.id !== undefined;
		return { events: [], midFrame: midLine || isOpen };
	}

	#feed(text: string): SseEvent[] {
		if (text === '' || this.failure !== undefined) return [];
		this.#lineOpen = !text.endsWith('\n') && !text.endsWith('\r');
		this.#events = [];
		this.#parser.feed(text);
		return this.#events;
	}

	#add = ({ event = '', data }: EventSourceMessage): void => {
		if (this.failure !== undefined) return;
		// One that came whole in one chunk was never buffered.
		if (data.length > MAX_EVENT_CHARACTERS) this.failure = 'too-large';
		else this.#events.push({ event, data });
	};
}
