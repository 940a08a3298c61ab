import type { Token, Tokens } from 'marked';
import type { Growing, OpenFence } from './blocks.ts';
import { Grown } from './grown.svelte.ts';

/** A top-level block as it is drawn: what can become long grows in place, the rest is its token. */
export type View = ListView | TableView | CodeView | TokenView;

/** A block that is drawn anew as a whole when it changes. */
export interface TokenView {
	kind: 'token';
	token: Token;
}

/** A list at the top level. */
export class ListView {
	readonly kind = 'list';
	readonly items = new Grown<Tokens.ListItem>();
	head = $state.raw<{ ordered: boolean; start: number | '' }>({ ordered: false, start: '' });
	loose = $state.raw(false);
	#settled = 0;

	/** Takes the final items, of which earlier calls have shown some, and those that may still change. */
	show(list: Tokens.List, open: readonly Tokens.ListItem[], loose: boolean): void {
		const start = list.start;
		if (this.head.ordered !== list.ordered || this.head.start !== start) {
			this.head = { ordered: list.ordered, start };
		}
		this.loose = loose;
		this.#settled = grow(this.items, this.#settled, list.items, open);
	}

	/** Forgets what is final, after a link was defined late. */
	reset(): void {
		this.#settled = 0;
	}
}

/** A table at the top level. */
export class TableView {
	readonly kind = 'table';
	readonly rows = new Grown<Tokens.TableCell[]>();
	head = $state.raw<Pick<Tokens.Table, 'header' | 'align'>>({ header: [], align: [] });
	#settled = 0;

	show(table: Tokens.Table, open: readonly Tokens.TableCell[][]): void {
		if (this.head.header !== table.header) this.head = { header: table.header, align: table.align };
		this.#settled = grow(this.rows, this.#settled, table.rows, open);
	}

	reset(): void {
		this.#settled = 0;
	}
}

/** Lines that make one box: a browser lays a box out as a whole. */
const linesPerPiece = 64;

/** A block of code at the top level. */
export class CodeView {
	readonly kind = 'code';
	/** The text so far, each piece of whole lines but the last, without the line feed at a piece's end. */
	readonly pieces = new Grown<string>();
	language = $state.raw('');
	/** The whole text, once it is complete. */
	code = $state.raw<string>();
	#lines = 0;

	grow(fence: OpenFence): void {
		this.language = fence.lang;
		this.code = undefined;
		const first = Math.floor(this.#lines / linesPerPiece);
		this.#lines = fence.lines.length;
		const last = Math.floor(this.#lines / linesPerPiece);
		for (let i = first; i <= last; i++) {
			const piece = fence.lines.slice(i * linesPerPiece, (i + 1) * linesPerPiece);
			if (i === last && fence.partial !== '') piece.push(fence.partial);
			if (piece.length === 0) this.pieces.truncate(i);
			else this.pieces.set(i, piece.join('\n'), i < last);
		}
	}

	/** The whole text so far. */
	get text(): string {
		if (this.code !== undefined) return this.code;
		const cells = this.pieces.groups.flatMap((group) => group.cells);
		return cells.map((cell) => cell.value).join('\n');
	}

	finish(token: Tokens.Code): void {
		this.language = token.lang ?? '';
		this.code = token.text.replace(/\n$/, '');
		this.#lines = 0;
		this.pieces.truncate(0);
	}
}

function grow<T>(into: Grown<T>, from: number, fixed: readonly T[], open: readonly T[]): number {
	for (const [i, value] of fixed.slice(from).entries()) into.set(from + i, value, true);
	for (const [i, value] of open.entries()) into.set(fixed.length + i, value, false);
	into.truncate(fixed.length + open.length);
	return fixed.length;
}

/** The view of a token, which is final or may still change; the one it had before, if that can take it. */
export function viewOf(token: Token, previous: View | undefined, settled: boolean): View {
	if (isList(token)) {
		const view = previous?.kind === 'list' ? previous : new ListView();
		if (settled) view.show(token, [], token.loose);
		else view.show({ ...token, items: [] }, token.items, token.loose);
		return view;
	}
	if (isTable(token)) {
		const view = previous?.kind === 'table' ? previous : new TableView();
		if (settled) view.show(token, []);
		else view.show({ ...token, rows: [] }, token.rows);
		return view;
	}
	if (isCode(token)) {
		const view = previous?.kind === 'code' ? previous : new CodeView();
		view.finish(token);
		return view;
	}
	return { kind: 'token', token };
}

/** The view of a block that grows; `next` is the open token that continues it. */
export function growingViewOf(
	growing: Growing,
	next: Token | undefined,
	previous: View | undefined
): View {
	switch (growing.type) {
		case 'list': {
			const view = previous?.kind === 'list' ? previous : new ListView();
			const open = next !== undefined && isList(next) ? next : undefined;
			view.show(growing, open?.items ?? [], growing.loose || (open?.loose ?? false));
			return view;
		}
		case 'table': {
			const view = previous?.kind === 'table' ? previous : new TableView();
			view.show(growing, next !== undefined && isTable(next) ? next.rows : []);
			return view;
		}
		case 'fence': {
			const view = previous?.kind === 'code' ? previous : new CodeView();
			view.grow(growing);
			return view;
		}
	}
}

const isList = (token: Token): token is Tokens.List => token.type === 'list';
const isTable = (token: Token): token is Tokens.Table => token.type === 'table';
const isCode = (token: Token): token is Tokens.Code => token.type === 'code';
