import { expect, open, sendButton, storedKey, test } from './test.ts';
import { ask } from './transcript.ts';

test('Forced colours tell sliders, switches, tabs, rows and borders apart', async ({
	page,
	url
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.emulateMedia({ forcedColors: 'active' });
	await storedKey(page, url);
	await open(page, url);
	await ask(page, 'one');
	await page.getByRole('button', { name: 'New conversation' }).click();
	await ask(page, 'two');
	await page.getByRole('switch', { name: /temperature/ }).click();
	await expect(page.getByRole('slider').first()).toBeVisible();
	const looks = await page.evaluate(
		(send) => {
			const styleOf = (selector: string, element = document.querySelector(selector)) => {
				if (element === null) throw new Error(`There is no ${selector}`);
				return getComputedStyle(element);
			};
			const canvas = styleOf('body').backgroundColor;
			const backs = (on: string, off: string) =>
				[on, off].map((one) => styleOf(one).backgroundColor);
			const { outlineColor, outlineStyle, outlineWidth } = styleOf('Send', send);
			const isOutlined =
				outlineStyle !== 'none' && outlineWidth !== '0px' && outlineColor !== canvas;
			const row = 'nav[aria-label=History] li';
			return {
				pairs: {
					switch: backs('[role=switch][aria-checked=true]', '[role=switch][aria-checked=false]'),
					tab: backs('[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]'),
					row: backs(`${row} [aria-current=true]`, `${row} button:not([aria-current])`)
				},
				edges: {
					button: isOutlined,
					history: styleOf('nav[aria-label=History]').borderRightColor !== canvas
				},
				slider: { look: styleOf('input[type=range]').appearance, canvas }
			};
		},
		await sendButton(page).elementHandle()
	);
	for (const [name, [on, off]] of Object.entries(looks.pairs)) expect(on, name).not.toBe(off);
	expect(looks.edges).toEqual({ button: true, history: true });
	// The browser's own slider, whose track and thumb it draws in the system's colours.
	expect(looks.slider.look).toBe('auto');

	// A button that cannot be pressed, under the pointer, also in the page's own colours.
	await page.getByRole('textbox', { name: 'Message' }).fill('');
	const disabled = sendButton(page);
	await expect(disabled).toBeDisabled();
	for (const forcedColors of ['active', 'none'] as const) {
		await page.emulateMedia({ forcedColors });
		await disabled.hover({ force: true });
		const [color, background] = await disabled.evaluate((element) => {
			const { color, backgroundColor } = getComputedStyle(element);
			return [color, backgroundColor];
		});
		expect(color, forcedColors).not.toBe(background);
	}
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	test('the time of a history row is in view as a whole, beside a long title and model', async ({
		page,
		url
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await ask(page, `A title as long as ${'many words '.repeat(20)}`);
		await page.getByRole('button', { name: 'History' }).last().click();
		const time = page.getByRole('navigation', { name: 'History' }).locator('time').first();
		await expect(time).toBeInViewport({ ratio: 1 });
		const covered = await time.evaluate((element) => {
			const { left, right, top, bottom } = element.getBoundingClientRect();
			const row = element.closest('li');
			return [left + 1, right - 1].filter((x) => {
				const hit = document.elementFromPoint(x, (top + bottom) / 2);
				return hit === null || !row?.contains(hit) || hit.closest('.more') !== null;
			});
		});
		expect(covered).toEqual([]);
	});
});
