import type { Page } from 'playwright/test';
import { findFaults } from './axe.ts';
import { sideways } from './screens.ts';
import { chooseApi, expect, open, storedKey, test } from './test.ts';
import { ask, lastText } from './transcript.ts';

const fact = 'My name is Alice and I like cats.';
const otherFact = 'My name is Bob and I like dogs.';
const question = 'What is my name and what do I like?';

const tree = (page: Page) => page.getByRole('tree', { name: 'Response chain' });
const rows = (page: Page) => tree(page).getByRole('treeitem');
const chosen = (page: Page) => tree(page).locator('[role=treeitem][aria-selected=true]');
const actions = (page: Page) => page.getByRole('group', { name: /^Actions for resp_…/ });

interface Body {
	previous_response_id?: string;
	input: unknown[];
}

test('Two turns, a fork that answers differently, the tree by its keys, both branches word for word, and all of it on a phone', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	await page.getByRole('tab', { name: 'Chain' }).click();
	await expect(page.getByText('No stored responses')).toBeVisible();
	await ask(page, fact);
	await ask(page, question);
	await expect(lastText(page)).toHaveText('Your name is Alice and you like cats.');
	await expect(rows(page)).toHaveCount(2);
	await expect(chosen(page)).toContainText('Here');

	// By its keys to the first response, and on from there.
	await chosen(page).click();
	await expect(chosen(page)).toBeFocused();
	await page.keyboard.press('Home');
	await expect(chosen(page)).toContainText('Nice to meet you, Alice');
	await expect(chosen(page)).toBeFocused();
	await actions(page).getByRole('button', { name: 'Fork' }).click();
	await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
	await ask(page, otherFact);
	await ask(page, question);
	await expect(lastText(page)).toHaveText('Your name is Bob and you like dogs.');
	const bodies = bedrock.received.map(({ body }) => JSON.parse(body) as Body);
	expect(bodies.map(({ input }) => input.length)).toEqual([1, 1, 1, 1]);
	expect(bodies[2]?.previous_response_id).toBe(bodies[1]?.previous_response_id);
	await expect(rows(page)).toHaveCount(4);
	await expect(page.getByText('4 responses · 2 branches')).toBeVisible();

	// What chaining saves is what the page says before it sends.
	await page.getByRole('textbox', { name: 'Message' }).fill(question);
	await expect(rows(page)).toHaveCount(5);
	const seen = page.getByTestId('what-seen');
	await expect(seen).toContainText(/Sent now\s*\d+ B/);
	await expect(seen).toContainText('3 turns, from our local record');
	await expect(page.getByTestId('saved')).toContainText('in 3 requests');

	await chosen(page).focus();
	await page.keyboard.press('End');
	await expect(chosen(page)).toContainText('draft, not sent');
	await page.keyboard.press('Home');
	await page.keyboard.press('ArrowRight');
	await expect(chosen(page)).toContainText('Your name is Alice');
	await page.getByRole('button', { name: 'Compare branches' }).click();
	const dialog = page.getByRole('dialog', { name: 'Compare branches' });
	await expect(dialog.locator('del').filter({ hasText: 'cats' }).first()).toBeVisible();
	await expect(dialog.locator('ins').filter({ hasText: 'dogs' }).first()).toBeVisible();
	expect(await findFaults(page)).toEqual([]);
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);

	// Continued by Enter: the transcript shows that branch, and the next request names its response.
	await chosen(page).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
	await expect(lastText(page)).toHaveText('Your name is Alice and you like cats.');
	await expect(chosen(page)).toContainText('Here');
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect.soft(await findFaults(page), colorScheme).toEqual([]);
	}

	// On a phone the chain is a panel of its own, and what is continued there is shown in the chat.
	await page.setViewportSize({ width: 390, height: 844 });
	const panels = page.getByRole('navigation', { name: 'Panels' });
	await panels.getByRole('button', { name: 'Chain' }).click();
	await expect(rows(page).first()).toBeVisible();
	expect(await sideways(page)).toBe(0);
	expect(await findFaults(page)).toEqual([]);
	await rows(page).first().click();
	await actions(page).getByRole('button', { name: 'Continue from here' }).click();
	await expect(lastText(page)).toContainText('Nice to meet you, Alice');
	await expect(panels.getByRole('button', { name: 'Chat' })).toHaveAttribute(
		'aria-current',
		'page'
	);
});
