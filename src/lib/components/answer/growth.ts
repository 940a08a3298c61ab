import type { Token, Tokens } from 'marked';
import { longestColoured, pieceOf, textOfCode } from './code.ts';
import { colourLater } from './colour.ts';
import { itemOf, styleList } from './elements.ts';
import { morphChildren } from './morph.ts';
import { rowsOf, sayLeftOut } from './table.ts';

/** An element that gets more while its block grows: items, rows, lines. The first ones are final, the others open. */
export interface Growth {
	/** What is final of it at first. */
	readonly first: readonly ChildNode[];
	/** Adds what is final; returns its elements. */
	add(token: Token): ChildNode[];
	/** Shows what is open, after what is final. */
	show(token: Token | undefined): void;
	/** Nothing more comes. */
	end(): void;
}

/** How `element`, made of `token`, grows; undefined when it does not. */
export function growthOf(token: Token, element: Element): Growth | undefined {
	switch (token.type) {
		case 'list':
			return new ListGrowth(element, token as Tokens.List);
		case 'table':
			return new TableGrowth(element, token as Tokens.Table);
		case 'code':
			return new CodeGrowth(element);
		default:
			return undefined;
	}
}

/** Children of one element, of which the first ones are final. */
class Children {
	readonly parent: Element;
	final: number;

	constructor(parent: Element, final: number) {
		this.parent = parent;
		this.final = final;
	}

	add(nodes: ChildNode[]): ChildNode[] {
		const present = morphChildren(this.parent, this.final, nodes, false);
		this.final += present.length;
		return present;
	}

	show(nodes: ChildNode[]): void {
		morphChildren(this.parent, this.final, nodes);
	}
}

class ListGrowth implements Growth {
	readonly first: readonly ChildNode[];
	readonly #items: Children;
	#loose: boolean;

	constructor(list: Element, token: Tokens.List) {
		this.#items = new Children(list, token.items.length);
		this.first = [...list.childNodes].slice(0, token.items.length);
		this.#loose = token.loose;
	}

	add(token: Token): ChildNode[] {
		const { items, loose } = token as Tokens.List;
		this.#loose = loose;
		return this.#items.add(items.map(itemOf));
	}

	show(token: Token | undefined): void {
		const { items = [], loose = false } = (token ?? {}) as Partial<Tokens.List>;
		this.#items.show(items.map(itemOf));
		styleList(this.#items.parent, this.#loose || loose);
	}

	end(): void {
		this.show(undefined);
	}
}

class TableGrowth implements Growth {
	readonly first: readonly ChildNode[];
	readonly #root: Element;
	readonly #rows: Children;
	#last: Tokens.Table;
	/** Rows that are final, drawn or not. */
	#count: number;

	constructor(root: Element, token: Tokens.Table) {
		const body = root.querySelector('tbody') ?? root;
		this.#root = root;
		this.#rows = new Children(body, body.childNodes.length);
		this.first = [...(root.querySelector('thead')?.childNodes ?? []), ...body.childNodes];
		this.#last = token;
		this.#count = token.rows.length;
	}

	add(token: Token): ChildNode[] {
		this.#last = token as Tokens.Table;
		const rows = this.#rows.add(rowsOf(this.#last, this.#count));
		this.#count += this.#last.rows.length;
		return rows;
	}

	show(token: Token | undefined): void {
		const table = (token ?? { ...this.#last, rows: [] }) as Tokens.Table;
		this.#rows.show(rowsOf(table, this.#count));
		sayLeftOut(this.#root, table, this.#count + table.rows.length);
	}

	end(): void {
		this.show(undefined);
	}
}

class CodeGrowth implements Growth {
	/** Its lines get their colours when they are complete. */
	readonly first: readonly ChildNode[] = [];
	readonly #figure: Element;
	readonly #pieces: Children;

	constructor(figure: Element) {
		this.#figure = figure;
		const code = figure.querySelector('code') ?? figure;
		this.#pieces = new Children(code, code.childNodes.length);
	}

	add(token: Token): ChildNode[] {
		this.#pieces.add([pieceOf((token as Tokens.Code).text)]);
		return [];
	}

	show(token: Token | undefined): void {
		this.#pieces.show(token === undefined ? [] : [pieceOf((token as Tokens.Code).text)]);
	}

	/** Makes one text of the pieces, for the colours. */
	end(): void {
		this.show(undefined);
		const code = this.#pieces.parent;
		const text = textOfCode(code);
		if (text.length > longestColoured) return;
		if (code.firstElementChild !== null) code.replaceChildren(text);
		colourLater(this.#figure);
	}
}
