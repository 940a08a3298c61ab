import type { Token } from 'marked';
import { canAppendTo, isPlainRun, withPending } from './pending.ts';

/** Characters of one text node that grows in front of the lexer. */
const longestRun = 1024;

/** The end of a text that grows: what is not closed yet, and the tokens it is shown as. */
export class Tail {
	text = '';
	/** Length of its start whose lines are known to close nothing. */
	settled = 0;
	/** Where its last complete line ends. */
	lineEnd = 0;
	/** What it is shown as. */
	shown: Token[] = [];
	/** The tokens of the text without `#pending`, which is its end. */
	#base: Token[] = [];
	#pending = '';
	#pendingIsPlain = true;

	/** Takes what is new. */
	add(text: string): void {
		const line = text.lastIndexOf('\n') + 1;
		if (line > 0) this.lineEnd = this.text.length + line;
		this.text += text;
		this.#pending += text;
		this.#pendingIsPlain &&= isPlainRun(text);
	}

	/** Takes `length` characters off its start; what was shown of it is void. */
	drop(length: number): void {
		this.text = this.text.slice(length);
		this.settled = Math.max(0, this.settled - length);
		this.lineEnd = Math.max(0, this.lineEnd - length);
		this.showAs([]);
		this.#pending = this.text;
		this.#pendingIsPlain = isPlainRun(this.text);
	}

	/** From now on `tokens` are what the whole text is shown as. */
	showAs(tokens: readonly Token[]): void {
		this.#base = tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
		this.#pending = '';
		this.#pendingIsPlain = true;
		this.shown = this.#base;
	}

	/** Shows what is new without lexing where that gives the same: letters after letters. False where it does not. */
	extend(): boolean {
		if (this.#pending === '') return true;
		const last = this.text.charAt(this.text.length - this.#pending.length - 1);
		if (!this.#pendingIsPlain || !canAppendTo(this.#base, last)) return false;
		this.showUnlexed();
		if (this.#pending.length > longestRun) this.showAs(this.shown);
		return true;
	}

	/** Shows what is new as it stands, until there is an allowance to lex it. */
	showUnlexed(): void {
		this.shown = withPending(this.#base, this.#pending);
	}
}
