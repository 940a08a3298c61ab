import type axe from 'axe-core';
import type { Locator } from 'playwright/test';

/**
 * What axe finds in a part of the page, a line each: for a dialog that lies over a page that was judged before. Call
 * `findFaults` of the page before it, which brings axe along.
 */
export function findFaultsIn(part: Locator): Promise<string[]> {
	return part.evaluate(async (element) => {
		const { axe: inPage } = window as unknown as { axe: typeof axe };
		const { violations } = await inPage.run(element, { resultTypes: ['violations'] });
		return violations.flatMap(({ id, nodes }) =>
			nodes.map(({ target, failureSummary = '' }) => `${id} ${target.join(' ')}: ${failureSummary}`)
		);
	});
}
