import type { Token, Tokens } from 'marked';
import { BoundedLexer, plainToken } from './bounded-lexer.ts';
import { LineEnds } from './line-ends.ts';
import { canAppendTo, isPlainRun, withPending } from './pending.ts';

/** An unclosed code fence: text that only grows. */
export interface OpenFence {
	type: 'fence';
	/** The info string as it stands: `ts`, `ts title="a"`, ''. */
	lang: string;
	/** The complete lines so far, without their line feeds. Only grows. */
	lines: string[];
	/** The line that is still coming; '' while it may become the closing fence. */
	partial: string;
}

/** The block that is growing: its finished items, rows or lines are in it and final; what follows them is in `open`. */
export type Growing = Tokens.List | Tokens.Table | OpenFence;

/** Lexed characters that each character of text pays for. */
export const creditPerCharacter = 16;
/** Characters after which an open paragraph is cut: a browser lays a paragraph out as a whole. */
export const longestParagraph = 16_384;
/** Characters of one text node that grows in front of the lexer. */
const longestRun = 1024;
/** Milliseconds from which on a lexing costs more than its length. */
const slowLex = 8;
/** Lexed characters on the house, so that a short answer is never behind. */
export const firstCredit = 32_768;

/**
 * Markdown that grows, as marked's tokens. What is closed is never lexed again: a block closes when a later one has
 * begun on a whole line, an item of a list when the next has, a row of a table with the next. Only the open tail is
 * lexed again, and only while credit lasts, so that over a whole text no more than
 * 16 × its length + 32 kB is lexed before the end (plus once each fence at its close, the tail at `end`, and blocks
 * that name a link defined only after them). Text that is not lexed yet is at the end of `open` as it stands.
 *
 * After `end` the tokens are those of marked's lexer over the whole text. Exceptions: a link definition whose title
 * runs over more than its own line; more than 24 levels or 2,000 marks in a paragraph, which become plain text; and
 * a paragraph beyond 16 kB, which is cut into several.
 */
export class Blocks {
	/** Closed blocks, without blank lines and definitions. The index is the key of a block. */
	readonly closed: Token[] = [];
	/** Blocks of `closed` that `end` has replaced, because a link they name was defined after them. */
	readonly revised: number[] = [];
	growing: Growing | undefined;
	/** What the tail would be if the text ended here. With a growing list or table the first token continues it. */
	open: Token[] = [];
	/** Characters lexed so far. */
	lexed = 0;

	#tail = '';
	/** Length of the tail's start whose lines are known to close nothing. */
	#settled = 0;
	/** Where the tail's last complete line ends. */
	#lineEnd = 0;
	/** The tokens of the tail without `#pending`, which is its end. */
	#base: Token[] = [];
	#pending = '';
	#pendingIsPlain = true;
	/** Set once the tail is known to be too long and no paragraph. */
	#uncut = false;
	#credit = firstCredit;
	readonly #lineEnds = new LineEnds();
	/** Head and delimiter row of the growing table, without which its rows are no table. */
	#prefix = '';
	/** Source of what the growing block has closed. */
	#source = '';
	#closing = /^$/;
	#indent = 0;
	readonly #links: Record<string, { href: string; title: string | null | undefined }> =
		Object.create(null);
	#linkCount = 0;
	#revisit: { index: number; raw: string; known: number }[] = [];

