import type { Token } from 'marked';
import { Blocks, type Piece } from './blocks.ts';
import { colourLater } from './colour.ts';
import { blockOf } from './elements.ts';
import { growthOf, type Growth } from './growth.ts';
import { make } from './make.ts';
import { morph } from './morph.ts';
import { Sections } from './sections.ts';
import { TextView } from './text-view.ts';

/** Types of tokens that can hold a block of code. To search the elements of all others took 7 % of the time to draw. */
const mayHoldCode = new Set(['code', 'list', 'blockquote']);

/**
 * Markdown as elements. What is closed is drawn once and forgotten: neither tokens nor source are kept of it. The open
 * end is drawn anew as it changes, and of the result only what is different goes into the page.
 */
export class MarkdownView extends TextView {
	readonly #blocks = new Blocks();
	readonly #sections: Sections;
	/** The boxes of what is open, at the end. */
	#open: HTMLElement[] = [];
	/** How the last closed block grows, while it may. */
	#growth: Growth | undefined;
	/** The elements of pieces that name a link which is not defined yet. */
	readonly #unresolved = new Map<Piece, readonly ChildNode[]>();

	constructor() {
		super('markdown');
		this.#sections = new Sections(this.root);
	}

	protected override take(text: string, more: boolean): void {
		this.#blocks.append(text, more);
		this.#showClosed();
		if (!more) this.#showOpen();
	}

	protected override finish(): void {
		this.#blocks.end();
		this.#showClosed();
		this.#showOpen();
		for (const { piece, token } of this.#blocks.revised) this.#revise(piece, token);
		this.#unresolved.clear();
	}

	#showClosed(): void {
		const pieces = this.#blocks.take();
		if (pieces.length === 0) return;
		for (const piece of pieces) {
			const drawn = piece.place === 'more' ? this.#growth?.add(piece.token) : this.#begin(piece);
			this.#sections.count(piece.size);
			if (mayHoldCode.has(piece.token.type)) {
				for (const node of drawn ?? []) if (node instanceof Element) colourLater(node);
			}
			if (piece.namesLink) this.#unresolved.set(piece, drawn ?? []);
		}
		this.#sections.estimate();
	}

	/** Draws a new block, in the box in which it was open if there is one; returns what is final of it. */
	#begin({ token, place }: Piece): readonly ChildNode[] {
		this.#growth?.end();
		// Of a list, items that are still open stay behind those that are final.
		const trim = token.type !== 'list';
		const element = this.#draw(this.#open.shift(), token, place, trim).firstElementChild;
		this.#growth = element === null ? undefined : growthOf(token, element);
		return this.#growth?.first ?? (element === null ? [] : [element]);
	}

	#showOpen(): void {
		const { open, openPlace, isGrowing } = this.#blocks;
		const grows = openPlace === 'more';
		this.#growth?.show(grows ? open[0] : undefined);
		if (!isGrowing) {
			this.#growth?.end();
			this.#growth = undefined;
		}
		const rest = grows ? open.slice(1) : open;
		for (const [i, token] of rest.entries()) {
			this.#open[i] = this.#draw(this.#open[i], token, i === 0 ? openPlace : 'new');
		}
		for (const box of this.#open.splice(rest.length)) box.remove();
	}

	#draw(
		box: HTMLElement | undefined,
		token: Token,
		place: Piece['place'],
		trim = true
	): HTMLElement {
		const here = box ?? this.#sections.add(make('div'));
		here.className = place === 'next' ? 'block next' : 'block';
		const element = blockOf(token);
		if (here.firstChild === null) here.append(element ?? '');
		else if (element === undefined) here.replaceChildren();
		else morph(here.firstChild, element, trim);
		return here;
	}

	/** Draws again what names a link that was defined after it. */
	#revise(piece: Piece, token: Token): void {
		const element = blockOf(token);
		if (element === undefined) return;
		const fresh = growthOf(token, element)?.first ?? [element];
		// Of a table that goes on, the head is not drawn again.
		const nodes = piece.place === 'more' && token.type === 'table' ? fresh.slice(1) : fresh;
		for (const [i, old] of (this.#unresolved.get(piece) ?? []).entries()) {
			const node = nodes[i];
			if (node !== undefined) old.replaceWith(node);
		}
	}
}
