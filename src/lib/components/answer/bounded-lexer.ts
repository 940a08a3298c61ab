import { Lexer, type Token, type Tokens, type TokensList } from 'marked';

/** Blocks inside blocks, or marks inside marks, beyond this depth are plain text. */
export const maxDepth = 24;

/**
 * A paragraph with more `*`, `_` and `~` than this is plain text: marked's time grows with their square
 * (30,000 underscores take two seconds, 2,000 take 10 ms).
 */
export const maxMarks = 2000;

/** marked's lexer, unable to run away: it stops at a depth and at a density of marks, where the rest is plain text. */
export class BoundedLexer extends Lexer {
	#blockDepth = 0;
	#inlineDepth = 0;

	override blockTokens(src: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
	override blockTokens(
		src: string,
		tokens?: TokensList,
		lastParagraphClipped?: boolean
	): TokensList;
	override blockTokens(src: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
		if (this.#blockDepth > maxDepth) {
			tokens.push({ type: 'text', raw: src, text: src, tokens: [plainToken(src)] });
			return tokens;
		}
		this.#blockDepth += 1;
		try {
			return super.blockTokens(src, tokens, lastParagraphClipped);
		} finally {
			this.#blockDepth -= 1;
		}
	}

	override inlineTokens(src: string, tokens: Token[] = []): Token[] {
		if (this.#inlineDepth > maxDepth || hasTooManyMarks(src)) {
			tokens.push(plainToken(src));
			return tokens;
		}
		this.#inlineDepth += 1;
		try {
			return super.inlineTokens(src, tokens);
		} finally {
			this.#inlineDepth -= 1;
		}
	}
}

/** Text that is shown as it stands, without entities or marks. */
export function plainToken(text: string): Tokens.Text {
	return { type: 'text', raw: text, text, escaped: true };
}

function hasTooManyMarks(src: string): boolean {
	if (src.length <= maxMarks) return false;
	let marks = 0;
	for (let i = 0; i < src.length; i++) {
		const code = src.charCodeAt(i);
		if ((code === 42 || code === 95 || code === 126) && ++marks > maxMarks) return true;
	}
	return false;
}
