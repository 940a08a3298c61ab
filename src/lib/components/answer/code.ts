import { text as page } from '../../text/index.ts';
import { make } from './make.ts';

/** Characters beyond which code gets no colours and stays in pieces: colours take about 1 ms for 1 kB. */
export const longestColoured = 50_000;

/** A block of code with its language and a copy button. `text` may end with the line feed of its last line. */
export function codeOf(info: string, text: string): HTMLElement {
	const figure = make('figure');
	const caption = figure.appendChild(make('figcaption'));
	caption.appendChild(make('span')).append(/^\S*/.exec(info)?.[0] ?? '');
	const button = caption.appendChild(make('button', 'copy'));
	button.type = 'button';
	button.title = page.answer.copyCode;
	button.setAttribute('aria-label', page.answer.copyCode);
	const pre = figure.appendChild(make('pre'));
	// It scrolls, so the keyboard must reach it.
	pre.tabIndex = 0;
	const code = pre.appendChild(make('code'));
	if (text !== '') code.append(text.replace(/\n$/, ''));
	return figure;
}

/** Lines of code in a box of their own: a browser lays a box out as a whole. */
export function pieceOf(text: string): HTMLElement {
	const piece = make('span', 'piece');
	piece.append(text.replace(/\n$/, ''));
	return piece;
}

/** The text of a block of code, by its `code` element. */
export function textOfCode(code: Element): string {
	if (code.firstElementChild?.className !== 'piece') return code.textContent;
	return Array.from(code.children, (piece) => piece.textContent).join('\n');
}
