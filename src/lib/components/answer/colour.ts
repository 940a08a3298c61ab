import { idle } from '../../model/idle.ts';
import { longestColoured } from './code.ts';
import type { ColourCode, Run } from './highlight.ts';
import { make } from './make.ts';

/** How near the screen code gets its colours. */
const margin = '300px';
/** Milliseconds after which code is coloured although the page has not been idle. */
const longestWait = 1000;
/** Milliseconds of one slice of the work: each is laid out and painted by itself. */
const sliceTime = 12;

/** Blocks of code that have no colours yet, by the section that they are in. */
const waiting = new WeakMap<Element, Set<Element>>();
/** The sections near the screen that hold such a block. */
const open = new Set<Element>();
/** The blocks near the screen that have no colours yet. */
const near = new Set<Element>();
let observer: IntersectionObserver | undefined;
let isWorking = false;

/** Colours the code in `element`, once it is near the screen and the page is idle. */
export function colourLater(element: Element): void {
	const blocks =
		element.localName === 'figure' ? [element] : element.getElementsByTagName('figure');
	for (const figure of blocks) {
		const section = figure.closest('.section');
		if (section === null || typeof IntersectionObserver === 'undefined') continue;
		if (languageOf(figure) === '') continue;
		observer ??= new IntersectionObserver(take, { rootMargin: margin });
		const known = waiting.get(section);
		if (known === undefined) waiting.set(section, new Set([figure]));
		else known.add(figure);
		observer.observe(open.has(section) ? figure : section);
	}
}

/** Sections are watched, and of those near the screen their blocks: to watch every block would cost with the text. */
function take(entries: readonly IntersectionObserverEntry[]): void {
	for (const { isIntersecting, target } of entries) {
		if (target.localName !== 'figure') watchBlocks(target, isIntersecting);
		else if (isIntersecting) near.add(target);
		else near.delete(target);
	}
	void work();
}

function watchBlocks(section: Element, isNear: boolean): void {
	const blocks = waiting.get(section);
	if (isNear && blocks !== undefined) open.add(section);
	else open.delete(section);
	for (const block of blocks ?? []) {
		if (isNear) observer?.observe(block);
		else unwatch(block);
	}
}

function unwatch(block: Element): void {
	near.delete(block);
	observer?.unobserve(block);
}

/** Colours, slice by slice, what is near the screen by then: text may run past faster than this. */
async function work(): Promise<void> {
	if (isWorking) return;
	isWorking = true;
	try {
		while (near.size > 0) {
			await idle(longestWait);
			colourSome(await loadHighlighter());
		}
	} finally {
		isWorking = false;
	}
}

/** One slice. Without a highlighter blocks stay as they are; the next one that comes near asks for it again. */
function colourSome(colourCode: ColourCode | undefined): void {
	const until = performance.now() + sliceTime;
	for (const figure of near) {
		settle(figure);
		const code = figure.querySelector('code');
		if (code !== null && colourCode !== undefined) apply(colourCode, code, languageOf(figure));
		if (performance.now() >= until) return;
	}
}

/** Watches a block no more, nor its section if it was the last one there. */
function settle(figure: Element): void {
	unwatch(figure);
	const section = figure.closest('.section');
	const blocks = section === null ? undefined : waiting.get(section);
	blocks?.delete(figure);
	if (section === null || blocks?.size !== 0) return;
	waiting.delete(section);
	open.delete(section);
	observer?.unobserve(section);
}

const languageOf = (figure: Element): string => figure.querySelector('span')?.textContent ?? '';

/** Colours the text of a `code` element where its language is known. */
export async function colour(code: Element, language: string): Promise<void> {
	if (language === '') return;
	const colourCode = await loadHighlighter();
	if (colourCode !== undefined) apply(colourCode, code, language);
}

function apply(colourCode: ColourCode, code: Element, language: string): void {
	const text = code.textContent;
	// It may have been taken off the page before its turn came.
	if (text.length > longestColoured || !code.isConnected) return;
	const runs = colourCode(text, language);
	if (runs !== undefined) code.replaceChildren(...runs.map(nodeOf));
}

/** Loads the highlighter, a chunk of its own, at the latest with the first code on screen. */
export async function loadHighlighter(): Promise<ColourCode | undefined> {
	try {
		return (await import('./highlight.ts')).colourCode;
	} catch {
		// Offline, or an old page after a new release: the code stays as text, the next block tries again.
		return undefined;
	}
}

/** Text of one colour, as a node. */
function nodeOf({ text, kind }: Run): Node {
	if (kind === undefined) return document.createTextNode(text);
	const span = make('span', kind);
	span.append(text);
	return span;
}
