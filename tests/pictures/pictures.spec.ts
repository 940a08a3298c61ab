import { findFaults } from '../e2e/axe.ts';
import { leave, look, paths, sideways, views } from '../e2e/screens.ts';
import { expect, open, test } from '../e2e/test.ts';

// `npm run pictures`: every screen at every width in both themes, as files for people, each looked at by axe too.

for (const [path, screens] of Object.entries(paths)) {
	test(`the screens ${path} at every width in both themes`, async ({ page, url }) => {
		await page.setViewportSize({ width: 1440, height: 900 });
		await open(page, url);
		for (const screen of screens) {
			await test.step(screen.name, async () => {
				await page.setViewportSize({ width: 1440, height: 900 });
				await screen.set(page, url);
				for (const view of views) {
					await look(page, view, screen.panel);
					const name = `${view.prefix}${screen.name}-${view.theme}`;
					await page.screenshot({ path: `test-results/pictures/${name}.png` });
					expect.soft(await findFaults(page), name).toEqual([]);
					expect.soft(await sideways(page), name).toBe(0);
					await leave(page, view, screen.panel);
				}
			});
		}
	});
}
