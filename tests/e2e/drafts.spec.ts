import type { Page } from 'playwright/test';
import golden from '../fixtures/golden-database.json' with { type: 'json' };
import { writeGolden } from '../fixtures/golden-database.ts';
import type { GoldenDatabase } from '../fixtures/golden-database.ts';
import { fillDatabases, readDatabases, recordsOf, writeInto, writeRecord } from './stored.ts';
import {
	chooseApi,
	chooseModel,
	expect,
	goBlank,
	open,
	send,
	sendButton,
	storedKey,
	test
} from './test.ts';
import { bodyText, ended, requestBody, setStream, stopButton } from './transcript.ts';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const metrics = (page: Page) => page.getByTestId('metrics');
const history = (page: Page) => page.getByRole('navigation', { name: 'History' });
const rows = (page: Page) => history(page).getByRole('listitem');
const inspectorTab = (page: Page, name: string) =>
	page.getByRole('tablist', { name: 'Inspector' }).getByRole('tab', { name });

test('a draft is stored within 500 ms of typing, and as a whole when the page goes away although nothing had time to', async ({
	page,
	url
}) => {
	const limit = 'max_output_tokens';
	const model = page.getByRole('combobox', { name: 'Model' });
	await page.clock.install();
	await open(page, url);
	await chooseApi(page, 'Responses');
	await chooseModel(page, 'xai.grok-4.3');
	await page.getByRole('textbox', { name: 'instructions' }).fill('A system for Responses');
	await page.getByRole('switch', { name: `Send ${limit}` }).click();
	await page.getByRole('textbox', { name: limit, exact: true }).fill('77');
	await setStream(page, false);
	await message(page).fill('A message of Responses');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await page.clock.pauseAt(Date.now() + 60_000);
	await message(page).fill('Typed a moment ago');
	expect((await readDatabases(page)).records).not.toContain('Typed a moment ago');
	await page.clock.runFor(500);
	await expect.poll(recordsOf(page)).toContain('Typed a moment ago');
	await message(page).fill('Half a thought\nin two lines');
	await page.reload();
	await page.clock.resume();
	await expect(message(page)).toHaveValue('Half a thought\nin two lines');
	const tab = page.getByRole('tab', { name: 'Responses' });
	await expect(tab).toHaveAttribute('aria-selected', 'true');
	await expect(model).toHaveValue('xai.grok-4.3');
	await expect(page.getByRole('textbox', { name: 'instructions' })).toHaveValue(
		'A system for Responses'
	);
	await expect(page.getByRole('textbox', { name: limit, exact: true })).toHaveValue('77');
	await expect(page.getByRole('switch', { name: 'Stream', exact: true })).not.toBeChecked();
	await expect(transcript(page)).toContainText('A message of Responses');
});

