import { getDefaults, Lexer, Tokenizer, type Token, type Tokens, type TokensList } from 'marked';
import { withCjkEmphasis } from './cjk-emphasis.ts';
import { readFence } from './fence.ts';

/** Blocks inside blocks, or marks inside marks, beyond this depth are plain text. */
export const maxDepth = 24;

/**
 * A paragraph with more `*`, `_` and `~` than this is plain text: marked's time grows with their square
 * (30,000 underscores take two seconds, 2,000 take 10 ms).
 */
export const maxMarks = 2000;

/** Where answers are read otherwise than by marked: they are written for chat pages, which read them so. */
class AnswerTokenizer extends Tokenizer {
	/** Strikes out between double tildes only: `5~10 min, 3~4 times` names two ranges. */
	override del(src: string, maskedSrc: string, prevChar?: string): Tokens.Del | undefined {
		return src.startsWith('~~') ? super.del(src, maskedSrc, prevChar) : undefined;
	}

	/** A block of Markdown may hold fences of its own. */
	override fences(src: string): Tokens.Code | undefined {
		const token = super.fences(src);
		if (token === undefined || !/^(?:markdown|md)$/i.test(token.lang ?? '')) return token;
		const { length, lines } = readFence(src);
		return { ...token, raw: src.slice(0, length), text: lines.map((line) => `${line}\n`).join('') };
	}
}

const defaults = getDefaults();
let inlineRules: Tokenizer['rules']['inline'] | undefined;

/**
 * marked's lexer as answers need it. A single line feed is a line break. It is unable to run away: it stops at a depth
 * and at a density of marks, where the rest is plain text.
 */
export class BoundedLexer extends Lexer {
	#blockDepth = 0;
	#inlineDepth = 0;

	constructor() {
		const tokenizer = new AnswerTokenizer();
		super({ ...defaults, breaks: true, tokenizer });
		const { rules } = tokenizer;
		inlineRules ??= withCjkEmphasis(rules.inline);
		tokenizer.rules = { ...rules, inline: inlineRules };
	}

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
		// `<a>` in one paragraph says nothing about the next.
		if (this.#inlineDepth === 0) Object.assign(this.state, { inLink: false, inRawBlock: false });
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
