import type { Draft, Message, Part } from '../model/draft.ts';
import { bytesAsJson } from '../model/json-size.ts';

/** Characters from which on a text is counted by itself. */
const long = 4096;
/** What stands for a long text, before the white space at its end. */
const placeholder = 'x';

/** Bytes of long texts as JSON: a part is never changed once its message is in a conversation. */
const known = new WeakMap<Part, number>();

/**
 * The long texts of a draft, taken out to learn how many bytes its body has: what an API builds depends on whether a
 * text is blank and on white space at its end, and on nothing else in it.
 */
export class LongTexts {
	/** Bytes that a body gets more by them than by what stands for them. */
	bytes = 0;

	/** The draft with something short in place of each long text. */
	takeOut(draft: Draft): Draft {
		if (!draft.messages.some(({ parts }) => parts.some(isLong))) return draft;
		return { ...draft, messages: draft.messages.map((message) => this.#shorten(message)) };
	}

	#shorten(message: Message): Message {
		if (!message.parts.some(isLong)) return message;
		const parts = message.parts.map((part) => {
			if (!isLong(part)) return part;
			const text = placeholder + part.text.slice(part.text.trimEnd().length);
			this.bytes += bytesOf(part) - bytesAsJson(text);
			return { ...part, text };
		});
		return { ...message, parts };
	}
}

/** One that goes out as it stands: fields kept from an answer can say how its words were cut. */
function isLong(part: Part): part is Part & { type: 'text' } {
	if (part.type !== 'text' || part.extra !== undefined || part.json === true) return false;
	return part.text.length > long && part.text.trimEnd() !== '';
}

function bytesOf(part: Part & { type: 'text' }): number {
	let bytes = known.get(part);
	if (bytes === undefined) known.set(part, (bytes = bytesAsJson(part.text)));
	return bytes;
}
