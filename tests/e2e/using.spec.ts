import type { Page } from 'playwright/test';
import { chooseModel, expect, newKey, open, send, sendButton, storedKey, test } from './test.ts';
import { ask, ended, lastAnswer, stopButton } from './transcript.ts';

/** The name of what has the focus, or `body`. */
function focused(page: Page): Promise<string> {
	return page.evaluate(() => {
		const element = document.activeElement;
		if (element === null || element === document.body) return 'body';
		return element.getAttribute('aria-label') ?? element.textContent.trim();
	});
}

test('The focus is where the next key makes sense, and never on the body', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await send(page, 'one');
	await expect.poll(() => focused(page)).toBe('Message');
	await ended(page);
	await expect.poll(() => focused(page)).toBe('Message');

	const first = page.getByRole('log').getByRole('article').first();
	await first.getByRole('button', { name: 'Edit' }).click();
	await page.getByRole('textbox', { name: 'Edit message' }).fill('two');
	await page.getByRole('button', { name: 'Save and send' }).click();
	await expect.poll(() => focused(page)).toBe('Message');
	await ended(page);

	// The pager by its keys, more than once: the focus goes along.
	await first.getByRole('button', { name: 'Previous version' }).click();
	await expect(first).toContainText('one');
	await page.keyboard.press('Alt+ArrowRight');
	await expect(first).toContainText('two');
	await page.keyboard.press('Alt+ArrowLeft');
	await expect(first).toContainText('one');

	await lastAnswer(page).getByRole('button', { name: 'Delete' }).click();
	await expect.poll(() => focused(page)).toBe('Undo');
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('undo')).toHaveCount(0);
	await expect.poll(() => focused(page)).toBe('Message');

	await page.getByRole('group', { name: 'Conversations' }).getByRole('button').first().click();
	await expect.poll(() => focused(page)).toBe('Message');

	// A key pasted anywhere opens the dialog; closing it leads back.
	await page.getByRole('heading', { level: 1 }).click();
	await page.evaluate((key) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', key);
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
	}, newKey());
	await expect(page.getByRole('dialog')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect.poll(() => focused(page)).toBe('Message');
});

