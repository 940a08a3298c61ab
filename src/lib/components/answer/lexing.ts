import type { Token } from 'marked';
import { BoundedLexer, plainToken } from './bounded-lexer.ts';
import { LinkDefinitions } from './link-definitions.ts';

/** Characters that may be lexed for each character of text that came. */
export const lexedPerCharacter = 16;
/** Characters that may be lexed before any have come, so that a short answer is always shown as Markdown. */
export const firstAllowance = 32_768;
/** Milliseconds from which on a lexing costs more than its length. */
const slowLexing = 8;

/** Runs the lexer and keeps account of it, so that a text that grows is not lexed again and again without bound. */
export class Lexing {
	/** Characters that may be lexed now. */
	allowance = firstAllowance;
	/** Characters lexed so far. */
	lexed = 0;
	readonly definitions = new LinkDefinitions();

	/** The tokens of `source`, with the links that are defined so far. */
	lex(source: string): Token[] {
		this.lexed += source.length;
		const start = performance.now();
		const lexer = new BoundedLexer();
		Object.assign(lexer.tokens.links, this.definitions.links);
		try {
			return lexer.lex(source);
		} catch {
			// marked gives up with an exception on what it cannot read: then it is plain text.
			return [{ type: 'paragraph', raw: source, text: source, tokens: [plainToken(source)] }];
		} finally {
			// What is slow to lex is lexed less often.
			const slowness = Math.max(1, (performance.now() - start) / slowLexing);
			this.allowance -= Math.round(source.length * slowness);
		}
	}
}
