import { longestColoured } from './code.ts';
import type { ColourCode, Run } from './highlight.ts';
import { make } from './make.ts';

/** How near the screen code gets its colours. */
const margin = '300px';
/** Milliseconds after which code is coloured although the page has not been idle. */
const longestWait = 1000;

/** Blocks of code that have no colours yet, by the section that they are in. */
const waiting = new WeakMap<Element, Element[]>();
/** The sections near the screen that hold such a block. */
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
		const known = waiting.get(section);
		if (known === undefined) waiting.set(section, [figure]);
		else known.push(figure);
		observer ??= new IntersectionObserver(take, { rootMargin: margin });
		observer.observe(section);
		if (near.has(section)) void work();
	}
}

function take(entries: readonly IntersectionObserverEntry[]): void {
	for (const { isIntersecting, target } of entries) {
		if (isIntersecting) near.add(target);
		else near.delete(target);
	}
	void work();
}

/** Colours one block after the other, of what is near the screen by then: text may run past faster than this. */
async function work(): Promise<void> {
	if (isWorking) return;
	isWorking = true;
	try {
		while (near.size > 0) {
			await idle();
			const [section] = near;
			if (section !== undefined) await colourOneOf(section);
		}
	} finally {
		isWorking = false;
	}
}

async function colourOneOf(section: Element): Promise<void> {
	const figure = waiting.get(section)?.shift();
	if (figure === undefined) {
		near.delete(section);
		waiting.delete(section);
		observer?.unobserve(section);
		return;
	}
	const code = figure.querySelector('code');
	const language = figure.querySelector('span')?.textContent ?? '';
	if (code !== null) await colour(code, language);
}

/** Colours the text of a `code` element where its language is known. */
export async function colour(code: Element, language: string): Promise<void> {
	const text = code.textContent;
	if (language === '' || text.length > longestColoured) return;
	const colourCode = await loadHighlighter();
	if (colourCode === undefined) return;
	// Meanwhile it may have been taken off the page.
	const runs = code.isConnected ? colourCode(text, language) : undefined;
	if (runs !== undefined) code.replaceChildren(...runs.map(nodeOf));
}

const idle = (): Promise<void> =>
	new Promise((resolve) => {
		if (typeof requestIdleCallback === 'function') {
			requestIdleCallback(() => resolve(), { timeout: longestWait });
		} else setTimeout(resolve);
	});

/** The highlighter's chunk, loaded with the first code on screen. */
async function loadHighlighter(): Promise<ColourCode | undefined> {
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
