// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from './code.ts';
import { make } from './make.ts';

/** A browser's IntersectionObserver whose elements are near the screen when the test says so. */
class Screen implements Pick<IntersectionObserver, 'observe' | 'unobserve'> {
	static readonly watched = new Set<Element>();
	static readonly near = new Set<Element>();
	static #tell: (entries: IntersectionObserverEntry[]) => void;

	constructor(tell: (entries: IntersectionObserverEntry[]) => void) {
		Screen.#tell = tell;
	}

	/** Brings elements near the screen, or takes them away from it. */
	static show(isIntersecting: boolean, ...elements: Element[]): void {
		for (const element of elements) {
			if (isIntersecting) this.near.add(element);
			else this.near.delete(element);
			if (this.watched.has(element)) this.report(element);
		}
	}

	static report(target: Element): void {
		const entry = { target, isIntersecting: this.near.has(target) };
		this.#tell([entry as IntersectionObserverEntry]);
	}

	observe(element: Element): void {
		if (Screen.watched.has(element)) return;
		Screen.watched.add(element);
		queueMicrotask(() => Screen.watched.has(element) && Screen.report(element));
	}

	unobserve(element: Element): void {
		Screen.watched.delete(element);
	}
}

/** A section with so many blocks of code. */
function newSection(blocks: number): { section: HTMLElement; figures: HTMLElement[] } {
	const section = document.body.appendChild(make('div', 'section'));
	const figures = Array.from({ length: blocks }, () => codeOf('js', 'const a = 1;\n'));
	section.append(...figures);
	return { section, figures };
}

const isColoured = (figure: Element): boolean => figure.querySelector('.keyword') !== null;

/** Lets the page be idle often enough for all that it has put off. */
async function settled(): Promise<void> {
	for (let i = 0; i < 10; i++) await new Promise((resolve) => setTimeout(resolve));
}

describe('colourLater', () => {
	let colourLater: typeof import('./colour.ts').colourLater;

	beforeEach(async () => {
		vi.stubGlobal('IntersectionObserver', Screen);
		vi.resetModules();
		({ colourLater } = await import('./colour.ts'));
		// So that the highlighter is there as soon as it is asked for.
		await import('./highlight.ts');
	});
	afterEach(() => {
		vi.unstubAllGlobals();
		document.body.replaceChildren();
		Screen.watched.clear();
		Screen.near.clear();
	});

	it('colours the blocks near the screen only, and no others of their section', async () => {
		const { section, figures } = newSection(3);
		Screen.show(true, section, ...figures.slice(0, 2));
		for (const figure of figures) colourLater(figure);
		await settled();
		expect(figures.map(isColoured)).toEqual([true, true, false]);
		Screen.show(true, ...figures.slice(2));
		await settled();
		expect(figures.map(isColoured)).toEqual([true, true, true]);
		// Nothing is left to watch.
		expect(Screen.watched.size).toBe(0);
	});

	it('watches no block of a section that is far from the screen', async () => {
		const { section, figures } = newSection(2);
		colourLater(section);
		await settled();
		expect([...Screen.watched]).toEqual([section]);
		Screen.show(true, section);
		expect([...Screen.watched]).toEqual([section, ...figures]);
		Screen.show(false, section);
		expect([...Screen.watched]).toEqual([section]);
		expect(figures.map(isColoured)).toEqual([false, false]);
	});

	it('colours a block that comes into a section whose others are coloured already', async () => {
		const { section, figures } = newSection(1);
		Screen.show(true, section, ...figures);
		colourLater(section);
		await settled();
		const later = codeOf('json', '{"a": true}');
		section.append(later);
		Screen.show(true, later);
		colourLater(later);
		await settled();
		expect([...figures, later].map((figure) => figure.querySelector('pre span') !== null)).toEqual([
			true,
			true
		]);
	});

	it('passes by what has left the screen before the page was idle', async () => {
		const { section, figures } = newSection(2);
		Screen.show(true, section, ...figures);
		colourLater(section);
		await Promise.resolve();
		Screen.show(false, ...figures.slice(0, 1));
		await settled();
		expect(figures.map(isColoured)).toEqual([false, true]);
	});

	it('leaves code without a language alone', async () => {
		const { section } = newSection(0);
		const figure = codeOf('', 'const a = 1;');
		section.append(figure);
		Screen.show(true, section, figure);
		colourLater(figure);
		await settled();
		expect(Screen.watched.size).toBe(0);
		expect(figure.querySelector('code')?.innerHTML).toBe('const a = 1;');
	});
});
