import { Grown } from './grown.svelte.ts';
import { LineEnds } from './line-ends.ts';

/** Characters after which a piece ends at a line end, and without one at a space. */
const longPiece = 4096;
const longestPiece = 16_384;

/**
 * Text that grows, as pieces of a paragraph each, which together are the text. A piece ends with its line feeds, so
 * that with `white-space: pre-wrap` a block each looks like one text.
 */
export class PlainText {
	readonly pieces = new Grown<string>();
	readonly #lineEnds = new LineEnds();
	#tail = '';
	#closed = 0;

	append(text: string): void {
		this.#tail += this.#lineEnds.take(text);
		for (let length; (length = lengthOfFirst(this.#tail)) > 0; this.#closed += 1) {
			this.pieces.set(this.#closed, this.#tail.slice(0, length), true);
			this.#tail = this.#tail.slice(length);
		}
		if (this.#tail !== '') this.pieces.set(this.#closed, this.#tail, false);
		else this.pieces.truncate(this.#closed);
	}

	end(): void {
		this.#tail += this.#lineEnds.end();
		if (this.#tail !== '') this.pieces.set(this.#closed, this.#tail, true);
	}
}

/** Length of the first piece that nothing can change any more; 0 = there is none. */
function lengthOfFirst(text: string): number {
	const blank = /\n[ \t]*\n+(?=[^\n])/g;
	const found = blank.exec(text);
	if (found !== null && blank.lastIndex <= longestPiece) return blank.lastIndex;
	if (text.length <= longPiece) return 0;
	const line = text.lastIndexOf('\n', longPiece) + 1;
	if (line > 0 && line < text.length) return line;
	if (text.length <= longestPiece) return 0;
	return text.lastIndexOf(' ', longestPiece) + 1 || longestPiece;
}
