import type axe from 'axe-core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Locator, Page } from 'playwright/test';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A colour as axe has it, which its types leave out. */
interface Color {
	r: number;
	g: number;
	b: number;
	alpha: number;
	/** Becomes the colour that a text of CSS names. */
	parseString(text: string): Color;
}

/** What axe is in a page. */
interface WindowWithAxe {
	axe: Pick<typeof axe, 'run'> & { commons: { color: { Color: new () => Color } } };
}

/**
 * Brings axe into the page. By itself it parses the colours of every layer under every text anew, which takes it a third
 * of its time; here the text of a colour is parsed once.
 */
async function load(page: Page): Promise<void> {
	if (await page.evaluate(() => 'axe' in window)) return;
	await page.evaluate(source);
	await page.evaluate(() => {
		const { Color } = (window as unknown as WindowWithAxe).axe.commons.color;
		const prototype = Color.prototype as Color;
		const parse = Reflect.get(prototype, 'parseString') as Color['parseString'];
		const parsed = new Map<string, Color>();
		prototype.parseString = function (this: Color, text) {
			const color = parsed.get(text) ?? parse.call(new Color(), text);
			parsed.set(text, color);
			const { r, g, b, alpha } = color;
			return Object.assign(this, { r, g, b, alpha });
		};
	});
}

/** What axe finds in the page, or in one part of it, a line each. */
export async function findFaults(
	page: Page,
	part: Locator = page.locator('html')
): Promise<string[]> {
	await load(page);
	return part.evaluate(async (element) => {
		const { axe } = window as unknown as WindowWithAxe;
		// What passes is not described, and selectors are made once there is something to name by them: both would take
		// longer than to find what is wrong.
		const resultTypes: axe.resultGroups[] = ['violations'];
		const { violations } = await axe.run(element, { resultTypes, selectors: false });
		if (violations.length === 0) return [];
		const { violations: named } = await axe.run(element, { resultTypes });
		const lines = named.flatMap(({ id, nodes }) =>
			nodes.map(
				({ target, failureSummary = '' }) =>
					`${id} ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`
			)
		);
		return lines.length > 0 ? lines : violations.map(({ id }) => id);
	});
}
