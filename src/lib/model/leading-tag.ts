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
	#state: 'start' | 'inside' | 'after' | 'text' = 'start';
	#close = '';

	/** The pieces that `delta` makes certain; what may still become a tag is held back. */
	add(delta: string): TagPiece[] {
		if (this.#state === 'text') return delta === '' ? [] : [{ kind: 'text', text: delta }];
		this.#held += delta;
		const pieces: TagPiece[] = [];
		if (this.#state === 'start') this.#open(pieces);
		if (this.#state === 'inside') this.#inside(pieces);
		if (this.#state === 'after') this.#after(pieces);
		return pieces;
	}

	/** What is still held back at the end of the text. */
	end(): TagPiece[] {
		const text = this.#held;
		this.#held = '';
		if (text === '') return [];
		return [{ kind: this.#state === 'inside' ? 'reasoning' : 'text', text }];
	}

	#open(pieces: TagPiece[]): void {
		const start = this.#held.trimStart();
		const tag = tags.find((name) => start.startsWith(`<${name}>`));
		if (tag !== undefined) {
			this.#close = `</${tag}>`;
			this.#held = start.slice(tag.length + 2).trimStart();
			this.#state = 'inside';
		} else if (!tags.some((name) => `<${name}>`.startsWith(start))) {
			this.#state = 'text';
			pieces.push({ kind: 'text', text: this.#held });
			this.#held = '';
		}
	}

	#inside(pieces: TagPiece[]): void {
		const at = this.#held.indexOf(this.#close);
		const until = at === -1 ? this.#held.length - overlap(this.#held, this.#close) : at;
		if (until > 0) pieces.push({ kind: 'reasoning', text: this.#held.slice(0, until) });
		this.#held = this.#held.slice(until);
		if (at === -1) return;
		this.#held = this.#held.slice(this.#close.length);
		this.#state = 'after';
	}

	#after(pieces: TagPiece[]): void {
		const text = this.#held.trimStart();
		if (text === '') return;
		pieces.push({ kind: 'text', text });
		this.#held = '';
		this.#state = 'text';
	}
}

/** Length of the longest end of `text` that is a beginning of `mark`. */
function overlap(text: string, mark: string): number {
	for (let length = Math.min(text.length, mark.length - 1); length > 0; length--) {
		if (text.endsWith(mark.slice(0, length))) return length;
	}
	return 0;
}
