import type { Token, Tokens } from 'marked';
import { findCut, findLastRow, makesLoose } from './cuts.ts';
import { Lexing, lexedPerCharacter } from './lexing.ts';
import { LineEnds } from './line-ends.ts';
import { mayNameLink } from './link-definitions.ts';
import { OpenCode } from './open-code.ts';
import { Tail } from './tail.ts';

/** Something of a text that is final. */
export interface Piece {
	/** A block; of a list, a table or a block of code perhaps only some items, rows or lines. */
	readonly token: Token;
	/** A block of its own, more of the block before, or a list that goes on where the one before was full. */
	readonly place: 'new' | 'more' | 'next';
	/** Characters of its source. */
	readonly size: number;
	/** Whether it names a link that may be defined later. */
	readonly namesLink: boolean;
}

/** The block at the end of what is final, while it may get more. */
type Growing =
	| { type: 'list'; items: number; start: number | ''; loose: boolean }
	/** `prefix`: head and delimiter row, without which the rows are no table. */
	| { type: 'table'; prefix: string }
	| OpenCode;

/** Characters after which an open paragraph is cut: a browser lays a paragraph out as a whole. */
export const longestParagraph = 16_384;
/** Items after which a list goes on as another one, for the same reason. */
export const itemsPerList = 200;

/**
 * Markdown that grows, as marked's tokens. What is closed is handed over once and forgotten, and never lexed again: a
 * block closes when a later one has begun on a whole line, an item of a list when the next has, a row of a table with
 * the next, a line of code with its line feed. Only the open tail is lexed again, and only while the allowance lasts,
 * so that over a whole text no more than 16 × its length + 32 kB is lexed before the end (plus the tail at `end`, and
 * what names a link that is defined only after it). Text that is not lexed yet is at the end of `open` as it stands.
 *
 * After `end` the pieces make the tokens of `BoundedLexer` over the whole text. Exceptions: a link definition whose
 * title runs over more than its own line; and a paragraph beyond 16 kB or a list beyond 200 items, which are cut.
 */
export class Blocks {
	/** What was handed over with an unknown link that has been defined since; known after `end`. */
	readonly revised: { piece: Piece; token: Token }[] = [];

	readonly #lexing = new Lexing();
	readonly #lineEnds = new LineEnds();
	readonly #tail = new Tail();
	#growing: Growing | undefined;
	#done: Piece[] = [];
	/** Set once the tail is known to be too long and no paragraph. */
	#uncut = false;
	#unresolved: { piece: Piece; raw: string; known: number }[] = [];

	/** Characters lexed so far. */
	get lexed(): number {
		return this.#lexing.lexed;
	}

