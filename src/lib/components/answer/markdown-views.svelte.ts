import { Blocks } from './blocks.ts';
import { Grown } from './grown.svelte.ts';
import { growingViewOf, viewOf, type View } from './views.svelte.ts';

/** Carries the blocks over to their views, those that are new or open only. */
export class MarkdownViews {
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
			this.views.set(index, viewOf(token, this.views.at(index), false), false);
			index += 1;
		}
		this.views.truncate(index);
	}

	#showAt(index: number, settled: boolean): void {
		const token = this.#blocks.closed[index];
		if (token === undefined) return;
		this.views.set(index, viewOf(token, this.views.at(index), true), settled);
	}
}
