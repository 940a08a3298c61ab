const tags = ['reasoning', 'think', 'thinking'];

/** A piece of text and which side of a leading tag it stands on. */
export interface TagPiece {
	kind: 'text' | 'reasoning';
	text: string;
}

/**
 * Splits a `<reasoning>…</reasoning>` or `<think>…</think>` at the very start of a text from the answer after it,
 * however the deltas are cut. A tag anywhere else is text. White space around the tags is dropped.
 */
export class LeadingTag {
	#held = '';
	#state: 'start' | 'opened' | 'inside' | 'closed' | 'text' = 'start';
	#close = '';

	/** The pieces that `delta` makes certain; what may still become a tag, or white space before one, is held back. */
	add(delta: string): TagPiece[] {
		this.#held += delta;
		const pieces: TagPiece[] = [];
		if (this.#state === 'start') this.#open();
		if (this.#state === 'opened') this.#trimStart('inside');
		if (this.#state === 'inside') this.#inside(pieces);
		if (this.#state === 'closed') this.#trimStart('text');
		if (this.#state === 'text') this.#take(this.#held.length, 'text', pieces);
		return pieces;
	}

	/** What is still held back at the end of the text. */
	end(): TagPiece[] {
		const pieces: TagPiece[] = [];
		this.#take(this.#held.length, this.#state === 'inside' ? 'reasoning' : 'text', pieces);
		return pieces;
	}

	#open(): void {
		const start = this.#held.trimStart();
		const tag = tags.find((name) => start.startsWith(`<${name}>`));
		if (tag !== undefined) {
			this.#close = `</${tag}>`;
			this.#held = start.slice(tag.length + 2);
			this.#state = 'opened';
		} else if (!tags.some((name) => `<${name}>`.startsWith(start))) {
			this.#state = 'text';
		}
	}

	/** Drops white space until something else comes. */
	#trimStart(next: 'inside' | 'text'): void {
		this.#held = this.#held.trimStart();
		if (this.#held !== '') this.#state = next;
	}

	#inside(pieces: TagPiece[]): void {
		const at = this.#held.indexOf(this.#close);
		const end = at === -1 ? this.#held.length - overlap(this.#held, this.#close) : at;
		this.#take(this.#held.slice(0, end).trimEnd().length, 'reasoning', pieces);
		if (at === -1) return;
		this.#held = this.#held.trimStart().slice(this.#close.length);
		this.#state = 'closed';
	}

	#take(length: number, kind: TagPiece['kind'], pieces: TagPiece[]): void {
		if (length > 0) pieces.push({ kind, text: this.#held.slice(0, length) });
		this.#held = this.#held.slice(length);
	}
}

/** Length of the longest end of `text` that is a beginning of `mark`. */
function overlap(text: string, mark: string): number {
	for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
		if (text.endsWith(mark.slice(0, length))) return length;
	}
	return 0;
}
