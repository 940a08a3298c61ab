import type { Locator, Page } from 'playwright/test';
import { expect, open, storedKey, test } from './test.ts';
import { ask, ended } from './transcript.ts';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const turns = (page: Page) => page.getByRole('log').getByRole('article');
const roles = (page: Page) => turns(page).getByRole('heading', { level: 2 }).allTextContents();
const more = (turn: Locator) => turn.getByRole('button', { name: 'More' });

/** Opens the menu of a message and chooses from it, by keyboard alone. */
async function choose(page: Page, turn: Locator, name: string): Promise<void> {
	await more(turn).focus();
	await page.keyboard.press('Enter');
	const item = page
		.getByRole('menuitem', { name })
		.or(page.getByRole('menuitemcheckbox', { name }));
	for (let i = 0; i < 12 && !(await item.evaluate((one) => one === document.activeElement)); i++) {
		await page.keyboard.press('ArrowDown');
	}
	await expect(item).toBeFocused();
	await page.keyboard.press('Enter');
}

test('a message is put before another, moved, gets another role, is forked after and continued by keyboard alone, with the focus where one goes on', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await ask(page, 'My name is Alice.');
	await ask(page, 'What is my name?');

	await test.step('put before another, and back', async () => {
		await choose(page, turns(page).first(), 'Insert before');
		const field = page.getByRole('textbox', { name: 'Edit message' });
		await expect(field).toBeFocused();
		await page.keyboard.type('I am here.');
		await page.getByRole('button', { name: 'Save', exact: true }).press('Enter');
		await expect(field).toHaveCount(0);
		await expect(turns(page)).toHaveCount(5);
		await expect(turns(page).first()).toContainText('I am here.');
		await turns(page).first().getByRole('button', { name: 'Delete' }).press('Enter');
		await expect(turns(page)).toHaveCount(4);
	});

	await test.step('moved up and back', async () => {
		await more(turns(page).nth(2)).focus();
		await page.keyboard.press('Alt+ArrowUp');
		await expect.poll(() => roles(page)).toEqual(['User', 'User', 'Assistant', 'Assistant']);
		await expect(more(turns(page).nth(1))).toBeFocused();
		await page.keyboard.press('Alt+ArrowDown');
		await expect.poll(() => roles(page)).toEqual(['User', 'Assistant', 'User', 'Assistant']);
		await expect(more(turns(page).nth(2))).toBeFocused();
	});

	await test.step('another role', async () => {
		await choose(page, turns(page).nth(2), 'Role: System');
		await expect.poll(() => roles(page)).toEqual(['User', 'Assistant', 'System', 'Assistant']);
		await expect(more(turns(page).nth(2))).toBeFocused();
		await page.getByTestId('undo').getByRole('button', { name: 'Undo' }).press('Enter');
		await expect.poll(() => roles(page)).toEqual(['User', 'Assistant', 'User', 'Assistant']);
	});

	await test.step('forked, and back', async () => {
		await turns(page).nth(1).getByRole('button', { name: 'Fork from here' }).press('Enter');
		await expect(turns(page)).toHaveCount(2);
		await expect(message(page)).toBeFocused();
		await page.getByTestId('beyond').getByRole('button', { name: 'Show it' }).press('Enter');
		await expect(turns(page)).toHaveCount(4);
		await turns(page).nth(1).getByRole('button', { name: 'Fork from here' }).press('Enter');
	});

	await test.step('continued from an answer that was begun', async () => {
		await page.keyboard.type('Count to three.');
		await page.getByRole('button', { name: 'Add as' }).press('Enter');
		await expect(page.getByRole('menuitem', { name: 'Add as User' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(message(page)).toBeFocused();
		await page.keyboard.type('One, ');
		await page.getByRole('button', { name: 'Add as' }).press('Enter');
		await expect(page.getByRole('menuitem', { name: 'Add as User' })).toBeFocused();
		await page.keyboard.press('ArrowDown');
		await expect(page.getByRole('menuitem', { name: 'Add as Assistant' })).toBeFocused();
		await page.keyboard.press('Enter');
		await expect.poll(() => roles(page)).toEqual(['User', 'Assistant', 'User', 'Assistant']);
		await expect(message(page)).toBeFocused();
		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(turns(page)).toHaveCount(5);
		await ended(page);
		const { messages } = JSON.parse(bedrock.received.at(-1)?.body ?? '') as { messages: unknown[] };
		expect(messages.slice(-2)).toEqual([
			{ role: 'user', content: [{ text: 'Count to three.' }] },
			{ role: 'assistant', content: [{ text: 'One,' }] }
		]);
	});
});