	/** Takes the next piece of text, cut anywhere. */
	append(piece: string): void {
		const text = this.#lineEnds.take(piece);
		if (text === '') return;
		this.#credit += text.length * creditPerCharacter;
		this.#take(text);
		while (this.#cutParagraph());
		do {
			if (this.growing?.type === 'fence' && !this.#growFence(this.growing)) return;
			this.#settle();
		} while (this.growing?.type === 'fence');
		this.#show();
	}

	/** Closes everything. Nothing may be appended afterwards. */
	end(): void {
		this.#tail += this.#lineEnds.end();
		const fence = this.growing?.type === 'fence';
		if (fence) this.growing = undefined;
		const tokens = this.#lex((fence ? this.#source : this.#prefix) + this.#tail);
		if (fence) this.#source = '';
		this.#drop(this.#tail.length);
		if (tokens.length === 0) this.#closeGrowing();
		for (const token of tokens) this.#close(token);
		this.#resolveLateLinks();
	}

	#take(text: string): void {
		const line = text.lastIndexOf('\n') + 1;
		if (line > 0) this.#lineEnd = this.#tail.length + line;
		this.#tail += text;
		this.#pending += text;
		this.#pendingIsPlain &&= isPlainRun(text);
	}

	/** Closes the start of a tail that is one overlong paragraph. */
	#cutParagraph(): boolean {
		if (this.#tail.length <= longestParagraph || this.#uncut || this.growing !== undefined)
			return false;
		const space = this.#tail.lastIndexOf(' ', longestParagraph - 1) + 1;
		const cut = space > longestParagraph / 2 ? space : longestParagraph;
		const [token, next] = this.#lex(this.#tail.slice(0, cut));
		this.#uncut = token?.type !== 'paragraph' || next !== undefined;
		if (token === undefined || this.#uncut) return false;
		this.#close(token);
		this.#drop(cut);
		return true;
	}

	/** Closes what the complete lines of the tail allow. */
	#settle(): void {
		const end = this.#lineEnd;
		if (end <= this.#settled || this.#credit < this.#prefix.length + end) return;
		const tokens = this.#lex(this.#prefix + this.#tail.slice(0, end));
		this.#settled = end;
		const last = findCut(tokens);
		const token = tokens[last];
		if (token === undefined) {
			if (this.growing === undefined) this.#drop(end);
			return;
		}
		const earlier = tokens.slice(0, last);
		// Closing a table clears its prefix.
		const length = lengthOf(earlier) - this.#prefix.length;
		for (const closed of earlier) this.#close(closed);
		if (last > 0) this.#drop(length);
		const rest = this.#open(token, tokens.slice(last));
		if (this.#settled === this.#tail.length) this.#setBase(rest);
	}

	/** Makes `token` the open block, closes of it what is final, and returns the tokens of what is left of the tail. */
	#open(token: Token, rest: Token[]): Token[] {
		if (isList(token)) return this.#openList(token, rest);
		if (isTable(token)) return this.#openTable(token, rest);
		if (rest.some((later, i) => i > 0 && later.type !== 'space')) return rest;
		if (token.type === 'code' && token['codeBlockStyle'] !== 'indented') {
			this.#openFence();
			return [];
		}
		const atx = token.type === 'heading' && /^ {0,3}#/.test(token.raw);
		if (!atx && token.type !== 'hr') return rest;
		this.#close(token);
		this.#drop(token.raw.length);
		this.#drop(/^(?:[ \t]*\n)*/.exec(this.#tail)?.[0].length ?? 0);
		return [];
	}

	#openList(token: Tokens.List, rest: Token[]): Token[] {
		const list =
			this.growing?.type === 'list' ? this.growing : { ...token, loose: false, items: [] };
		this.growing = list;
		const item = token.items.at(-1);
		for (const done of token.items.slice(0, -1)) {
			list.items.push(done);
			list.loose ||= makesLoose(done);
			this.#learnLinks(done);
			this.#source += done.raw;
			this.#drop(done.raw.length);
		}
		return [{ ...token, items: item === undefined ? [] : [item] }, ...rest.slice(1)];
	}

	#openTable(token: Tokens.Table, rest: Token[]): Token[] {
		const table = this.growing?.type === 'table' ? this.growing : { ...token, rows: [] };
		const length = token.raw.length + (token.raw.endsWith('\n') ? 0 : 1) - this.#prefix.length;
		let head = 0;
		if (this.growing === undefined) {
			this.#prefix = /^.*\n.*\n/.exec(`${token.raw}\n`)?.[0] ?? '';
			this.#source = this.#prefix;
			head = this.#prefix.length;
		}
		this.growing = table;
		const rows = this.#tail.slice(head, length);
		const { at, count } = findLastRow(rows);
		const kept = token.rows.length - count;
		table.rows.push(...token.rows.slice(0, kept));
		this.#source += rows.slice(0, at);
		this.#drop(head + at);
		return [{ ...token, rows: token.rows.slice(Math.max(0, kept)) }, ...rest.slice(1)];
	}

