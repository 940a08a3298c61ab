import type { Page } from 'playwright/test';
import golden from '../fixtures/golden-database.json' with { type: 'json' };
import { writeGolden } from '../fixtures/golden-database.ts';
import type { GoldenDatabase } from '../fixtures/golden-database.ts';
import { readDatabases, writeInto, writeRecord } from './stored.ts';
import { chooseApi, chooseModel, expect, open, send, storedKey, test } from './test.ts';
import { bodyText, requestBody, setStream, stopButton } from './transcript.ts';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
const transcript = (page: Page) => page.getByRole('log', { name: 'Transcript' });
const metrics = (page: Page) => page.getByTestId('metrics');
const history = (page: Page) => page.getByRole('navigation', { name: 'History' });
const rows = (page: Page) => history(page).getByRole('listitem');
const inspectorTab = (page: Page, name: string) =>
	page.getByRole('tablist', { name: 'Inspector' }).getByRole('tab', { name });

test.describe('a draft', () => {
	const tabs = [
		{ api: 'Converse', system: 'System', limit: 'maxTokens', model: 'eu.amazon.nova-2-lite-v1:0' },
		{ api: 'Chat Completions', system: 'System', limit: 'max_tokens', model: 'qwen.qwen3-32b' },
		{ api: 'Responses', system: 'instructions', limit: 'max_output_tokens', model: 'xai.grok-4.3' }
	] as const;

	test('of each tab is there after a reload', async ({ page, url }) => {
		await open(page, url);
		for (const { api, system, limit, model } of tabs) {
			await chooseApi(page, api);
			await chooseModel(page, model);
			await page.getByRole('textbox', { name: system }).fill(`A system for ${api}`);
			await page.getByRole('switch', { name: `Send ${limit}` }).click();
			await page.getByRole('textbox', { name: limit, exact: true }).fill('77');
			await setStream(page, false);
			await message(page).fill(`A message of ${api}`);
			await page.getByRole('button', { name: 'Add', exact: true }).click();
			await message(page).fill(`Half a thought for ${api}\nin two lines`);
		}
		await page.reload();
		await page.locator('html[data-ready]').waitFor();
		await expect(page.getByRole('tab', { name: 'Responses' })).toHaveAttribute(
			'aria-selected',
			'true'
		);
		for (const { api, system, limit, model } of tabs) {
			await chooseApi(page, api);
			await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(model);
			await expect(page.getByRole('textbox', { name: system })).toHaveValue(`A system for ${api}`);
			await expect(page.getByRole('textbox', { name: limit, exact: true })).toHaveValue('77');
			await expect(page.getByRole('switch', { name: 'Stream', exact: true })).not.toBeChecked();
			await expect(transcript(page)).toContainText(`A message of ${api}`);
			await expect(message(page)).toHaveValue(`Half a thought for ${api}\nin two lines`);
		}
	});

	test('is stored within 500 ms of typing', async ({ page, url }) => {
		await page.clock.install();
		await open(page, url);
		await page.clock.pauseAt(Date.now() + 60_000);
		await message(page).fill('Typed a moment ago');
		expect((await readDatabases(page)).records).not.toContain('Typed a moment ago');
		await page.clock.runFor(500);
		await expect
			.poll(async () => (await readDatabases(page)).records)
			.toContain('Typed a moment ago');
	});

	test('is stored when the page goes away, although nothing had time to', async ({ page, url }) => {
		await page.clock.install();
		await open(page, url);
		await page.clock.pauseAt(Date.now() + 60_000);
		await message(page).fill('Typed at the last moment');
		await page.reload();
		await expect(message(page)).toHaveValue('Typed at the last moment');
	});
});

