import type { MarkedToken, Token, Tokens } from 'marked';
import { text as page } from '../../text/index.ts';
import { codeOf } from './code.ts';
import { withInline } from './inline.ts';
import { make } from './make.ts';
import { tableOf } from './table.ts';

const words = page.answer;

/** The element of a block; undefined for what shows nothing. */
export function blockOf(token: Token): HTMLElement | undefined {
	const block = token as MarkedToken;
	switch (block.type) {
		case 'paragraph':
			return withInline(make('p'), block.tokens);
		case 'text':
			return withInline(make('p'), block.tokens ?? [block]);
		case 'heading':
			return withInline(headingOf(block.depth), block.tokens);
		case 'list':
			return listOf(block);
		case 'code':
			return codeOf(block.lang ?? '', block.text);
		case 'table':
			return tableOf(block);
		case 'blockquote':
			return withBlocks(make('blockquote'), block.tokens);
		case 'html': {
			const source = make('p', 'source');
			source.append(block.text.trimEnd());
			return source;
		}
		case 'hr':
			return make('hr');
		default:
			return undefined;
	}
}

function withBlocks<E extends HTMLElement>(element: E, tokens: readonly Token[]): E {
	for (const token of tokens) {
		const block = blockOf(token);
		if (block !== undefined) element.append(block);
	}
	return element;
}

/** The page's own outline ends at h2, the role of a message. */
const headingOf = (depth: number): HTMLElement =>
	make(`h${Math.min(6, depth + 2)}` as 'h3', `h${Math.min(4, depth)}`);

function listOf(token: Tokens.List): HTMLElement {
	const list = make(token.ordered ? 'ol' : 'ul');
	if (token.ordered && token.start !== '') list.setAttribute('start', String(token.start));
	list.append(...token.items.map(itemOf));
	styleList(list, token.loose);
	return list;
}

/** Brings the room for a list's numbers and between its items up to date. */
export function styleList(list: Element, loose: boolean): void {
	const start = list.getAttribute('start');
	const digits = start === null ? 1 : String(Number(start) + list.childElementCount).length;
	const room = digits > 4 ? ' widest' : digits > 2 ? ' wide' : '';
	const name = `list${room}${loose ? ' loose' : ''}`;
	if (list.className !== name) list.className = name;
}

export function itemOf(item: Tokens.ListItem): HTMLElement {
	if (!item.task) return withBlocks(make('li'), item.tokens);
	const li = make('li', 'task');
	const box = li.appendChild(make('input'));
	box.type = 'checkbox';
	box.toggleAttribute('disabled', true);
	box.toggleAttribute('checked', item.checked === true);
	box.setAttribute('aria-label', item.checked === true ? words.done : words.notDone);
	withBlocks(li, item.tokens);
	box.nextElementSibling?.classList.add('first');
	return li;
}
