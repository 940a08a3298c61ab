import type { Token, Tokens } from 'marked';

/** The link definitions that a text has held so far (`[name]: address`). The first of a name holds. */
export class LinkDefinitions {
	/** By name, as marked's lexer takes them. */
	readonly links: Record<string, { href: string; title: string | null | undefined }> =
		Object.create(null);
	count = 0;

	/** Takes over what `token` defines. */
	learn(token: Token): void {
		if (isDef(token)) {
			if (token.tag in this.links) return;
			this.links[token.tag] = { href: token.href, title: token.title };
			this.count += 1;
		} else if (isList(token)) {
			for (const item of token.items) this.learn(item);
		} else if (token.type === 'blockquote' || token.type === 'list_item') {
			for (const inner of token.tokens ?? []) this.learn(inner);
		}
	}
}

/** Whether a block may name a link by a definition, which may still come: `[name]` or `[text][name]`. */
export const mayNameLink = (token: Token, raw: string): boolean =>
	token.type !== 'code' && /\[[^[\]]+\](?!\()/.test(raw);

// marked's `Generic` token makes a comparison of `type` narrow nothing.
const isDef = (token: Token): token is Tokens.Def => token.type === 'def';
const isList = (token: Token): token is Tokens.List => token.type === 'list';
