import type { Locator, Page } from 'playwright/test';
import { recordsOf } from './stored.ts';
import { expect, open, storedKey, test } from './test.ts';
import { ask, ended, lastText } from './transcript.ts';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const turns = (page: Page) => transcript(page).getByRole('article');
const history = (page: Page) => page.getByRole('navigation', { name: 'History' });
const rows = (page: Page) => history(page).getByRole('listitem');
const pager = (turn: Locator) => turn.getByRole('group', { name: 'Versions' });
const undo = (page: Page) => page.getByTestId('undo');

/** Opens the page with a key and tells it a name. */
async function tellName(page: Page, url: string): Promise<void> {
	await storedKey(page, url);
	await open(page, url);
	await ask(page, 'My name is Alice.');
	await expect(lastText(page)).toContainText('Alice');
}

/** Changes the first message and asks for an answer to it. */
async function tellAnotherName(page: Page): Promise<void> {
	const first = turns(page).first();
	await first.hover();
	await first.getByRole('button', { name: 'Edit' }).click();
	await first.getByRole('textbox', { name: 'Edit message' }).fill('My name is Bob.');
	await first.getByRole('button', { name: 'Save and send' }).click();
	await expect(lastText(page)).toContainText('Bob');
	await ended(page);
}

test('the pager goes between what was edited and what it was, by pointer and by Alt with an arrow; the search and the list of runs open a branch that was left', async ({
	page,
	url
}) => {
	await tellName(page, url);
	await expect(page.getByRole('group', { name: 'Versions' })).toHaveCount(0);
	await tellAnotherName(page);
	const first = turns(page).first();
	await expect(pager(first)).toContainText('2/2');
	await expect(transcript(page)).not.toContainText('Alice');

	await pager(first).getByRole('button', { name: 'Previous version' }).click();
	await expect(pager(first)).toContainText('1/2');
	await expect(transcript(page)).toContainText('My name is Alice.');
	await expect(lastText(page)).toContainText('Alice');
	await expect(transcript(page)).not.toContainText('Bob');

	await first.getByRole('button', { name: 'Copy' }).focus();
	await page.keyboard.press('Alt+ArrowRight');
	await expect(pager(first)).toContainText('2/2');
	await expect(lastText(page)).toContainText('Bob');
	// Nothing comes after the last one.
	await page.keyboard.press('Alt+ArrowRight');
	await expect(pager(first)).toContainText('2/2');
	await first.getByRole('button', { name: 'Copy' }).focus();
	await page.keyboard.press('Alt+ArrowLeft');
	await expect(pager(first)).toContainText('1/2');
	await expect(lastText(page)).toContainText('Alice');

	// A page that goes before the branch is stored would open with the other one.
	const leaf = await page.locator('[data-turn]').last().getAttribute('data-turn');
	await expect.poll(recordsOf(page)).toContain(`"leaf":"${leaf}"`);
	await page.reload();
	await expect(pager(turns(page).first())).toContainText('1/2');
	await expect(lastText(page)).toContainText('Alice');
	await pager(first).getByRole('button', { name: 'Next version' }).click();
	await expect(lastText(page)).toContainText('Bob');
	await page.getByRole('button', { name: 'New conversation' }).click();
	await ask(page, 'Write a haiku.');

	const search = page.getByRole('searchbox', { name: 'Search history' });
	// Said by the first branch's answer alone, which was left behind.
	await search.fill('YOU, ALICE');
	await expect(history(page)).toContainText('6 messages searched');
	await expect(history(page)).toContainText('1 of 2 conversations match');
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page).locator('mark')).toHaveText('you, Alice');
	await rows(page).getByRole('button').first().click();
	await expect(transcript(page)).toContainText('My name is Alice.');
	await expect(pager(turns(page).first())).toContainText('1/2');
	await expect(lastText(page)).toContainText('Alice');
	await search.press('Escape');
	await expect(rows(page)).toHaveCount(2);

	await rows(page)
		.filter({ hasText: 'My name is' })
		.getByRole('button', { name: /^More for/ })
		.click();
	await page.getByRole('menuitem', { name: 'Show its runs' }).click();
	const runs = history(page).getByTestId('runs').getByRole('button');
	await expect(runs).toHaveCount(2);
	for (const name of ['Bob', 'Alice']) {
		await runs.filter({ hasText: name }).click();
		await expect(lastText(page)).toContainText(name);
	}
});

test('what was deleted comes back in its place: a message, a cleared conversation, a conversation of the history', async ({
	page,
	url,
	bedrock
}) => {
	await tellName(page, url);
	await ask(page, 'What is my name?');
	await expect(turns(page)).toHaveCount(4);
	const said = await transcript(page).innerText();

	await test.step('a message', async () => {
		const answer = turns(page).nth(1);
		await answer.hover();
		await answer.getByRole('button', { name: 'Delete' }).click();
		await expect(turns(page)).toHaveCount(3);
		await expect(transcript(page).getByTestId('undo')).toContainText('Message deleted.');
		await undo(page).getByRole('button', { name: 'Undo' }).click();
		await expect(turns(page)).toHaveCount(4);
		await expect(undo(page)).toHaveCount(0);
		expect(await transcript(page).innerText()).toBe(said);
	});

	await test.step('a cleared conversation, with what was being written', async () => {
		await message(page).fill('Half a thought');
		await page.getByRole('button', { name: 'Request menu' }).click();
		await page.getByRole('menuitem', { name: 'Clear conversation' }).click();
		await expect(turns(page)).toHaveCount(0);
		await expect(message(page)).toHaveValue('');
		await expect(transcript(page).getByTestId('undo')).toContainText('Conversation cleared.');
		await undo(page).getByRole('button', { name: 'Undo' }).click();
		await expect(turns(page)).toHaveCount(4);
		await expect(message(page)).toHaveValue('Half a thought');
	});

	await test.step('a conversation of the history', async () => {
		const row = rows(page).filter({ hasText: 'My name is Alice.' });
		await row.hover();
		await row.getByRole('button', { name: /^More for/ }).click();
		await page.getByRole('menuitem', { name: 'Delete' }).click();
		await expect(row).toHaveCount(0);
		await expect(turns(page)).toHaveCount(0);
		await expect(history(page).getByTestId('undo')).toContainText('Conversation deleted.');
		await undo(page).getByRole('button', { name: 'Undo' }).click();
		await expect(row).toHaveCount(1);
		await expect(turns(page)).toHaveCount(4);
	});

	await page.reload();
	await expect(turns(page)).toHaveCount(4);
	await expect(message(page)).toHaveValue('Half a thought');
	await ask(page, 'What is my name again?');
	expect(bedrock.received.at(-1)?.body).toContain('My name is Alice.');
});
