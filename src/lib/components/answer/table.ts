import type { Tokens } from 'marked';
import { text as page } from '../../text/index.ts';
import { withInline } from './inline.ts';
import { make } from './make.ts';

const words = page.answer;
/** Cells of a table that are drawn: more would hold up the page. */
const maxCells = 2000;

/** A table in a box that scrolls, with the rows that there is room for. */
export function tableOf(token: Tokens.Table): HTMLElement {
	const scroll = make('div', 'scroll');
	scroll.setAttribute('role', 'group');
	scroll.setAttribute('aria-label', words.table);
	// It scrolls, so the keyboard must reach it.
	scroll.tabIndex = 0;
	const table = scroll.appendChild(make('table'));
	table.appendChild(make('thead')).append(rowOf('th', token.header, token));
	table.appendChild(make('tbody')).append(...rowsOf(token, 0));
	const root = make('div', 'scroller');
	root.append(scroll);
	sayLeftOut(root, token, token.rows.length);
	return root;
}

/** The rows of `token`, of which there is room for: `before` rows are above them. */
export function rowsOf(token: Tokens.Table, before: number): HTMLElement[] {
	const room = Math.max(0, mostRows(token) - before);
	return token.rows.slice(0, room).map((cells) => rowOf('td', cells, token));
}

/** Says below the table how many cells of its `count` rows are left out. */
export function sayLeftOut(root: Element, token: Tokens.Table, count: number): void {
	const shownRows = Math.min(count, mostRows(token));
	const leftOut = token.header.length * (count + 1) - columnsOf(token) * (shownRows + 1);
	if (leftOut <= 0) return;
	const note = root.querySelector('.left-out') ?? root.appendChild(make('p', 'left-out'));
	note.textContent = words.cellsLeftOut(leftOut);
}

function rowOf(
	name: 'th' | 'td',
	cells: readonly Tokens.TableCell[],
	token: Tokens.Table
): HTMLElement {
	const row = make('tr');
	for (const [i, cell] of cells.slice(0, columnsOf(token)).entries()) {
		const element = make(name, token.align[i] ?? '');
		if (name === 'th') element.setAttribute('scope', 'col');
		row.append(withInline(element, cell.tokens, true));
	}
	return row;
}

const columnsOf = (token: Tokens.Table): number => Math.min(token.header.length, maxCells);

const mostRows = (token: Tokens.Table): number =>
	Math.floor((maxCells - columnsOf(token)) / Math.max(1, columnsOf(token)));
