import type { MarkedToken, Token, Tokens } from 'marked';
import { text as page } from '../../text/index.ts';
import { readImageHost, readLink, shownText, textOf } from './links.ts';
import { make } from './make.ts';

const words = page.answer;
/** Han, kana and Hangul have no italics: emphasis is weight there. */
const cjk = /[\u2e80-\u9fff\uac00-\ud7af]/;

/** `element` with running text in it. */
export function withInline<E extends HTMLElement>(
	element: E,
	tokens: readonly Token[],
	inCell = false
): E {
	for (const token of tokens as readonly MarkedToken[]) addInline(element, token, inCell);
	return element;
}

/**
 * Running text at the end of `parent`: marks, code and links; what is no link of ours, an image or HTML is shown as
 * text, except that `<br>` breaks the line in a cell, where Markdown has no other way.
 */
function addInline(parent: HTMLElement, token: MarkedToken, inCell: boolean): void {
	switch (token.type) {
		case 'text':
			if (token.tokens) withInline(parent, token.tokens, inCell);
			else parent.append(shownText(token));
			return;
		case 'strong':
		case 'del':
			parent.append(withInline(make(token.type), token.tokens, inCell));
			return;
		case 'em':
			parent.append(
				withInline(make('em', cjk.test(token.text) ? 'cjk' : ''), token.tokens, inCell)
			);
			return;
		case 'codespan':
			parent.appendChild(make('code')).append(token.text);
			return;
		case 'br':
			parent.append(make('br'));
			return;
		case 'link':
			addLink(parent, token, inCell);
			return;
		case 'image':
			parent
				.appendChild(make('span', 'image'))
				.append(words.image(textOf(token.tokens).trim(), readImageHost(token)));
			return;
		case 'escape':
		case 'html':
			parent.append(inCell && /^<br\s*\/?>$/i.test(token.text) ? make('br') : token.text);
	}
}

function addLink(parent: HTMLElement, token: Tokens.Link, inCell: boolean): void {
	const link = readLink(token);
	if (link.href === undefined) {
		withInline(parent, token.tokens, inCell);
		if (link.where !== '') parent.append(` (${link.where})`);
		return;
	}
	const a = parent.appendChild(make('a'));
	a.href = link.href;
	a.target = '_blank';
	a.rel = 'noopener noreferrer';
	const name = a.appendChild(make('bdi'));
	if (link.blank) name.append(link.where);
	else withInline(name, token.tokens, inCell);
	if (link.where === '' || link.blank) return;
	parent.appendChild(make('bdi', 'where')).append(words.linkHost(link.where));
}
