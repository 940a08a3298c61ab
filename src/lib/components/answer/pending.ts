import type { Token, Tokens } from 'marked';
import { plainToken } from './bounded-lexer.ts';

/**
 * Letters and digits of Latin, Cyrillic, Chinese, Japanese and Korean, by their ranges: an expression with all letters
 * of Unicode takes milliseconds to compile.
 */
const letters =
	'0-9A-Za-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u024f\\u0400-\\u0481\\u048a-\\u052f' +
	'\\u3041-\\u3096\\u30a1-\\u30fa\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3';
const plainRun = new RegExp(`^[${letters} ,，。、]*$`);
const letter = new RegExp(`[${letters}]`);

/** Whether text can be added to a text without lexing: letters, digits, spaces and commas mean nothing in Markdown. */
export const isPlainRun = (text: string): boolean => plainRun.test(text);

/** Whether `tokens` end in plain text whose last character is the letter or digit `last`. */
export function canAppendTo(tokens: readonly Token[], last: string): boolean {
	if (!letter.test(last)) return false;
	const token = tokens.at(-1);
	if (token === undefined) return false;
	const inner = innerOf(token);
	if (inner !== undefined) return canAppendTo(inner, last);
	return token.type === 'text' && token.raw.endsWith(last);
}

/** A copy of `tokens` with text that was not lexed yet added to their end; of the deepest last block, not after it. */
export function withPending(tokens: readonly Token[], pending: string): Token[] {
	const before = tokens.slice(0, -1);
	const token = tokens.at(-1);
	if (token?.type === 'code' || token?.type === 'html') {
		return [...before, { ...token, text: token['text'] + pending }];
	}
	// What follows a line end may be anything: it waits for the lexer.
	const line = pending.split('\n', 1)[0] ?? '';
	if (token?.type === 'text' && tokensOf(token) === undefined) {
		return [...before, token, plainToken(line)];
	}
	const inner = token === undefined ? undefined : innerOf(token);
	if (token === undefined || inner === undefined) return [...tokens, paragraphOf(line)];
	const grown = isInline(token) ? [...inner, plainToken(line)] : withPending(inner, pending);
	if (!isList(token)) return [...before, { ...token, tokens: grown }];
	const items = token.items.slice(0, -1);
	const item = token.items.at(-1);
	return [...before, { ...token, items: item ? [...items, { ...item, tokens: grown }] : items }];
}

/** The tokens that end with the token's own end, if it holds any. */
function innerOf(token: Token): Token[] | undefined {
	if (isList(token)) return token.items.at(-1)?.tokens;
	if (isInline(token) || token.type === 'blockquote') return tokensOf(token);
	return undefined;
}

/** Whether the token is a block of running text. */
const isInline = (token: Token): boolean =>
	tokensOf(token) !== undefined &&
	(token.type === 'paragraph' || token.type === 'heading' || token.type === 'text');

const tokensOf = (token: Token): Token[] | undefined =>
	'tokens' in token ? token.tokens : undefined;

const isList = (token: Token): token is Tokens.List => token.type === 'list';

const paragraphOf = (text: string): Tokens.Paragraph => ({
	type: 'paragraph',
	raw: text,
	text,
	tokens: [plainToken(text)]
});
