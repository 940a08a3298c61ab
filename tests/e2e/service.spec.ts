import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { recordsOf } from './stored.ts';
import { chooseApi, expect, open, send, storedKey, test } from './test.ts';
import { ask, ended, lastAnswer, lastText, setStream } from './transcript.ts';

const fact = 'My name is Alice and I like cats.';
const otherFact = 'My name is Bob and I like dogs.';
const question = 'What is my name and what do I like?';
const remembered = 'Your name is Alice and you like cats.';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const job = (page: Page) => page.getByRole('region', { name: 'In the background' });
const rows = (page: Page) =>
	page.getByRole('tree', { name: 'Response chain' }).getByRole('treeitem');
const idsOf = (page: Page) =>
	rows(page)
		.locator('code')
		.evaluateAll((codes) => codes.map((code) => code.getAttribute('title')));

interface Body {
	previous_response_id?: string;
	input: unknown[];
}

const bodyOf = ({ body }: { body: string }) => JSON.parse(body) as Body;

/** Opens Responses with a key. Gives the key. */
async function openResponses(page: Page, url: string): Promise<string> {
	const key = await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	return key;
}

/** Opens the panel of the chain, with so many responses in so many branches. */
async function openChain(page: Page, counts: string): Promise<void> {
	await page.getByRole('tab', { name: 'Chain' }).click();
	await expect(page.getByText(counts)).toBeVisible();
}

/** Chooses from the menu beside the model. */
async function chooseFromMenu(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: 'Request menu' }).click();
	await page.getByRole('menuitem', { name }).click();
}

test('A run in the background is followed by one tab after the other until it is finished, and posted once', async ({
	context,
	page,
	url,
	bedrock
}) => {
	// For this tab the service is at work as long as it asks.
	const polls = /\/v1\/responses\/resp_\w+$/;
	await page.route(polls, (route) =>
		route.fulfill({
			headers: { 'access-control-allow-origin': '*' },
			json: { object: 'response', status: 'in_progress', output: [] }
		})
	);
	await openResponses(page, url);
	await setStream(page, false);
	await page.getByRole('switch', { name: 'Send background' }).click();
	await send(page, 'Write 40 words.');
	await expect(job(page)).toContainText('in progress');
	await expect(job(page)).toContainText(/Looked at \d\d:\d\d.*\. Next look in \d+ s\./);
	const clock = job(page).getByRole('time');
	await expect(clock).toHaveText(/^\d.* since it was sent$/);
	const first = await clock.innerText();

	// Another tab waits until the first is closed, and then asks in its place.
	const other = await context.newPage();
	await open(other, url);
	await expect(job(other)).toContainText('Another tab of this browser looks after it.');
	await expect(clock).not.toHaveText(first);
	await page.close();
	await ended(other);
	await expect(job(other)).toHaveCount(0);
	expect((await lastText(other).innerText()).trim().split(/\s+/)).toHaveLength(40);
	expect(bedrock.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
	// Only the other tab has asked the service itself.
	expect(bedrock.received.at(-1)?.url).toMatch(polls);
});

test('Two tabs continue one response at once and both branches stay; after the one before them is deleted, the history goes along', async ({
	context,
	page,
	url,
	bedrock
}) => {
	await openResponses(page, url);
	await ask(page, fact);
	const other = await context.newPage();
	await open(other, url);
	await expect(lastText(other)).toContainText('Nice to meet you, Alice');
	await Promise.all([ask(page, 'What is my name?'), ask(other, question)]);
	await expect(lastText(other)).toHaveText(remembered);
	const [, ...both] = bedrock.received.map(bodyOf);
	expect(both.map(({ input }) => input.length)).toEqual([1, 1]);
	const [parent, same] = both.map((body) => body.previous_response_id);
	expect(parent).toMatch(/^resp_/);
	expect(same).toBe(parent);
	// A message leaves the stored draft shortly after it was sent. A page that is opened before that has it in its composer,
	// and so one more row in its tree.
	await expect.poll(recordsOf(page)).not.toMatch(/"composer":"[^"]/);
	await other.reload();
	await openChain(other, '3 responses · 2 branches');

	// Deleted in the one tab; the other does not know of it until the service says so.
	await rows(other).first().click();
	const actions = other.getByRole('group', { name: /^Actions for/ });
	await actions.getByRole('button', { name: 'Service', exact: true }).click();
	const service = other.getByRole('menu', { name: /^On the service/ });
	await service.getByRole('menuitem', { name: 'Delete' }).click();
	const dialog = other.getByRole('dialog', { name: 'Delete on the service?' });
	await expect(dialog).toContainText('2 responses after it can then no longer be continued');
	await dialog.getByRole('button', { name: 'Delete on the service' }).click();
	await expect(dialog).toHaveCount(0);
	await expect(rows(other).first()).toContainText('Deleted');
	await expect(rows(other).last()).toContainText('Unknown');
	const deleted = bedrock.received.at(-1);
	expect(deleted?.method).toBe('DELETE');
	expect(deleted?.url).toContain(String(parent));
	await ask(page, question);
	const card = lastAnswer(page).getByTestId('error-card');
	await expect(card.getByRole('heading')).toHaveText('The response to continue is gone');
	const [refused] = bedrock.received.slice(-1).map(bodyOf);
	const gone = refused?.previous_response_id ?? '';
	expect(gone).toMatch(/^resp_/);
	await expect(card.getByTestId('service-said')).toHaveText(`Response '${gone}' not found.`);
	await expect(card).toContainText('404');
	// Nothing is resent before it is asked for.
	const before = bedrock.received.length;
	await card.getByRole('button', { name: 'Resend the history' }).click();
	await expect(lastText(page)).toHaveText(remembered);
	await ended(page);
	await expect(card).toHaveCount(0);
	expect(bedrock.received).toHaveLength(before + 1);
	const [whole] = bedrock.received.slice(-1).map(bodyOf);
	expect(whole).not.toHaveProperty('previous_response_id');
	expect(whole?.input).toHaveLength(5);
	// From here on it chains again, and what is gone is marked.
	await expect(page.getByRole('radio', { name: 'Chain' })).toBeChecked();
	await page.reload();
	await openChain(page, '4 responses · 2 branches');
	await expect(rows(page).first()).toContainText('Deleted');
	await expect(rows(page).filter({ hasText: 'history sent' })).toHaveCount(1);
	// The other tab has stored its draft meanwhile, and nothing is written in it that could be lost.
	await expect(page.getByTestId('draft-conflict')).toHaveCount(0);
});

