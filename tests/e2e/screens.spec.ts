import type { Locator, Page } from 'playwright/test';
import { chooseModel, expect, newKey, open, send, storedKey, test } from './test.ts';
import { findFaults } from './axe.ts';
import {
	addVersion,
	backOff,
	field,
	fillKey,
	hour,
	leave,
	look,
	makeConflict,
	paths,
	sharedLink,
	sideways,
	thinker,
	views
} from './screens.ts';
import type { Panel, Screen, View } from './screens.ts';
import { ask, stopButton } from './transcript.ts';

/**
 * The two views of the screen numbered `at` that axe looks at here: a wide and a narrow one, in the two themes, other
 * ones for the next screen. `npm run pictures` looks at all of them.
 */
function viewsForAxe(at: number): View[] {
	const widths = [at % 2 === 0 ? 1440 : 1024, at % 4 < 2 ? 390 : 800];
	const themes = at % 3 === 0 ? ['light', 'dark'] : ['dark', 'light'];
	return widths.flatMap((width, i) =>
		views.filter((view) => view.width === width && view.theme === themes[i])
	);
}

const screens = Object.values(paths).flat();

/** Looks at a screen at every width, by axe at two of them, there at what is new since the screen before. */
async function expectSound(page: Page, screen: Screen): Promise<void> {
	const looked = viewsForAxe(screens.indexOf(screen));
	// The theme changes no width, so one view of each is enough for the scroll.
	const others = views.filter(
		({ width, theme }) => theme === 'light' && looked.every((one) => one.width !== width)
	);
	const all = [...looked, ...others].sort((a, b) => b.width - a.width);
	for (const view of all) {
		await look(page, view, screen.panel);
		const name = `${screen.name}, ${view.width} px, ${view.theme}`;
		if (looked.includes(view)) {
			expect.soft(await findFaults(page, screen.part?.(page)), name).toEqual([]);
		}
		expect.soft(await sideways(page), name).toBe(0);
		await leave(page, view, screen.panel);
	}
	await page.setViewportSize({ width: 320, height: 640 });
	await expect.poll(() => sideways(page), `${screen.name}, 320 px`).toBe(0);
}

for (const [name, path] of Object.entries(paths)) {
	test(`the screens ${name} have no fault for axe, wide and narrow, nor a sideways scroll at any width`, async ({
		page,
		url
	}) => {
		// Each of its screens is looked at as long as another test takes.
		test.setTimeout(120_000);
		await page.setViewportSize({ width: 1440, height: 900 });
		await open(page, url);
		for (const screen of path) {
			await test.step(screen.name, async () => {
				await page.setViewportSize({ width: 1440, height: 900 });
				await screen.set(page, url);
				await expectSound(page, screen);
			});
		}
	});
}