test.describe('a run', () => {
	test('of each API opens again after a reload with its text, its figures and its end', async ({
		page,
		url
	}) => {
		await storedKey(page, url);
		await open(page, url);
		const shown: Record<string, string> = {};
		for (const api of ['Converse', 'Chat Completions', 'Responses'] as const) {
			await chooseApi(page, api);
			await send(page, `Write a haiku about ${api}.`);
			await expect(metrics(page)).toContainText(/end_turn|stop|completed/);
			shown[api] = (await metrics(page).innerText()).trim();
			await page.keyboard.press('Control+Shift+O');
			await expect(transcript(page)).toContainText('Nothing sent yet');
		}
		await page.reload();
		await expect(rows(page)).toHaveCount(3);
		for (const api of ['Converse', 'Chat Completions', 'Responses'] as const) {
			await rows(page)
				.getByRole('button', { name: `Write a haiku about ${api}.` })
				.first()
				.click();
			await expect(page.getByRole('tab', { name: api })).toHaveAttribute('aria-selected', 'true');
			await expect(transcript(page)).toContainText(`Write a haiku about ${api}.`);
			await expect(transcript(page)).toContainText('A sentence wakes up.');
			expect((await metrics(page).innerText()).trim()).toBe(shown[api]);
		}
	});

	test('that finished, was stopped, cut short or failed shows so in the list, and again when opened', async ({
		page,
		url
	}) => {
		await storedKey(page, url);
		await open(page, url);
		const endings = [
			{ prompt: 'Write a haiku.', model: '', badge: /^$/, shown: 'A sentence wakes up.' },
			{ prompt: 'Hello cut', model: 'fault.truncated', badge: /Cut short/, shown: 'Cut short.' },
			{ prompt: 'Hello frame', model: 'fault.exception', badge: /Exception/, shown: 'Exception' },
			{
				prompt: 'Hello failed',
				model: 'fault.throttled',
				badge: /429/,
				shown: 'Too many requests'
			},
			{ prompt: 'Write 20000 words.', model: '', badge: /Stopped/, shown: 'Stopped by you' }
		];
		const usual = await page.getByRole('combobox', { name: 'Model' }).inputValue();
		for (const { prompt, model, shown } of endings) {
			await chooseModel(page, model || usual);
			await send(page, prompt);
			if (shown === 'Stopped by you') {
				await expect(metrics(page)).toContainText('TTFT');
				await stopButton(page).click();
			}
			await expect(transcript(page)).toContainText(shown);
			await expect(stopButton(page)).toBeHidden();
			await page.getByRole('button', { name: 'New conversation' }).click();
		}
		await page.reload();
		await expect(rows(page)).toHaveCount(endings.length);
		for (const { prompt, badge, shown } of endings) {
			const row = rows(page).filter({ hasText: prompt });
			const words = ['Cut short', 'Exception', '429', 'Stopped'];
			const found = words.filter((word) => badge.test(word));
			for (const word of words) {
				if (found.includes(word)) await expect(row).toContainText(word);
				else await expect(row).not.toContainText(word);
			}
			await row.getByRole('button').first().click();
			await expect(row.getByRole('button').first()).toHaveAttribute('aria-current', 'true');
			await expect(transcript(page)).toContainText(shown);
		}
	});

	test('that the page’s closing cut off is kept with what had come, and says so', async ({
		context,
		page,
		url
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await send(page, 'Write 20000 words.');
		await expect(metrics(page)).toContainText('TTFT');
		await expect.poll(async () => (await transcript(page).innerText()).length).toBeGreaterThan(500);
		await page.close({ runBeforeUnload: true });
		const later = await context.newPage();
		await open(later, url);
		await expect(rows(later)).toHaveCount(1);
		await expect(rows(later)).toContainText('Page closed');
		await expect(transcript(later)).toContainText('Cut off when the page closed.');
		await expect(transcript(later)).not.toContainText('Stopped by you');
		expect((await transcript(later).innerText()).length).toBeGreaterThan(500);
		// The next page finds the same, and nothing is found twice.
		await later.reload();
		await expect(rows(later)).toHaveCount(1);
		await expect(transcript(later)).toContainText('Cut off when the page closed.');
		await expect(transcript(later).getByRole('article')).toHaveCount(2);
	});
});

test('two pages on one draft: the later one says that there is another text, and both can be had', async ({
	context,
	page,
	url
}) => {
	const conflict = (of: Page) => of.getByTestId('draft-conflict');
	await open(page, url);
	await message(page).fill('Written here first');
	await expect
		.poll(async () => (await readDatabases(page)).records)
		.toContain('Written here first');
	const other = await context.newPage();
	await open(other, url);
	await expect(message(other)).toHaveValue('Written here first');
	await message(other).fill('Written there');
	await expect.poll(async () => (await readDatabases(other)).records).toContain('Written there');

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
	await expect
		.poll(async () => (await readDatabases(page)).records)
		.toContain('Written here later');

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

test('an older version’s records are told of once, and its keys’ texts deleted', async ({
	page,
	url
}) => {
	await page.goto(`${url}favicon.svg`);
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
	await page.reload();
	await page.locator('html[data-ready]').waitFor();
	await expect(history(page)).toContainText('Conversations are kept in this browser.');
	await expect(history(page)).not.toContainText(sentence);
});

test.describe('the history', () => {
	test('finds by words, API and outcome, and deletes for good', async ({ page, url }) => {
		await page.clock.install();
		await storedKey(page, url);
		await open(page, url);
		const prompts = ['Write a haiku about ants.', 'Write a haiku about bees.'];
		for (const prompt of prompts) {
			await send(page, prompt);
			await expect(metrics(page)).toContainText('end_turn');
			await page.getByRole('button', { name: 'New conversation' }).click();
		}
		await chooseApi(page, 'Responses');
		await chooseModel(page, 'fault.throttled');
		await send(page, 'Hello');
		await expect(page.getByTestId('error-card')).toBeVisible();
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
		await page.clock.fastForward(10_000);
		await expect.poll(async () => (await readDatabases(page)).records).not.toContain('bees');
		await page.reload();
		await expect(rows(page)).toHaveCount(2);
	});
});

test.describe('the inspector', () => {
	const prompt = 'Say “quotes” \\ and\nlines, 你好 🧪 \u2028 & <b>';
	for (const api of ['Converse', 'Chat Completions', 'Responses'] as const) {
		test(`shows the body of ${api} byte for byte as it is sent`, async ({
			context,
			page,
			url,
			bedrock
		}) => {
			await context.grantPermissions(['clipboard-read', 'clipboard-write']);
			await storedKey(page, url);
			await open(page, url);
			await chooseApi(page, api);
			await page.getByRole('switch', { name: 'Send temperature' }).click();
			await page.getByRole('textbox', { name: 'temperature', exact: true }).fill('0.10');
			await inspectorTab(page, 'Body').click();
			await message(page).fill(prompt);
			await expect(requestBody(page)).toContainText('你好 🧪');
			const shown = await bodyText(page);
			await page.getByRole('button', { name: 'Copy the body' }).click();
			const copied = await page.evaluate(() => navigator.clipboard.readText());
			await page.getByRole('button', { name: 'Send' }).click();
			await expect(metrics(page)).toContainText(/end_turn|stop|completed/);
			const sent = bedrock.received.map(({ body }) => body);
			expect(sent).toEqual([shown]);
			expect(copied).toBe(shown);
			expect(shown).toBe(JSON.stringify(JSON.parse(shown ?? ''), null, 2));
			expect(shown).toContain('"temperature": 0.1');
			const bytes = Buffer.byteLength(sent[0] ?? '');
			// What is shown by now is the next request, which holds this one.
			expect(bytes).toBeGreaterThan(prompt.length);
			expect(bedrock.received[0]?.headers['content-length']).toBe(String(bytes));
		});
	}

	const clients: [string, RegExp][] = [
		['cURL', /^# Set the key first[^]*curl -sS/],
		['Python', /import boto3[^]*converse_stream/],
		['JavaScript', /fetch\([^]*process\.env/]
	];
	test('shows the request as code of each client, and copies what it shows', async ({
		context,
		page,
		url
	}) => {
		await context.grantPermissions(['clipboard-read', 'clipboard-write']);
		await open(page, url);
		await message(page).fill('A prompt in code');
		await inspectorTab(page, 'Code').click();
		const panel = page.getByRole('region', { name: 'Code', exact: true });
		for (const [client, pattern] of clients) {
			await page.getByRole('tab', { name: client }).click();
			await expect(panel).toContainText('A prompt in code');
			const shown = (await panel.locator('code').textContent()) ?? '';
			expect(shown).toMatch(pattern);
			const copy = page
				.getByRole('complementary', { name: 'Inspector' })
				.getByRole('button', { name: /^Cop(y|ied)$/ });
			await copy.last().click();
			await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(shown);
		}
		await page.reload();
		await expect(page.getByRole('tab', { name: 'JavaScript' })).toHaveAttribute(
			'aria-selected',
			'true'
		);
	});
});

test.describe('a broken record', () => {
	const garbage: [string, unknown][] = [
		['a number', 42],
		['null', null],
		['text', '{"v":2'],
		['a list', [1, [2, [3]]]],
		['nothing in it', {}],
		['a wrong shape', { v: 2, id: 'c1', conversation: 'c1', api: 7, settings: [], message: 'x' }],
		[
			'half a key',
			{ v: 2, id: 'k1', kind: 'short-term', region: 7, expiresAt: 'soon', key: 'k1', secret: 5 }
		],
		['a date in it', { v: 2, id: 'c1', conversation: 'c1', at: new Date(0), draft: new Map() }]
	];

	/** Every record that there can be, which is then written over. */
	async function openGolden(page: Page, url: string) {
		await open(page, url);
		await page.evaluate(writeGolden, golden as GoldenDatabase);
	}

	async function expectAlive(page: Page) {
		await page.reload();
		await page.locator('html[data-ready]').waitFor();
		await expect(page.getByTestId('key-chip')).toContainText('No API key');
		await expect(page.getByRole('tab', { name: 'Converse' })).toHaveAttribute(
			'aria-selected',
			'true'
		);
		await expect(message(page)).toBeVisible();
		await message(page).fill('Write a haiku.');
		await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
		// Without a record that says when it expires, no secret is kept.
		expect((await readDatabases(page)).secrets).toBe('[[],[]]');
	}

	test('in any place never gives a blank page', async ({ page, url }) => {
		await openGolden(page, url);
		for (const [name, value] of garbage) {
			await test.step(name, async () => {
				for (const key of Object.keys(golden['bedrock-playground'])) {
					await writeRecord(page, 'records', key, value);
				}
				for (const id of ['k1', 'k2']) await writeRecord(page, 'secrets', id, value);
				await expectAlive(page);
				await expect(history(page)).toContainText('could not be read');
			});
		}
		await send(page, 'Write a haiku.');
		await expect(metrics(page)).toContainText('end_turn');
	});

	test('of a later version is left as it is, and told', async ({ page, url }) => {
		await openGolden(page, url);
		const later = { v: 99, id: 'c1', api: 'converse', conversation: 'c1', startedAt: 1 };
		for (const key of Object.keys(golden['bedrock-playground'])) {
			await writeRecord(page, 'records', key, later);
		}
		await expectAlive(page);
		await expect(history(page)).toContainText('of a newer version of this page');
		await expect(history(page)).not.toContainText('could not be read');
		await send(page, 'Write a haiku.');
		await expect(metrics(page)).toContainText('end_turn');
		const { records = '' } = await readDatabases(page);
		const count = Object.keys(golden['bedrock-playground']).length;
		expect(records.split('"v":99').length - 1).toBe(count);
	});

	test('inside a sound conversation opens what is left of it', async ({ page, url }) => {
		await openGolden(page, url);
		const inside = Object.keys(golden['bedrock-playground']).filter((key) =>
			/^(turn|run|sent|draft|left|exchange)\//.test(key)
		);
		for (const [name, value] of garbage) {
			await test.step(name, async () => {
				await page.evaluate(writeGolden, golden as GoldenDatabase);
				for (const key of inside) await writeRecord(page, 'records', key, value);
				await page.reload();
				await page.locator('html[data-ready]').waitFor();
				await expect(rows(page)).toHaveCount(1);
				await rows(page).getByRole('button').first().click();
				await expect(rows(page).getByRole('button').first()).toHaveAttribute(
					'aria-current',
					'true'
				);
				await expect(message(page)).toBeVisible();
			});
		}
		await message(page).fill('Write a haiku.');
		await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
	});
});