	#openFence(): void {
		const end = this.#tail.indexOf('\n') + 1;
		const [, indent = '', run = '', lang = ''] =
			/^( {0,3})(`{3,}|~{3,})(.*)/.exec(this.#tail.slice(0, end)) ?? [];
		this.#closing = new RegExp(`^ {0,3}${run}${run.charAt(0)}* *$`);
		// marked takes the fence's own indent off its lines, for backticks only.
		this.#indent = run.startsWith('`') ? indent.length : 0;
		this.growing = { type: 'fence', lang: lang.trim(), lines: [], partial: '' };
		this.#source = this.#tail.slice(0, end);
		this.#drop(end);
	}

	/** Takes the tail's complete lines into the fence; true when the fence has closed and the tail is what follows it. */
	#growFence(fence: OpenFence): boolean {
		let from = 0;
		for (let at; (at = this.#tail.indexOf('\n', from)) >= 0; from = at + 1) {
			const line = this.#tail.slice(from, at);
			if (this.#closing.test(line)) {
				const raw = this.#source + this.#tail.slice(0, at + 1);
				this.#drop(at + 1);
				this.#source = '';
				this.growing = undefined;
				for (const token of this.#lex(raw)) this.#close(token);
				return true;
			}
			fence.lines.push(this.#outdent(line));
		}
		this.#source += this.#tail.slice(0, from);
		this.#drop(from);
		const mayClose = /^ {0,3}(?:`+|~+)? *$/.test(this.#tail);
		fence.partial = mayClose ? '' : this.#outdent(this.#tail);
		return false;
	}

	#outdent(line: string): string {
		const space = /^\s*/.exec(line)?.[0].length ?? 0;
		return line.slice(Math.min(space, this.#indent));
	}

	/** Brings `open` up to the tail: by lexing it, or at less cost by adding text to what was lexed. */
	#show(): void {
		if (this.#pending === '') return;
		const length = this.#prefix.length + this.#tail.length;
		const last = this.#tail.charAt(this.#tail.length - this.#pending.length - 1);
		if (this.#pendingIsPlain && canAppendTo(this.#base, last)) {
			this.open = withPending(this.#base, this.#pending);
			if (this.#pending.length > longestRun) this.#setBase(this.open);
		} else if (this.#credit >= 2 * length) {
			// Half of the credit stays for settling, which matters more.
			this.#setBase(this.#lex(this.#prefix + this.#tail));
		} else {
			this.open = withPending(this.#base, this.#pending);
		}
	}

	/** From now on `tokens` are what the whole tail is shown as. */
	#setBase(tokens: Token[]): void {
		this.#base = tokens.filter((token) => token.type !== 'space' && token.type !== 'def');
		this.#pending = '';
		this.#pendingIsPlain = true;
		this.open = this.#base;
	}

	/** Takes `length` characters off the start of the tail; what was shown of it is void. */
	#drop(length: number): void {
		this.#tail = this.#tail.slice(length);
		this.#settled = Math.max(0, this.#settled - length);
		this.#lineEnd = Math.max(0, this.#lineEnd - length);
		this.#uncut = false;
		this.#setBase([]);
		this.#pending = this.#tail;
		this.#pendingIsPlain = isPlainRun(this.#tail);
	}

	#close(token: Token): void {
		const growing = this.growing;
		if (growing?.type === 'list' && isList(token)) {
			growing.items.push(...token.items);
			growing.loose ||= token.loose;
		} else if (growing?.type === 'table' && isTable(token)) {
			growing.rows.push(...token.rows);
		}
		this.#learnLinks(token);
		if (growing !== undefined && growing.type === token.type) {
			this.#source += token.raw.slice(this.#prefix.length);
			this.#closeGrowing();
			return;
		}
		this.#closeGrowing();
		if (token.type === 'space' || token.type === 'def') return;
		this.#push(token, token.raw);
	}

	#closeGrowing(): void {
		const growing = this.growing;
		if (growing === undefined || growing.type === 'fence') return;
		this.growing = undefined;
		this.#prefix = '';
		this.#push(growing, this.#source);
		this.#source = '';
	}

	#push(token: Token, raw: string): void {
		if (raw.includes('[')) {
			this.#revisit.push({ index: this.closed.length, raw, known: this.#linkCount });
		}
		this.closed.push(token);
	}

	#learnLinks(token: Token): void {
		if (isDef(token)) {
			if (token.tag in this.#links) return;
			this.#links[token.tag] = { href: token.href, title: token.title };
			this.#linkCount += 1;
		} else if (isList(token)) {
			for (const item of token.items) this.#learnLinks(item);
		} else if (token.type === 'blockquote' || token.type === 'list_item') {
			for (const inner of token.tokens ?? []) this.#learnLinks(inner);
		}
	}

	#resolveLateLinks(): void {
		for (const { index, raw, known } of this.#revisit) {
			if (known === this.#linkCount) continue;
			const [token] = this.#lex(raw);
			if (token?.type !== this.closed[index]?.type || token === undefined) continue;
			this.closed[index] = token;
			this.revised.push(index);
		}
		this.#revisit = [];
	}

	#lex(source: string): Token[] {
		this.lexed += source.length;
		const start = performance.now();
		const lexer = new BoundedLexer();
		Object.assign(lexer.tokens.links, this.#links);
		try {
			return lexer.lex(source);
		} catch {
			// marked gives up with an exception on what it cannot read: then it is plain text.
			return [{ type: 'paragraph', raw: source, text: source, tokens: [plainToken(source)] }];
		} finally {
			// What is slow to lex is lexed less often.
			const slowness = Math.max(1, (performance.now() - start) / slowLex);
			this.#credit -= Math.round(source.length * slowness);
		}
	}
}

/** Index of the last block whose start is certain; the earlier ones are final. -1 when all is blank. */
function findCut(tokens: Token[]): number {
	let last = tokens.findLastIndex((token) => token.type !== 'space');
	while (last > 0 && !isCertain(tokens[last - 1], tokens[last])) last -= 1;
	return last;
}

/** Whether `token` would be lexed the same without `previous` directly before it, whatever comes after. */
function isCertain(previous: Token | undefined, token: Token | undefined): boolean {
	if (previous === undefined || token === undefined) return true;
	// A paragraph may be the title of the definition above it.
	if (previous.type === 'def') return !/^ *["'(]/.test(token.raw);
	if (previous.type !== 'paragraph') return true;
	switch (token.type) {
		case 'code':
		case 'hr':
		case 'blockquote':
		case 'list':
		case 'html':
			return true;
		case 'heading':
			return /^ {0,3}#/.test(token.raw);
		case 'table':
			return !/^ *</.test(token.raw);
		default:
			return false;
	}
}

/** Where the last row begins that shows anything, and how many lines follow from there: blank ones may be rows or not. */
function findLastRow(rows: string): { at: number; count: number } {
	let at = rows.length;
	let count = 0;
	while (at > 0) {
		const end = at - 1;
		at = end === 0 ? 0 : rows.lastIndexOf('\n', end - 1) + 1;
		count += 1;
		if (rows.slice(at, end).trim() !== '') break;
	}
	return { at, count };
}

const lengthOf = (tokens: Token[]): number =>
	tokens.reduce((sum, token) => sum + token.raw.length, 0);

/** marked's own two conditions, for an item that another one follows. */
const makesLoose = (item: Tokens.ListItem): boolean =>
	/\n[ \t]*\n[ \t]*$/.test(item.raw) ||
	item.tokens.some((token) => token.type === 'space' && /\n.*\n/.test(token.raw));

// marked's `Generic` token makes a comparison of `type` narrow nothing.
const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const isDef = (token: Token): token is Tokens.Def => token.type === 'def';