test('runs open again with their text, their figures and their end: finished, stopped, and cut off as the page closed', async ({
	context,
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	await send(page, 'Write a haiku.');
	await expect(metrics(page)).toContainText('completed');
	const figures = (await metrics(page).innerText()).trim();
	await page.keyboard.press('Control+Shift+O');
	await expect(transcript(page)).toContainText('Nothing sent yet');
	await chooseApi(page, 'Converse');
	await send(page, 'Write 20000 words about bees.');
	await expect(metrics(page)).toContainText('TTFT');
	await stopButton(page).click();
	await expect(transcript(page)).toContainText('Stopped by you');
	await page.getByRole('button', { name: 'New conversation' }).click();
	await send(page, 'Write 20000 words about ants.');
	await expect(metrics(page)).toContainText('TTFT');
	await expect.poll(async () => (await transcript(page).innerText()).length).toBeGreaterThan(500);
	await page.close({ runBeforeUnload: true });

	const later = await context.newPage();
	await open(later, url);
	await expect(rows(later)).toHaveCount(3);
	const cutOff = rows(later).filter({ hasText: 'ants' });
	await expect(cutOff).toContainText('Page closed');
	await expect(transcript(later)).toContainText('Cut off when the page closed.');
	await expect(transcript(later)).not.toContainText('Stopped by you');
	expect((await transcript(later).innerText()).length).toBeGreaterThan(500);
	// The next page finds the same, and nothing is found twice.
	await later.reload();
	await expect(rows(later)).toHaveCount(3);
	await expect(cutOff.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
	await expect(transcript(later)).toContainText('Cut off when the page closed.');
	await expect(transcript(later).getByRole('article')).toHaveCount(2);

	const stopped = rows(later).filter({ hasText: 'bees' });
	await expect(stopped).toContainText('Stopped');
	await stopped.getByRole('button').first().click();
	await expect(stopped.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
	await expect(transcript(later)).toContainText('Stopped by you');

	const finished = rows(later).filter({ hasText: 'haiku' });
	await expect(finished).not.toContainText(/Stopped|Page closed/);
	await finished.getByRole('button').first().click();
	await expect(later.getByRole('tab', { name: 'Responses' })).toHaveAttribute(
		'aria-selected',
		'true'
	);
	await expect(transcript(later)).toContainText('Write a haiku.');
	await expect(transcript(later)).toContainText('A sentence wakes up.');
	expect((await metrics(later).innerText()).trim()).toBe(figures);
});

test('two pages on one draft: the later one says that there is another text, and both can be had', async ({
	context,
	page,
	url
}) => {
	const conflict = (of: Page) => of.getByTestId('draft-conflict');
	await open(page, url);
	await message(page).fill('Written here first');
	await expect.poll(recordsOf(page)).toContain('Written here first');
	const other = await context.newPage();
	await open(other, url);
	await expect(message(other)).toHaveValue('Written here first');
	await message(other).fill('Written there');
	await expect.poll(recordsOf(other)).toContain('Written there');

	await message(page).fill('Written here later');
	await expect(conflict(page)).toContainText('Another page has changed this draft.');
	await expect(conflict(page)).toContainText('Written there');
	await expect(message(page)).toHaveValue('Written here later');
	expect((await readDatabases(page)).records).toContain('Written there');
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.bringToFront();
	for (const [button, text] of [
		['Copy that text', 'Written there'],
		['Copy mine', 'Written here later']
	] as const) {
		await conflict(page).getByRole('button', { name: button }).click();
		await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(text);
	}
	await conflict(page).getByRole('button', { name: 'Keep mine' }).click();
	await expect(conflict(page)).toHaveCount(0);
	await expect.poll(recordsOf(page)).toContain('Written here later');

	// Now the other page is the one that is behind.
	await message(other).fill('Written there again');
	await expect(conflict(other)).toContainText('Written here later');
	await conflict(other).getByRole('button', { name: 'Take that draft' }).click();
	await expect(message(other)).toHaveValue('Written here later');
});

test('the golden database opens with its conversation, its branches, its draft and its settings', async ({
	page,
	url
}) => {
	await open(page, url);
	await page.evaluate(writeGolden, golden as GoldenDatabase);
	await page.reload();
	await page.locator('html[data-ready]').waitFor();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText('What is the tallest mountain?');
	await expect(page.getByTestId('key-chip')).toContainText('Rejected');
	await expect(message(page)).toHaveValue('And the third one?');
	await expect(history(page)).not.toContainText('could not be read');

	const first = transcript(page).getByRole('article').first();
	await expect(first).toContainText('What is the tallest mountain in Europe?');
	await expect(transcript(page)).toContainText('And the second?');
	await expect(transcript(page)).toContainText('Cut off when the page closed.');
	await expect(first.getByRole('group', { name: 'Versions' })).toContainText('2/2');
	await first.getByRole('button', { name: 'Previous version' }).click();
	await expect(first).toContainText('What is the tallest mountain?');
	await expect(transcript(page)).toContainText('Mount Everest.');
	await expect(transcript(page)).toContainText('And the second?');
	await expect(metrics(page)).toContainText('end_turn');
});

test('the history finds by words, API and outcome, and deletes for good', async ({ page, url }) => {
	const record = (id: string, title: string, change: object = {}) => ({
		...{ v: 2, id, api: 'converse', title, model: 'a.b', simulated: false },
		...{ startedAt: Date.now(), changedAt: Date.now(), end: 'finished', ...change }
	});
	await page.clock.install();
	await goBlank(page, url);
	await fillDatabases(page, {
		records: {
			'conversation/c1': record('c1', 'Write a haiku about ants.'),
			'conversation/c2': record('c2', 'Write a haiku about bees.'),
			'conversation/c3': record('c3', 'Hello', {
				...{ api: 'responses', end: 'http-error', status: 429 }
			})
		},
		secrets: {}
	});
	await open(page, url);
	await expect(rows(page)).toHaveCount(3);

	const search = page.getByRole('searchbox', { name: 'Search history' });
	await search.fill('BEES');
	await expect(rows(page)).toHaveCount(1);
	await expect(history(page)).toContainText('1 of 3 conversations match');
	await search.press('Escape');
	await expect(rows(page)).toHaveCount(3);
	await search.fill('nothing like this');
	await expect(rows(page)).toHaveCount(0);
	await page.getByRole('button', { name: 'Clear the search' }).click();

	await page.getByRole('button', { name: 'Filter', exact: true }).click();
	await history(page).getByRole('combobox', { name: 'API' }).selectOption('Responses');
	await expect(rows(page)).toHaveCount(1);
	await expect(rows(page)).toContainText('Hello');
	await expect(rows(page)).toContainText('429');
	await history(page).getByRole('combobox', { name: 'API' }).selectOption('Any API');
	await history(page).getByRole('combobox', { name: 'Outcome' }).selectOption('Finished');
	await expect(rows(page)).toHaveCount(2);
	await history(page).getByRole('combobox', { name: 'Outcome' }).selectOption('Any outcome');

	const row = rows(page).filter({ hasText: 'bees' });
	await row.hover();
	await row.getByRole('button', { name: /^More for/ }).click();
	await page.getByRole('menuitem', { name: 'Delete' }).click();
	await expect(rows(page)).toHaveCount(2);
	// Until its ten seconds are over it can be undone.
	await expect(page.getByTestId('undo')).toBeVisible();
	await page.clock.fastForward(10_000);
	await expect(page.getByTestId('undo')).toHaveCount(0);
	await expect.poll(recordsOf(page)).not.toContain('bees');
	await page.reload();
	await expect(rows(page)).toHaveCount(2);
});

test('Body and Code show the next request byte for byte as it is sent, then as it was sent, and copy what they show', async ({
	context,
	page,
	url,
	bedrock
}) => {
	const clients: [string, RegExp][] = [
		['cURL', /^# Set the key first[^]*curl -sS/],
		['Python', /import boto3[^]*converse_stream/],
		['JavaScript', /fetch\([^]*process\.env/]
	];
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	const inspector = page.getByRole('complementary', { name: 'Inspector' });
	const code = requestBody(page);
	const panel = page.getByRole('region', { name: 'Code', exact: true });
	const which = inspector.getByRole('radiogroup', { name: 'Which request' });
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await storedKey(page, url);
	await open(page, url);
	await page.getByRole('switch', { name: 'Send temperature' }).click();
	await page.getByRole('textbox', { name: 'temperature', exact: true }).fill('0.10');
	await inspectorTab(page, 'Body').click();
	await expect(inspector).toContainText('Valid JSON');
	await message(page).fill('');
	await expect(code).not.toContainText('messages');
	await message(page).fill('Say “quotes” \\ and\nlines, 你好 🧪 \u2028 & <b>');
	await expect(code).toContainText('你好 🧪');
	const shown = await bodyText(page);
	await page.getByRole('button', { name: 'Copy the body' }).click();
	expect(await clipboard()).toBe(shown);

	await inspectorTab(page, 'Code').click();
	for (const [client, pattern] of clients) {
		await page.getByRole('tab', { name: client }).click();
		await expect(panel).toContainText('你好 🧪');
		const text = (await panel.locator('code').textContent()) ?? '';
		expect(text).toMatch(pattern);
		await inspector
			.getByRole('button', { name: /^Cop(y|ied)$/ })
			.last()
			.click();
		await expect.poll(clipboard).toBe(text);
	}

	await inspectorTab(page, 'Body').click();
	await sendButton(page).click();
	await ended(page);
	await expect(inspector).toContainText(/Sent at \d\d:\d\d/);
	await expect(inspector).toContainText('sent exactly as it stands');
	await expect(which).toHaveCount(0);
	expect(bedrock.received.map(({ body }) => body)).toEqual([shown]);
	expect(await bodyText(page)).toBe(shown);
	expect(shown).toBe(JSON.stringify(JSON.parse(shown), null, 2));
	expect(shown).toContain('"temperature": 0.1');
	expect(bedrock.received[0]?.headers['content-length']).toBe(String(Buffer.byteLength(shown)));

	await message(page).fill('What is my name?');
	await expect(which.getByRole('radio', { name: 'Next' })).toBeChecked();
	await expect(inspector).toContainText('Not sent yet');
	await expect(code).toContainText('What is my name?');
	const next = await bodyText(page);
	await which.getByRole('radio', { name: 'Sent' }).click();
	await expect.poll(() => bodyText(page)).toBe(shown);
	await sendButton(page).click();
	await expect(metrics(page)).toHaveCount(2);
	await ended(page);
	await expect(code).toContainText('What is my name?');
	expect(bedrock.received[1]?.body).toBe(next);
	expect(await bodyText(page)).toBe(next);

	// The same in Code.
	await inspectorTab(page, 'Code').click();
	await expect(panel).toContainText('What is my name?');
	await message(page).fill('And now?');
	await expect(panel).toContainText('And now?');
	await which.getByRole('radio', { name: 'Sent' }).click();
	await expect(panel).not.toContainText('And now?');
	await page.reload();
	await expect(page.getByRole('tab', { name: 'JavaScript' })).toHaveAttribute(
		'aria-selected',
		'true'
	);
});

test('what an older version left is told of once; records that are broken or of a later version give no blank page', async ({
	page,
	url
}) => {
	await goBlank(page, url);
	await writeInto(page, 'bedrock-playground-secrets', 'secrets', 'current', {
		v: 1,
		key: 'k',
		secret: 'a secret of the first version'
	});
	await writeInto(page, 'bedrock-playground-runs', 'runs', 'r1', { v: 1, id: 'r1' });
	await open(page, url);
	const sentence = 'Runs of the first version of this page are set aside and not shown.';
	await expect(history(page)).toContainText(sentence);
	await expect(page.getByTestId('key-chip')).toContainText('No API key');
	const stored = await readDatabases(page);
	expect(JSON.stringify(stored)).not.toContain('a secret of the first version');
	expect(stored).toHaveProperty('bedrock-playground-runs');

	// Each of these in every place is in src/lib/components/shell/broken-records.test.ts.
	const bad: unknown[] = [
		{ v: 99, id: 'c1', api: 'converse', conversation: 'c1', startedAt: 1 },
		...[null, '{"v":2', {}],
		{ v: 2, id: 'c1', conversation: 'c1', at: new Date(0), draft: new Map() }
	];
	const records = Object.keys(golden['bedrock-playground']);
	const inside = records.filter((key) => /^(turn|run|sent|draft|left|exchange)\//.test(key));
	const spoil = async (keys: readonly string[]) => {
		await page.evaluate(writeGolden, golden as GoldenDatabase);
		for (const [i, key] of keys.entries())
			await writeRecord(page, 'records', key, bad[i % bad.length]);
	};
	await spoil(records);
	for (const id of ['k1', 'k2']) await writeRecord(page, 'secrets', id, null);
	await page.reload();
	await page.locator('html[data-ready]').waitFor();
	await expect(page.getByTestId('key-chip')).toContainText('No API key');
	await expect(history(page)).toContainText('Conversations are kept in this browser.');
	await expect(history(page)).not.toContainText(sentence);
	await expect(history(page)).toContainText('could not be read');
	await expect(history(page)).toContainText('of a newer version of this page');
	await send(page, 'Write a haiku.');
	await expect(metrics(page)).toContainText('end_turn');
	expect((await readDatabases(page)).secrets).toBe('[[],[]]');

	await spoil(inside);
	await page.reload();
	await page.locator('html[data-ready]').waitFor();
	const row = rows(page).filter({ hasText: 'What is the tallest mountain?' });
	await row.getByRole('button').first().click();
	await expect(row.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
	await message(page).fill('Write a haiku.');
	await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
});
