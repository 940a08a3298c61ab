import type { Tokens } from 'marked';
import { Fence } from './fence.ts';

/** Lines that make one piece of a block of code. */
export const linesPerPiece = 64;

/** A fenced block of code that has not closed yet. Its lines are final as they come. */
export class OpenCode {
	readonly type = 'code';
	readonly #fence: Fence;
	readonly #lang: string;
	/** Lines that are in no piece yet. */
	#lines: string[] = [];

	/** With the line that opens it, and the language that the lexer reads there. */
	constructor(opening: string, lang: string) {
		this.#fence = new Fence(opening);
		this.#lang = lang;
	}

	/** The block before it has a line. */
	get start(): Tokens.Code {
		return this.#token([]);
	}

	/** Takes the complete lines of `text`: how much that was, the pieces that are final now, and whether it has closed. */
	take(text: string): { length: number; pieces: Tokens.Code[]; isClosed: boolean } {
		const pieces: Tokens.Code[] = [];
		let from = 0;
		for (let at; (at = text.indexOf('\n', from)) >= 0; from = at + 1) {
			const line = text.slice(from, at);
			if (this.#fence.closes(line)) {
				return { length: at + 1, pieces: [...pieces, ...this.#takePiece()], isClosed: true };
			}
			this.#lines.push(this.#fence.outdent(line));
			if (this.#lines.length === linesPerPiece) pieces.push(...this.#takePiece());
		}
		return { length: from, pieces, isClosed: false };
	}

	/** Ends it with a last line that has no line feed; returns what is left of it. */
	end(line: string): Tokens.Code[] {
		if (line !== '' && !this.#fence.closes(line)) this.#lines.push(this.#fence.outdent(line));
		return this.#takePiece();
	}

	/** What is in no piece yet, with a last line that is still coming, unless that may close the block. */
	shown(line: string): Tokens.Code[] {
		const lines = this.#fence.mayClose(line)
			? this.#lines
			: [...this.#lines, this.#fence.outdent(line)];
		return lines.length === 0 ? [] : [this.#token(lines)];
	}

	#takePiece(): Tokens.Code[] {
		const lines = this.#lines;
		this.#lines = [];
		return lines.length === 0 ? [] : [this.#token(lines)];
	}

	#token(lines: readonly string[]): Tokens.Code {
		const text = lines.map((line) => `${line}\n`).join('');
		return { type: 'code', raw: '', lang: this.#lang, text };
	}
}