test('A conversation that was exported comes back with all its branches after everything was forgotten, which asks first', async ({
	page,
	url
}) => {
	const key = await openResponses(page, url);
	await ask(page, fact);
	await ask(page, question);
	await openChain(page, '2 responses · 1 branch');
	await rows(page).first().click();
	await page
		.getByRole('group', { name: /^Actions for/ })
		.getByRole('button', { name: 'Fork' })
		.click();
	await expect(message(page)).toBeFocused();
	await ask(page, otherFact);
	await expect(page.getByText('3 responses · 2 branches')).toBeVisible();
	const ids = await idsOf(page);
	expect(ids).toHaveLength(3);
	await chooseFromMenu(page, 'Export as JSON…');
	const exporting = page.getByRole('dialog', { name: 'Export this conversation' });
	await expect(exporting).toContainText('6 messages in 2 branches');
	const saving = page.waitForEvent('download');
	await exporting.getByRole('button', { name: 'Download' }).click();
	const download = await saving;
	const buffer = readFileSync(await download.path());
	expect(buffer.includes(key)).toBe(false);
	await expect(exporting).toHaveCount(0);

	const forgetting = page.getByRole('dialog', { name: 'Forget everything?' });
	const history = page.getByRole('navigation', { name: 'History' });
	for (const button of ['Cancel', 'Forget everything']) {
		// After *Cancel* all is still there.
		await expect(history.getByRole('listitem')).toHaveCount(1);
		await page.getByRole('button', { name: 'Preferences' }).click();
		await page.getByRole('menuitem', { name: 'Forget everything…' }).click();
		const reloaded = button === 'Cancel' ? undefined : page.waitForEvent('load');
		await forgetting.getByRole('button', { name: button }).click();
		await reloaded;
	}
	await page.locator('html[data-ready]').waitFor();
	await expect(history).toContainText('Nothing here yet');
	await expect(page.getByRole('log').getByRole('article')).toHaveCount(0);
	await chooseFromMenu(page, 'Import conversations…');
	const importing = page.getByRole('dialog', { name: 'Import conversations' });
	const name = download.suggestedFilename();
	await importing
		.locator('input[type=file]')
		.setInputFiles({ name, mimeType: 'application/json', buffer });
	await expect(importing.getByTestId('imported')).toContainText('records were added');
	await importing.getByRole('button', { name: 'Open' }).click();
	await expect(importing).toHaveCount(0);
	await expect(lastText(page)).toContainText('Nice to meet you, Bob');
	await openChain(page, '3 responses · 2 branches');
	expect(await idsOf(page)).toEqual(ids);
	// The other branch, by its response.
	await rows(page).nth(1).click();
	await page.keyboard.press('Enter');
	await expect(lastText(page)).toHaveText(remembered);
});
