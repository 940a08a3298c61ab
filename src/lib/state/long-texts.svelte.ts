import type { Draft, Message, Part } from '../model/draft.ts';
import { idle } from '../model/idle.ts';
import { bytesAsJson } from '../model/json-size.ts';

/** Characters from which on a text is counted by itself. */
const long = 4096;
/** Characters from which on it is counted when the page has time: so many take some ten milliseconds. */
const huge = 1_000_000;
/** What stands for a long text, before the white space at its end. */
const placeholder = 'x';

/** A text in place of a long one, and how many bytes more that one is as JSON. */
interface Short {
	text: string;
	bytes: number;
}

/** By part: one is never changed once its message is in a conversation. */
const known = new WeakMap<Part, Short>();
/** Huge texts that wait to be counted. */
const waiting = new Set<Part>();
/** How many huge texts were counted: whoever took one as uncounted looks again. */
let counted = $state(0);

/**
 * The long texts of a draft, taken out to learn how many bytes its body has: what an API builds depends on whether a
 * text is blank and on white space at its end, and on nothing else in it. A huge text is taken for as many bytes as it
 * has characters until it is counted.
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
			const { text, bytes } = shortOf(part);
			this.bytes += bytes;
			return { ...part, text };
		});
		return { ...message, parts };
	}
}

type TextPart = Part & { type: 'text' };

/** One that goes out as it stands: fields kept from an answer can say how its words were cut. */
function isLong(part: Part): part is TextPart {
	if (part.type !== 'text' || part.extra !== undefined || part.json === true) return false;
	return part.text.length > long;
}

function shortOf(part: TextPart): Short {
	const short = known.get(part);
	if (short !== undefined) return short;
	if (part.text.length < huge) return count(part);
	if (!waiting.has(part)) void countLater(part);
	// Read, so that whoever asks now asks again when it is counted.
	void counted;
	return { text: placeholder, bytes: part.text.length - placeholder.length };
}

function count(part: TextPart): Short {
	const words = part.text.trimEnd();
	// A blank text stays as it is.
	const text = words === '' ? part.text : placeholder + part.text.slice(words.length);
	const short = { text, bytes: bytesAsJson(part.text) - bytesAsJson(text) };
	known.set(part, short);
	return short;
}

/** Counts it when the page has time. Nobody may ask any more by then: the part has not changed, so the count is right. */
async function countLater(part: TextPart): Promise<void> {
	waiting.add(part);
	await idle();
	waiting.delete(part);
	count(part);
	counted++;
}
