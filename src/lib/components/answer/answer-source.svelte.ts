import { Blocks } from './blocks.ts';
import { Grown } from './grown.svelte.ts';
import { PlainText } from './plain-text.svelte.ts';
import { growingViewOf, viewOf, type View } from './views.svelte.ts';

/**
 * The text of an answer, live or finished, in the form the screen takes it: as Markdown blocks and as plain
 * paragraphs, each made when it is first shown and then kept up, at the cost of what is new.
 */
export class AnswerText {
	#text: string;
	#ended = false;
	#markdown: Markdown | undefined;
	#plain: PlainText | undefined;

	/** With the text so far. A finished text: `new AnswerText(text)`, then `end()`. */
	constructor(initial = '') {
		this.#text = initial;
	}

	/** Takes what is new, cut anywhere. To be called once a frame at most. */
	append(text: string): void {
		if (text === '') return;
		this.#text += text;
		this.#markdown?.append(text);
		this.#plain?.append(text);
	}

	/** Nothing more comes, however the run ended: the last block closes. */
	end(): void {
		if (this.#ended) return;
		this.#ended = true;
		this.#markdown?.end();
		this.#plain?.end();
	}

	/** The whole text as it came. Not observed: it is for copying and storing. */
	get text(): string {
		return this.#text;
	}

	/** The blocks as they are drawn. To be called outside of derived values: the first call makes them. */
	openMarkdown(): Grown<View> {
		this.#markdown ??= this.#fill(new Markdown());
		return this.#markdown.views;
	}

	/** The plain paragraphs, likewise. */
	openPlain(): Grown<string> {
		this.#plain ??= this.#fill(new PlainText());
		return this.#plain.pieces;
	}

	#fill<T extends { append(text: string): void; end(): void }>(view: T): T {
		if (this.#text !== '') view.append(this.#text);
		if (this.#ended) view.end();
		return view;
	}
}

/** What one answer is drawn from. */
export type AnswerSource = Pick<AnswerText, 'text' | 'openMarkdown' | 'openPlain'>;

/** Carries the blocks over to their views, those that are new or open only. */
class Markdown {
	readonly views = new Grown<View>();
	readonly #blocks = new Blocks();
	#settled = 0;

	append(text: string): void {
		this.#blocks.append(text);
		this.#show();
	}

	end(): void {
		this.#blocks.end();
		this.#show();
		for (const index of this.#blocks.revised) {
			const view = this.views.at(index);
			if (view?.kind === 'list' || view?.kind === 'table') view.reset();
			this.#showAt(index, true);
		}
	}

	#show(): void {
		const { closed, growing, open } = this.#blocks;
		for (; this.#settled < closed.length; this.#settled += 1) this.#showAt(this.#settled, true);
		let index = closed.length;
		let rest = open;
		if (growing !== undefined) {
			this.views.set(index, growingViewOf(growing, open[0], this.views.at(index)), false);
			index += 1;
			rest = open.slice(1);
		}
		for (const token of rest) {
			this.views.set(index, viewOf(token, this.views.at(index)), false);
			index += 1;
		}
		this.views.truncate(index);
	}

	#showAt(index: number, settled: boolean): void {
		const token = this.#blocks.closed[index];
		if (token !== undefined) this.views.set(index, viewOf(token, this.views.at(index)), settled);
	}
}
