import type { Change } from '../model/change.ts';
import type { Part } from '../model/draft.ts';
import { GrowingText } from './growing-text.ts';

/** One part as it is drawn: a text that may grow, or anything else as it is. `part` is written on while it streams. */
export type ViewPart = { key: number } & (
	| {
			type: 'text' | 'reasoning' | 'refusal';
			source: GrowingText;
			part: Part & { type: 'text' | 'reasoning' | 'refusal' };
	  }
	/** `source` is its input: JSON text as it came, which may be cut. */
	| {
			type: 'tool-call';
			id: string;
			name: string;
			source: GrowingText;
			part: Part & { type: 'tool-call' };
	  }
	| { type: 'other'; part: Part }
);

/** What is drawn of an answer. It outlives the run that made it, so that the end of a stream redraws nothing. */
export class AnswerView {
	/** Replaced when a part begins or is a new one; a text grows inside its own source. */
	parts: readonly ViewPart[] = $state.raw([]);
	/** By the index of the part. A part of which nothing was told yet has none. */
	readonly #views: (ViewPart | undefined)[] = [];
	#ended: boolean;
	#keys = 0;

	/** With the parts so far; `ended` = nothing more comes. */
	constructor(parts: readonly Part[] = [], ended = true) {
		this.#ended = ended;
		this.#views = parts.map((part) => this.#viewOf(part));
		this.#publish();
	}

	/** Draws what has changed since the last call; `parts` are all of the answer as they are now. */
	update(parts: readonly Part[], changes: readonly Change[]): void {
		let isNew = this.#views.length > parts.length;
		this.#views.length = Math.min(this.#views.length, parts.length);
		for (const change of changes) {
			const part = parts[change.part];
			if (part === undefined) continue;
			const view = this.#views[change.part];
			if ('replaced' in change || view === undefined || view.part !== part) {
				this.#end(view);
				this.#views[change.part] = this.#viewOf(part);
				isNew = true;
			} else if (view.type !== 'other') {
				view.source.grow(textOf(view.part), change.added);
			}
		}
		if (isNew) this.#publish();
	}

	/** Nothing more will come. */
	end(): void {
		this.#ended = true;
		for (const view of this.#views) this.#end(view);
	}

	#publish(): void {
		this.parts = this.#views.filter((view) => view !== undefined);
	}

	#viewOf(part: Part): ViewPart {
		const view = newView(part, this.#keys++);
		if (this.#ended) this.#end(view);
		return view;
	}

	#end(view: ViewPart | undefined): void {
		if (view !== undefined && view.type !== 'other') view.source.end();
	}
}

function newView(part: Part, key: number): ViewPart {
	switch (part.type) {
		case 'text':
		case 'reasoning':
		case 'refusal':
			return { key, type: part.type, source: new GrowingText(part.text), part };
		case 'tool-call': {
			const { type, id, name, input } = part;
			return { key, type, id, name, source: new GrowingText(input), part };
		}
		default:
			return { key, type: 'other', part };
	}
}

const textOf = (part: Part & { type: 'text' | 'reasoning' | 'refusal' | 'tool-call' }): string =>
	part.type === 'tool-call' ? part.input : part.text;
