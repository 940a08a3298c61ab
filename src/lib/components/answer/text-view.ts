import type { Feed } from '../../state/growing-text.ts';
import { make } from './make.ts';
import { slices, type Steps } from './slices.ts';

/** Characters that are taken in one step. */
const stepLength = 4096;

/** A text as elements under one root. What is new is shown at once, what is long in slices. */
export abstract class TextView implements Feed, Steps {
	readonly root: HTMLElement;
	#waiting: string[] = [];
	#ended = false;

	constructor(className: string) {
		this.root = make('div', className);
	}

	/** Shows what is new, cut anywhere; with `more` to come at once, the open end may wait. */
	protected abstract take(text: string, more: boolean): void;
	/** Nothing more comes. */
	protected abstract finish(): void;

	append(text: string): void {
		this.#waiting.push(text);
		slices.start(this);
	}

	end(): void {
		this.#ended = true;
		slices.start(this);
	}

	step(): boolean {
		const text = this.#waiting[0];
		if (text !== undefined) {
			if (text.length > stepLength) this.#waiting[0] = text.slice(stepLength);
			else this.#waiting.shift();
			this.take(text.slice(0, stepLength), this.#waiting.length > 0 || this.#ended);
			return this.#waiting.length > 0 || this.#ended;
		}
		if (this.#ended) this.finish();
		this.#ended = false;
		return false;
	}
}
