import type { MarkedToken, Token, Tokens } from 'marked';
import { showInvisible } from '../../text/visible.ts';
import { decodeEntities } from './entities.ts';

/** A link as it is shown. */
export interface ShownLink {
	/** The parsed address; absent = not one we link to, the target is shown as text. */
	href?: string;
	/** What its text does not say: the host, or the target of what is no link; '' = the text is the address. */
	where: string;
	/** Whether its text shows nothing, so that `where` has to stand for it. */
	blank: boolean;
}

const schemes: readonly string[] = ['http:', 'https:', 'mailto:'];

/** Reads the target of a link: only http, https and mailto, as absolute addresses, are links. */
export function readLink(link: Tokens.Link): ShownLink {
	// In an address between angle brackets, and in a bare one, a reference is no reference.
	const target = link.autolink === true ? link.href : decodeEntities(link.href);
	const text = textOf(link.tokens).trim();
	const blank = showInvisible(text).replace(/⟨U\+[\dA-F]+⟩|\s/gu, '') === '';
	const url = parseUrl(target);
	if (url === null || !schemes.includes(url.protocol)) {
		return { where: text === target ? '' : showInvisible(target), blank };
	}
	const host = showInvisible(url.protocol === 'mailto:' ? safeDecode(url.pathname) : url.host);
	return { href: url.href, where: saysAddress(text, url, host) ? '' : host, blank };
}

/** An address that may be linked to, from whoever names it, and what to call its place; undefined for any other text. */
export function readAddress(target: string): { href: string; host: string } | undefined {
	const url = parseUrl(target);
	if (url === null || !schemes.includes(url.protocol)) return undefined;
	return { href: url.href, host: showInvisible(url.host || url.pathname) };
}

/** The host of an image's address, or its scheme; '' for a relative one. */
export function readImageHost(image: Tokens.Image): string {
	const url = parseUrl(decodeEntities(image.href));
	return url === null ? '' : showInvisible(url.host === '' ? url.protocol : url.host);
}

/** The text that tokens show, without their marks. */
export function textOf(tokens: readonly Token[]): string {
	return (tokens as readonly MarkedToken[])
		.map((token) => {
			switch (token.type) {
				case 'text':
					return shownText(token);
				case 'strong':
				case 'em':
				case 'del':
				case 'link':
				case 'image':
					return textOf(token.tokens);
				case 'br':
					return '\n';
				default:
					return 'text' in token ? token.text : token.raw;
			}
		})
		.join('');
}

/** marked leaves named references in a text, except where it says that it is not to be decoded. */
export const shownText = (token: Tokens.Text | Tokens.Tag): string =>
	'escaped' in token && token.escaped === true ? token.text : decodeEntities(token.text);

/** Whether a reader of `text` knows where `url` leads. A user name before the host can pass for one. */
function saysAddress(text: string, url: URL, host: string): boolean {
	if (url.username !== '' || url.password !== '' || showInvisible(text) !== text) return false;
	if (!text.toLowerCase().includes(host.toLowerCase())) return false;
	return [text, `http://${text}`, `https://${text}`, `mailto:${text}`].some(
		(address) => parseUrl(address)?.href === url.href
	);
}

function safeDecode(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function parseUrl(address: string): URL | null {
	return URL.canParse(address) ? new URL(address) : null;
}