test('a first visit writes and sends before the files are there that send', async ({
	page,
	url
}) => {
	let arrive: () => void = () => undefined;
	const arrived = new Promise<void>((resolve) => (arrive = resolve));
	// What the page links itself comes first, all else when it is let through.
	const html = await (await page.request.get(url)).text();
	const first = [...html.matchAll(/[\w.-]+\.js(?=")/g)].map(([name]) => name);
	await page.route('**/_app/immutable/**/*.js', async (route) => {
		if (!first.some((name) => route.request().url().endsWith(name))) await arrived;
		await route.continue();
	});
	await open(page, url);
	await page.getByLabel('Message', { exact: true }).fill('Early');
	await sendButton(page).click();
	await stopButton(page).click();
	await expect(sendButton(page)).toBeEnabled();
	await sendButton(page).click();
	await expect(stopButton(page)).toBeVisible();
	arrive();
	await ended(page);
	await expect(lastAnswer(page)).not.toBeEmpty();
});

test('a part of the page whose file is gone says so in its place, and the rest goes on', async ({
	page,
	url
}) => {
	await open(page, url);
	const gone = page
		.getByRole('alert')
		.filter({ hasText: 'This part of the page could not be loaded.' });
	// As after a later release of the page, which has taken the files of this one away.
	await page.route('**/_app/immutable/**', (route) => route.abort());
	await page.getByRole('tab', { name: 'Body' }).click();
	await expect(page.getByRole('tabpanel', { name: 'Body' }).locator(gone)).toBeVisible();
	await page.getByRole('tab', { name: 'Settings' }).click();
	await expect(page.getByRole('switch', { name: 'Send temperature' })).toBeVisible();
	await expect(gone).toHaveCount(0);
});

test('The left edge holds at every width, long lines wrap, and the inspector can be hidden', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await ask(page, 'one');
	for (const [width, edge] of [
		[1920, 24],
		[1440, 24],
		[1100, 24],
		[800, 24],
		[390, 16]
	] as const) {
		await page.setViewportSize({ width, height: 900 });
		const starts = await page.evaluate(() => {
			const left = document.querySelector('#workspace')?.getBoundingClientRect().left ?? 0;
			/** Where the text of an element begins. */
			const startOf = (selector: string) => {
				const element = document.querySelector(selector);
				if (element === null || !element.checkVisibility()) return [];
				const { paddingLeft } = getComputedStyle(element);
				return [element.getBoundingClientRect().left + parseFloat(paddingLeft) - left];
			};
			return [
				...startOf('.model .name, .model input'),
				...startOf('.path .method'),
				...startOf('.system .label'),
				...startOf('[role=log] article h2'),
				...startOf('[data-testid=answer]'),
				...startOf('textarea[aria-label=Message]')
			];
		});
		expect(starts.length).toBeGreaterThanOrEqual(width < 640 ? 5 : 6);
		expect([...new Set(starts)], `at ${width} px`).toEqual([edge]);
	}

	await page.setViewportSize({ width: 1440, height: 900 });
	const inspector = page.getByRole('complementary', { name: 'Inspector' });
	await page.getByRole('tab', { name: 'Body' }).click();
	const code = inspector.locator('.cm-scroller');
	await inspector.getByRole('button', { name: 'Wrap long lines' }).click();
	await expect(code.locator('.cm-content')).toHaveCSS('white-space', 'break-spaces');
	const isWide = await code.evaluate((pane) => pane.scrollWidth > pane.clientWidth);
	expect(isWide).toBe(false);
	await page.getByRole('button', { name: 'Inspector panel' }).click();
	await expect(inspector).toBeHidden();
	await page.getByRole('button', { name: 'Inspector panel' }).click();
	await expect(inspector).toBeVisible();
});

test('The inspector is made wider by keys and by dragging, stays so, and goes back by a double click', async ({
	page,
	url
}) => {
	await page.setViewportSize({ width: 1600, height: 900 });
	await open(page, url);
	const handle = page.getByRole('separator', { name: 'Width of the inspector' });
	const pane = page.getByRole('complementary', { name: 'Inspector' });
	/** Waits until the handle says how wide the pane is drawn. */
	const expectWidth = async (px: number) => {
		await expect(handle).toHaveAttribute('aria-valuenow', `${px}`);
		expect((await pane.boundingBox())?.width).toBe(px);
	};
	await expectWidth(440);
	await handle.press('ArrowLeft');
	await expectWidth(456);
	// As when a key is held down: the page has taken up the first one, and no frame was drawn before the second one comes.
	await handle.evaluate(async (element) => {
		for (let i = 0; i < 2; i++) {
			element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
			await Promise.resolve();
		}
	});
	await expectWidth(488);
	await handle.press('Home');
	await expectWidth(320);
	await handle.press('ArrowRight');
	await expectWidth(320);

	const { x = 0 } = (await pane.boundingBox()) ?? {};
	await page.mouse.move(x, 300);
	await page.mouse.down();
	await page.mouse.move(x - 50, 300);
	await page.mouse.move(x - 180, 310);
	await page.mouse.up();
	await expectWidth(500);
	await page.reload();
	await expectWidth(500);
	await handle.dblclick();
	await expectWidth(440);
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 640 }, hasTouch: true, isMobile: true });

	test('Enter writes a line, and the headline of a failure is in view', async ({ page, url }) => {
		await open(page, url);
		const message = page.getByRole('textbox', { name: 'Message' });
		await message.fill('one');
		await message.press('Enter');
		await message.pressSequentially('two');
		await expect(message).toHaveValue('one\ntwo');
		await chooseModel(page, 'fault.throttled');
		await sendButton(page).click();
		const card = page.getByTestId('error-card');
		await expect(card.getByRole('heading')).toBeInViewport({ ratio: 1 });
	});
});
