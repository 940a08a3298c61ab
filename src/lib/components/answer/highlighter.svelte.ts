import type { ColourCode, Run } from './highlight.ts';

/** Characters beyond which code stays as text: colours take about 1 ms for 1 kB. */
const longestColoured = 50_000;

/** The highlighter's chunk, loaded when the first code that can be coloured is on screen. */
class Highlighter {
	#colour = $state.raw<ColourCode>();
	#loading = false;

	/** Loads the chunk, unless there is no language. In the browser only. */
	load(language: string): void {
		if (this.#loading || language === '') return;
		this.#loading = true;
		import('./highlight.ts').then(
			(chunk) => (this.#colour = chunk.colourCode),
			// Offline, or an old page after a new release: the code stays as text, the next block tries again.
			() => (this.#loading = false)
		);
	}

	/** The code as coloured runs; undefined = not yet, too long, or no known language. */
	colour(code: string, language: string): readonly Run[] | undefined {
		return code.length > longestColoured ? undefined : this.#colour?.(code, language);
	}
}

/** The one of the page. */
export const highlighter = new Highlighter();