	/** Takes the next piece of text, cut anywhere. With `more` to come at once, `open` is not brought up to date. */
	append(piece: string, more = false): void {
		const text = this.#lineEnds.take(piece);
		if (text === '') return;
		this.#lexing.allowance += text.length * lexedPerCharacter;
		this.#tail.add(text);
		while (this.#cutParagraph());
		do {
			if (this.#growing?.type === 'code' && !this.#growCode(this.#growing)) return;
			this.#settle();
		} while (this.#growing?.type === 'code');
		if (!more) this.#show();
	}

	/** Closes everything. Nothing may be appended afterwards. */
	end(): void {
		this.#tail.add(this.#lineEnds.end());
		const growing = this.#growing;
		if (growing?.type === 'code') {
			if (this.#growCode(growing)) return this.#resolveLateLinks();
			for (const token of growing.end(this.#tail.text)) this.#hand(token, 'more', token.text);
		} else {
			for (const token of this.#lexing.lex(this.#prefix + this.#tail.text)) this.#close(token);
		}
		this.#growing = undefined;
		this.#drop(this.#tail.text.length);
		this.#resolveLateLinks();
	}

	/** What has become final since the last call, in order. */
	take(): Piece[] {
		const done = this.#done;
		this.#done = [];
		return done;
	}

	/** What the tail would be if the text ended here. */
	get open(): readonly Token[] {
		const growing = this.#growing;
		return growing?.type === 'code' ? growing.shown(this.#tail.text) : this.#tail.shown;
	}

	/** Where the first token of `open` belongs. */
	get openPlace(): Piece['place'] {
		const growing = this.#growing;
		if (growing === undefined || this.open[0]?.type !== growing.type) return 'new';
		return growing.type === 'list' && growing.items === itemsPerList ? 'next' : 'more';
	}

	/** Whether the block at the end of what was handed over may get more. */
	get isGrowing(): boolean {
		return this.#growing !== undefined;
	}

	get #prefix(): string {
		return this.#growing?.type === 'table' ? this.#growing.prefix : '';
	}

	/** Closes the start of a tail that is one overlong paragraph. */
	#cutParagraph(): boolean {
		const { text } = this.#tail;
		if (text.length <= longestParagraph || this.#uncut || this.#growing !== undefined) return false;
		const space = text.lastIndexOf(' ', longestParagraph - 1) + 1;
		const cut = space > longestParagraph / 2 ? space : longestParagraph;
		const [token, next] = this.#lexing.lex(text.slice(0, cut));
		this.#uncut = token?.type !== 'paragraph' || next !== undefined;
		if (token === undefined || this.#uncut) return false;
		this.#close(token);
		this.#drop(cut);
		return true;
	}

	/** Closes what the complete lines of the tail allow. */
	#settle(): void {
		const tail = this.#tail;
		const end = tail.lineEnd;
		const prefix = this.#prefix;
		if (end <= tail.settled || this.#lexing.allowance < prefix.length + end) return;
		const tokens = this.#lexing.lex(prefix + tail.text.slice(0, end));
		tail.settled = end;
		const last = findCut(tokens);
		const token = tokens[last];
		if (token === undefined) {
			if (this.#growing === undefined) this.#drop(end);
			return;
		}
		const earlier = tokens.slice(0, last);
		for (const closed of earlier) this.#close(closed);
		if (last > 0) this.#drop(lengthOf(earlier) - prefix.length);
		const rest = this.#open(token, tokens.slice(last));
		if (tail.settled === tail.text.length) tail.showAs(rest);
	}

	/** Makes `token` the open block, closes of it what is final, and returns the tokens of what is left of the tail. */
	#open(token: Token, rest: Token[]): Token[] {
		if (isList(token)) return this.#openList(token, rest);
		if (isTable(token)) return this.#openTable(token, rest);
		if (rest.some((later, i) => i > 0 && later.type !== 'space')) return rest;
		if (isCode(token) && token.codeBlockStyle !== 'indented') {
			this.#openCode();
			return [];
		}
		const atx = token.type === 'heading' && /^ {0,3}#/.test(token.raw);
		if (!atx && token.type !== 'hr') return rest;
		this.#close(token);
		this.#drop(token.raw.length);
		this.#drop(/^(?:[ \t]*\n)*/.exec(this.#tail.text)?.[0].length ?? 0);
		return [];
	}

	#openList(token: Tokens.List, rest: Token[]): Token[] {
		const done = token.items.slice(0, -1);
		for (const item of done) this.#growList(token, item);
		if (done.length > 0) this.#drop(lengthOf(done));
		return [{ ...token, items: token.items.slice(-1) }, ...rest.slice(1)];
	}

	#growList(list: Tokens.List, item: Tokens.ListItem): void {
		let growing = this.#growing?.type === 'list' ? this.#growing : undefined;
		let place: Piece['place'] = growing === undefined ? 'new' : 'more';
		if (growing === undefined || growing.items === itemsPerList) {
			const start =
				growing === undefined || growing.start === '' ? list.start : growing.start + itemsPerList;
			if (growing !== undefined) place = 'next';
			growing = this.#growing = { type: 'list', items: 0, start, loose: false };
		}
		growing.items += 1;
		growing.loose ||= makesLoose(item);
		const { start, loose } = growing;
		this.#lexing.definitions.learn(item);
		this.#hand({ ...list, raw: '', start, loose, items: [item] }, place, item.raw);
	}

	#openTable(token: Tokens.Table, rest: Token[]): Token[] {
		const isNew = this.#growing === undefined;
		const prefix = isNew ? (/^.*\n.*\n/.exec(`${token.raw}\n`)?.[0] ?? '') : this.#prefix;
		const start = isNew ? prefix.length : 0;
		const length = token.raw.length + (token.raw.endsWith('\n') ? 0 : 1);
		const rows = this.#tail.text.slice(start, length - prefix.length + start);
		const { at, count } = findLastRow(rows);
		const kept = token.rows.length - count;
		if (kept <= 0) return rest;
		const done = { ...token, raw: '', rows: token.rows.slice(0, kept) };
		this.#growing = { type: 'table', prefix };
		this.#hand(done, isNew ? 'new' : 'more', prefix + rows.slice(0, at));
		this.#drop(start + at);
		return [{ ...token, rows: token.rows.slice(kept) }, ...rest.slice(1)];
	}

	#openCode(): void {
		const end = this.#tail.text.indexOf('\n') + 1;
		const opening = this.#tail.text.slice(0, end);
		const [token] = this.#lexing.lex(opening);
		const lang = (token !== undefined && isCode(token) ? token.lang : undefined) ?? '';
		const code = new OpenCode(opening, lang);
		this.#growing = code;
		this.#hand(code.start, 'new', '');
		this.#drop(end);
	}

	/** Takes the tail's complete lines into the block; true when it has closed and the tail is what follows it. */
	#growCode(code: OpenCode): boolean {
		const { length, pieces, isClosed } = code.take(this.#tail.text);
		for (const token of pieces) this.#hand(token, 'more', token.text);
		if (isClosed) this.#growing = undefined;
		this.#drop(length);
		return isClosed;
	}

	/** Brings `open` up to the tail: by lexing it, or at less cost by adding text to what was lexed. */
	#show(): void {
		if (this.#tail.extend()) return;
		const source = this.#prefix + this.#tail.text;
		// Half of the allowance stays for settling, which matters more.
		if (this.#lexing.allowance >= 2 * source.length) this.#tail.showAs(this.#lexing.lex(source));
		else this.#tail.showUnlexed();
	}

	#drop(length: number): void {
		this.#tail.drop(length);
		this.#uncut = false;
	}

	/** Hands over a whole token that is final, or what is left of the block that grows. */
	#close(token: Token): void {
		if (isList(token)) {
			if (this.#growing?.type !== 'list') this.#growing = undefined;
			for (const item of token.items) this.#growList(token, item);
		} else {
			this.#lexing.definitions.learn(token);
			const place = this.#growing?.type === 'table' && isTable(token) ? 'more' : 'new';
			if (token.type !== 'space' && token.type !== 'def') this.#hand(token, place, token.raw);
		}
		this.#growing = undefined;
	}

	#hand(token: Token, place: Piece['place'], raw: string): void {
		const namesLink = mayNameLink(token, raw);
		const piece: Piece = { token, place, size: raw.length, namesLink };
		this.#done.push(piece);
		if (namesLink) {
			this.#unresolved.push({ piece, raw, known: this.#lexing.definitions.count });
		}
	}

	#resolveLateLinks(): void {
		for (const { piece, raw, known } of this.#unresolved) {
			if (known === this.#lexing.definitions.count) continue;
			const [token] = this.#lexing.lex(raw);
			if (token?.type === piece.token.type && token !== undefined)
				this.revised.push({ piece, token });
		}
		this.#unresolved = [];
	}
}

const lengthOf = (tokens: readonly { raw: string }[]): number =>
	tokens.reduce((sum, token) => sum + token.raw.length, 0);

// marked's `Generic` token makes a comparison of `type` narrow nothing.
const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const isCode = (token: Token): token is Tokens.Code => token.type === 'code';
