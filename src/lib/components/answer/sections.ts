import { make } from './make.ts';

/** Characters and boxes that make a section. */
const longestSection = 8192;
const mostBoxes = 24;
/** Height of a character in running text, in px of a section: for the estimate, until it was on screen. */
const heightOfCharacter = 0.3;
const heightOfBox = 12;

/**
 * The boxes of a text, in sections: the browser skips layout and paint of a section that is far off the screen, and
 * looks at sections, not at each of their boxes, to know which. One that is alone is always laid out.
 */
export class Sections {
	readonly root: HTMLElement;
	#last: HTMLElement | undefined;
	#characters = 0;
	#boxes = 0;

	constructor(root: HTMLElement) {
		this.root = root;
	}

	/** Adds a box at the end. */
	add<E extends HTMLElement>(box: E): E {
		if (
			this.#last === undefined ||
			this.#characters >= longestSection ||
			this.#boxes >= mostBoxes
		) {
			this.#tellHeight();
			this.#last = this.root.appendChild(make('div', 'section'));
			this.#characters = 0;
			this.#boxes = 0;
		}
		this.#boxes += 1;
		this.#last.append(box);
		return box;
	}

	/** Counts text that has come into the boxes. */
	count(characters: number): void {
		this.#characters += characters;
	}

	/** Tells the browser how high the last section may be, unless it is alone. */
	estimate(): void {
		if (this.#last !== this.root.firstChild) this.#tellHeight();
	}

	#tellHeight(): void {
		if (this.#last === undefined) return;
		const height = this.#characters * heightOfCharacter + this.#boxes * heightOfBox;
		this.#last.style.setProperty('contain-intrinsic-block-size', `auto ${Math.round(height)}px`);
	}
}