test('axe looks at every width and theme of some screen', () => {
	const looked = new Set(screens.flatMap((_, at) => viewsForAxe(at)));
	expect(looked).toEqual(new Set(views));
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	/** Controls that a finger can not hit over a height of 44 px, by what is really under the finger. */
	function findSmallTargets(page: Page): Promise<string[]> {
		return page.evaluate(async () => {
			const wanted = 44;
			const controls = 'button, select, input:not([type=range]), textarea, summary, [role=tab], a';
			const small: string[] = [];
			const root = document.querySelector('dialog[open]') ?? document.body;
			for (const control of root.querySelectorAll<HTMLElement>(controls)) {
				// A link in a sentence is as high as its line: WCAG 2.5.8 exempts it, and so do we.
				if (control.matches('p a, li a, p button')) continue;
				if (!control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
				control.scrollIntoView({ block: 'center', inline: 'center' });
				const { left, top, width, height } = control.getBoundingClientRect();
				if (width <= 1 || height <= 1) continue;
				const label = control.closest('label');
				const isHit = (y: number) => {
					const hit = document.elementFromPoint(left + width / 2, y);
					return hit !== null && (control.contains(hit) || label?.contains(hit) === true);
				};
				const middle = top + height / 2;
				if (!isHit(middle)) continue;
				let up = 0;
				let down = 0;
				while (up < wanted && isHit(middle - up - 1)) up++;
				while (down < wanted && isHit(middle + down + 1)) down++;
				if (up + down + 1 >= wanted) continue;
				const name = control.getAttribute('aria-label') ?? control.textContent.trim();
				small.push(`${control.tagName.toLowerCase()} “${name}” ${up + down + 1} px`);
			}
			return small;
		});
	}

	const panels: Panel[] = ['Chat', 'Settings', 'Code', 'History'];
	test('every control of each panel is at least 44 px high', async ({ page, url }) => {
		await storedKey(page, url);
		await open(page, url);
		await chooseModel(page, thinker);
		await ask(page, backOff);
		const bar = page.getByRole('navigation', { name: 'Panels' });
		for (const panel of panels) {
			await bar.getByRole('button', { name: panel }).click();
			expect.soft(await findSmallTargets(page), panel).toEqual([]);
		}
		await bar.getByRole('button', { name: 'Chat' }).click();
		await chooseModel(page, 'fault.on-demand');
		await ask(page, 'Hello');
		expect.soft(await findSmallTargets(page), 'an error').toEqual([]);
	});

	test('every control of versions, of both requests, of an undo row and of a conflict is at least 44 px high', async ({
		page,
		url
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await ask(page, 'Hello!');
		const expectToFit = async (what: string) => {
			expect.soft(await findSmallTargets(page), what).toEqual([]);
			expect.soft(await sideways(page), what).toBe(0);
		};
		await addVersion(page);
		await expectToFit('two versions');
		const bar = page.getByRole('navigation', { name: 'Panels' });
		await page.getByRole('textbox', { name: 'Message' }).fill('And then?');
		await bar.getByRole('button', { name: 'Code' }).click();
		await expect(page.getByRole('radiogroup', { name: 'Which request' })).toBeVisible();
		await expectToFit('both requests');
		await bar.getByRole('button', { name: 'Chat' }).click();
		await page.getByRole('log').getByRole('button', { name: 'More' }).last().click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await expect(page.getByTestId('undo')).toBeVisible();
		await expectToFit('an undo row');
		await page.getByRole('button', { name: 'Undo' }).click();
		await makeConflict(page, url);
		await expectToFit('a conflict');
	});

	test('every control of the dialogs and the shared request is at least 44 px high', async ({
		page,
		url
	}) => {
		await open(page, url);
		expect.soft(await findSmallTargets(page), 'the first run').toEqual([]);
		for (const pasted of ['', newKey(), `ABSK${'aB3+'.repeat(32)}`, newKey({ age: 14 * hour })]) {
			await fillKey(page, pasted);
			expect.soft(await findSmallTargets(page), `the key ${pasted.slice(0, 8)}`).toEqual([]);
			await page.getByRole('button', { name: 'Cancel' }).click();
		}
		await page.goto(url + sharedLink);
		await expect(page.getByRole('heading', { name: 'Someone shared' })).toBeVisible();
		expect.soft(await findSmallTargets(page), 'a shared request').toEqual([]);
	});
});

test.describe('by keyboard', () => {
	const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });

	const lists = [
		{ name: 'API', tabs: ['Converse', 'Chat Completions', 'Responses'] },
		{ name: 'Inspector', tabs: ['Settings', 'Body', 'Code'] },
		{ name: 'Language', tabs: ['cURL', 'Python', 'JavaScript'] }
	];
	const presses = [
		['ArrowRight', 1],
		['ArrowRight', 2],
		['ArrowRight', 0],
		['ArrowLeft', 2],
		['Home', 0],
		['End', 2]
	] as const;
	const dialogs: { name: string; width: number; opener: (page: Page) => Locator; close: string }[] =
		[
			{
				name: 'the key dialog',
				width: 1440,
				opener: (page) => page.getByTestId('key-chip'),
				close: 'Escape'
			},
			{
				name: 'the key dialog of the banner',
				width: 1440,
				opener: (page) =>
					page
						.getByRole('region', { name: 'Simulated' })
						.getByRole('button', { name: 'Paste an API key' }),
				close: 'Cancel'
			},
			{
				name: 'the share dialog',
				width: 1440,
				opener: (page) => page.getByRole('button', { name: 'Share', exact: true }),
				close: 'Close'
			},
			{
				name: 'the history drawer',
				width: 1024,
				opener: (page) => page.getByRole('button', { name: 'History panel' }),
				close: 'Escape'
			}
		];
	test('tab lists and menus go by arrows and take one Tab each, and the focus stays in a dialog and then returns to what opened it', async ({
		page,
		url
	}) => {
		await open(page, url);
		await test.step('tab lists go by arrows, Home and End, and take one Tab each', async () => {
			for (const { name, tabs } of lists) {
				const list = page.getByRole('tablist', { name });
				const tab = (at: number) => list.getByRole('tab', { name: tabs.at(at) ?? '', exact: true });
				await tab(0).focus();
				// They are one component: all keys on one of them, and two on each other one.
				const pressed = name === 'Inspector' ? presses : presses.slice(0, 2);
				for (const [key, at] of pressed) {
					await page.keyboard.press(key);
					await expect(tab(at)).toBeFocused();
					await expect(tab(at)).toHaveAttribute('aria-selected', 'true');
					await expect(list.locator('[tabindex="0"]')).toHaveCount(1);
				}
				// The lists after it are those of the first API.
				if (name === 'API') await page.keyboard.press('Home');
			}
		});
		await test.step('menus open, go by arrows, close with Esc and give the focus back', async () => {
			const opener = page.getByRole('button', { name: 'Preferences' });
			await opener.press('Enter');
			const item = (name: string) => page.getByRole('menuitemcheckbox', { name });
			await expect(item('System')).toBeFocused();
			await page.keyboard.press('ArrowDown');
			await expect(item('Light')).toBeFocused();
			await page.keyboard.press('ArrowUp');
			await page.keyboard.press('ArrowUp');
			await expect(page.getByRole('menuitem', { name: 'Forget everything…' })).toBeFocused();
			await page.keyboard.press('Escape');
			await expect(page.getByRole('menu', { name: 'Preferences' })).toBeHidden();
			await expect(opener).toBeFocused();
		});
		await test.step('the focus stays in a dialog and then returns to what opened it', async () => {
			await page.evaluate(() =>
				document.addEventListener('focusin', ({ target }) => {
					const isInside = target instanceof Element && target.closest('dialog') !== null;
					if (!isInside) document.body.setAttribute('data-focus-left', String(target));
				})
			);
			for (const { name, width, opener, close } of dialogs) {
				await test.step(name, async () => {
					await page.setViewportSize({ width, height: 800 });
					await opener(page).focus();
					await page.keyboard.press('Enter');
					const dialog = page.locator('dialog[open]');
					await expect(dialog).toBeVisible();
					await page.evaluate(() => document.body.removeAttribute('data-focus-left'));
					// Between the last and the first control the focus is in the browser's own bar.
					for (let i = 0; i < 12; i++) await page.keyboard.press('Tab');
					await expect(page.locator('body')).not.toHaveAttribute('data-focus-left');
					if (close === 'Escape') await page.keyboard.press('Escape');
					else await dialog.getByRole('button', { name: close }).press('Enter');
					await expect(page.locator('dialog[open]')).toHaveCount(0);
					await expect(opener(page)).toBeFocused();
				});
			}
		});
	});

	test('Enter sends, Shift+Enter breaks the line, Ctrl+Enter sends from anywhere, nothing is sent while an input method composes, and Esc stops a run after it has closed a dialog', async ({
		page,
		url,
		bedrock
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await test.step('the dialog that a menu opened gives the focus back to the menu’s button', async () => {
			await page.getByTestId('key-chip').press('Enter');
			await expect(page.getByRole('menuitem', { name: 'Replace key…' })).toBeFocused();
			await page.keyboard.press('Enter');
			await expect(field(page)).toBeFocused();
			await page.keyboard.press('Escape');
			await expect(page.getByTestId('key-chip')).toBeFocused();
		});
		await test.step('nothing is sent while an input method composes', async () => {
			await message(page).fill('');
			await message(page).focus();
			const devtools = await page.context().newCDPSession(page);
			await devtools.send('Input.imeSetComposition', {
				text: 'ni hao',
				selectionStart: 6,
				selectionEnd: 6
			});
			await expect(message(page)).toHaveValue('ni hao');
			await page.keyboard.press('Enter');
			await page.keyboard.press('Control+Enter');
			await devtools.send('Input.insertText', { text: '你好' });
			await expect(message(page)).toHaveValue(/你好/);
			await expect(page.getByRole('log')).toContainText('Nothing sent yet');
			expect(bedrock.received).toEqual([]);
			await page.keyboard.press('Enter');
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			expect(bedrock.received).toHaveLength(1);
		});
		await test.step('Enter sends, Shift+Enter breaks the line, and Ctrl+Enter sends from anywhere', async () => {
			await page.getByRole('button', { name: 'New conversation' }).click();
			await expect(page.getByRole('log')).toContainText('Nothing sent yet');
			bedrock.received.length = 0;
			await message(page).fill('');
			await expect(message(page)).toBeFocused();
			await page.keyboard.press('Enter');
			await page.keyboard.type('Write a haiku');
			await page.keyboard.press('Shift+Enter');
			await page.keyboard.type('about lines.');
			await expect(message(page)).toHaveValue('Write a haiku\nabout lines.');
			expect(bedrock.received).toEqual([]);
			await page.keyboard.press('Enter');
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			await expect(message(page)).toHaveValue('');
			expect(bedrock.received).toHaveLength(1);
			expect(bedrock.received[0]?.body).toContain('Write a haiku\\nabout lines.');

			await test.step('Ctrl+Enter sends from anywhere', async () => {
				await message(page).fill('Write a haiku.');
				await page.getByRole('tab', { name: 'Body' }).focus();
				await page.keyboard.press('Control+Enter');
				await expect(page.getByTestId('metrics')).toHaveCount(2);
				await expect(page.getByTestId('metrics').last()).toContainText('end_turn');
				expect(bedrock.received).toHaveLength(2);
			});
		});
		await test.step('Esc stops a run, and closes a dialog before that', async () => {
			await page.getByRole('button', { name: 'New conversation' }).click();
			await expect(page.getByRole('log')).toContainText('Nothing sent yet');
			bedrock.received.length = 0;
			await send(page, 'Write 20000 words.');
			await expect(page.getByTestId('metrics')).toContainText('TTFT');
			await page.getByRole('button', { name: 'Share', exact: true }).click();
			await expect(page.getByRole('dialog')).toBeVisible();
			await page.keyboard.press('Escape');
			await expect(page.getByRole('dialog')).toBeHidden();
			await expect(stopButton(page)).toBeVisible();
			await page.keyboard.press('Escape');
			await expect(page.getByTestId('ending')).toContainText('Stopped by you');
		});
	});
});
