import { LineEnds } from './line-ends.ts';
import { make } from './make.ts';
import { setText } from './morph.ts';
import { Sections } from './sections.ts';
import { TextView } from './text-view.ts';

/** Characters after which a piece ends at a line end, and without one at a space. */
const longPiece = 4096;
const longestPiece = 16_384;

/**
 * Text as it stands, in pieces of a paragraph each, which together are the text. A piece ends with its line feeds, so
 * that with `white-space: pre-wrap` a block each looks like one text.
 */
export class PlainView extends TextView {
	readonly #lineEnds = new LineEnds();
	readonly #sections: Sections;
	/** The piece that may still grow. */
	#open: Text | undefined;
	#tail = '';

	constructor() {
		super('plain');
		this.#sections = new Sections(this.root);
	}

	protected override take(text: string): void {
		this.#tail += this.#lineEnds.take(text);
		for (let length; (length = lengthOfFirst(this.#tail)) > 0;) {
			this.#show(this.#tail.slice(0, length));
			this.#sections.count(length);
			this.#sections.estimate();
			this.#open = undefined;
			this.#tail = this.#tail.slice(length);
		}
		if (this.#tail !== '') this.#show(this.#tail);
	}

	protected override finish(): void {
		this.#tail += this.#lineEnds.end();
		if (this.#tail !== '') this.#show(this.#tail);
	}

	#show(piece: string): void {
		if (this.#open !== undefined) return setText(this.#open, piece);
		this.#open = document.createTextNode(piece);
		this.#sections.add(make('p')).append(this.#open);
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
