import type { BrowserContext, Page } from 'playwright/test';
import { inflateRawSync } from 'node:zlib';
import { readDatabases, readSurfaces } from './stored.ts';
import { chooseApi, chooseModel, expect, newKey, open, pasteKey, send, test } from './test.ts';

const hour = 3_600_000;
/** A long-term key has no more form than this: it says nothing about itself. */
const longTerm = `ABSK${Buffer.from(`BedrockAPIKey-ab12-at-123456789012:${'LongTermSecret/'.repeat(4)}`).toString('base64')}`;

/** All that a short-term key holds and nobody may see outside `Authorization`. */
function secretsOf(key: string): string[] {
	const payload = key.slice('bedrock-api-key-'.length);
	return [
		key,
		payload,
		payload.slice(20, 80),
		'0123456789abcdef'.repeat(4),
		'SessionTokenThatNobodyMaySee',
		'ASIAIOSFODNN7EXAMPLE'
	];
}

function expectNone(where: string, secrets: readonly string[]): void {
	for (const secret of secrets) expect(where).not.toContain(secret);
}

/** Pastes as a person does, so that the browser does to the text what it does to a pasted one. */
async function pasteText(page: Page, pasted: string): Promise<void> {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
	await page.keyboard.press('Control+V');
}

async function pasteIntoField(page: Page, pasted: string): Promise<void> {
	await page.getByTestId('key-chip').click();
	await field(page).focus();
	await pasteText(page, pasted);
}

const chip = (page: Page) => page.getByTestId('key-chip');
const field = (page: Page) => page.getByRole('textbox', { name: 'API key' });
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Paste an API key' });
const sendButton = (page: Page) => page.getByRole('button', { name: 'Send', exact: false });
const passport = (page: Page) => page.getByRole('region', { name: 'What this key says' });

function watchHosts(context: BrowserContext): Set<string> {
	const hosts = new Set<string>();
	context.on('request', (request) => hosts.add(new URL(request.url()).host));
	return hosts;
}

test.describe('a pasted key', () => {
	const half = (key: string) => Math.floor(key.length / 2);
	const wrappings: [string, (key: string) => string][] = [
		['as it is', (key) => key],
		['as a shell exports it', (key) => `export AWS_BEARER_TOKEN_BEDROCK=${key}`],
		['as a shell exports it in quotes', (key) => `export AWS_BEARER_TOKEN_BEDROCK="${key}"\n`],
		['as PowerShell sets it', (key) => `$env:AWS_BEARER_TOKEN_BEDROCK='${key}'`],
		['as a line of JSON', (key) => `  "AWS_BEARER_TOKEN_BEDROCK": "${key}",`],
		['in typographic quotes', (key) => `“${key}”`],
		['as a header', (key) => `Authorization: Bearer ${key}`],
		[
			'broken into lines',
			(key) => `${key.slice(0, 60)}\n${key.slice(60, 120)}\r\n${key.slice(120)}\n`
		],
		[
			'with zero-width characters',
			(key) => `\u200b${key.slice(0, half(key))}\u200d\ufeff${key.slice(half(key))}\u2060`
		]
	];

	test('in any wrapping shows its Region and times, is stored as it is, and is there after a reload', async ({
		page,
		url
	}) => {
		await open(page, url);
		for (const [name, wrap] of wrappings) {
			await test.step(name, async () => {
				const made = Date.now() - 3 * hour;
				const key = newKey({ region: 'eu-west-1', now: made });
				const clock = (time: number) => new Date(time).toTimeString().slice(0, 5);
				await pasteIntoField(page, wrap(key));
				await expect(passport(page)).toContainText('Region eu-west-1');
				await expect(passport(page)).toContainText(
					new RegExp(`Made (today|yesterday), ${clock(made)}`)
				);
				await expect(passport(page)).toContainText(
					new RegExp(`Expires by (today|tomorrow), ${clock(made + 12 * hour)}`)
				);
				await expect(passport(page)).toContainText('8 h 59 min left');
				await page.getByRole('button', { name: 'Save' }).click();
				await expect(chip(page)).toContainText('eu-west-1');
				expect((await readDatabases(page)).secrets).toContain(`"${key}"`);
				if (wrap === wrappings.at(-1)?.[1]) return;
				await chip(page).click();
				await page.getByRole('menuitem', { name: 'Forget key' }).click();
				await expect(chip(page)).toContainText('No API key');
			});
		}
		await page.reload();
		await expect(chip(page)).toContainText(/eu-west-1\s*·\s*8 h 5\d m/);
	});

	test('outside any field opens the dialog with the key in it', async ({ page, url }) => {
		await open(page, url);
		await page.getByRole('log').focus();
		await pasteText(page, `export AWS_BEARER_TOKEN_BEDROCK=${newKey()}`);
		await expect(dialog(page)).toBeVisible();
		await expect(passport(page)).toContainText('us-west-2');
		await page.getByRole('button', { name: 'Save' }).click();
		await expect(chip(page)).toContainText('us-west-2');
	});

	test('that has expired says when, and can not be saved', async ({ page, url }) => {
		await open(page, url);
		await pasteIntoField(page, newKey({ age: 14 * hour }));
		await expect(passport(page)).toContainText('This key expired 2 h 0 min ago');
		await expect(passport(page)).toContainText(/Expired (today|yesterday), \d\d:\d\d/);
		await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
		await expect(
			dialog(page).getByRole('link', { name: 'Open the Bedrock console' })
		).toBeVisible();
		await page.keyboard.press('Enter');
		await expect(dialog(page)).toBeVisible();
		expectNone(JSON.stringify(await readDatabases(page)), secretsOf(newKey({ age: 14 * hour })));
	});

	const refused = [
		['AKIAIOSFODNN7EXAMPLE', 'an access key ID'],
		['aws_access_key_id = ASIAIOSFODNN7EXAMPLE', 'an access key ID'],
		['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'what looks like a secret access key']
	] as const;
	test('that is an IAM access key is refused with the reason, and the field is emptied', async ({
		page,
		url
	}) => {
		await open(page, url);
		for (const [pasted, what] of refused) {
			await pasteIntoField(page, pasted);
			await expect(passport(page)).toContainText('This is an IAM access key');
			await expect(passport(page)).toContainText(`You pasted ${what}`);
			await expect(field(page)).toHaveValue('');
			await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
			const secret = pasted.split(' ').at(-1) ?? '';
			expectNone(await readSurfaces(page), [secret]);
			expectNone(JSON.stringify(await readDatabases(page)), [secret]);
			await page.getByRole('button', { name: 'Cancel' }).click();
		}
	});

	const malformed: [string, string, RegExp][] = [
		['one cut short', newKey().slice(0, 200), /Check that the whole value was copied/],
		['one that is not base64', 'bedrock-api-key-!!!!', /holds something that no key holds/],
		['any text', 'hello there', /This is not a Bedrock API key/],
		['two keys', `${newKey()}\n${newKey({ region: 'eu-west-1' })}`, /Two different keys/],
		['a key of another vendor', `sk-${'a1B2'.repeat(12)}`, /This is not a Bedrock API key/]
	];
	test('that is none says so under the field', async ({ page, url }) => {
		await open(page, url);
		for (const [name, pasted, sentence] of malformed) {
			await test.step(name, async () => {
				await pasteIntoField(page, pasted);
				await expect(field(page)).toHaveAccessibleDescription(sentence);
				await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
				await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
				await page.getByRole('button', { name: 'Cancel' }).click();
			});
		}
	});
});

test.describe('at its expiry a key is deleted', () => {
	const start = Date.parse('2026-11-21T09:00:00Z');
	const key = newKey({ now: start, life: hour });

	async function expectGone(page: Page, bedrock: { received: unknown[] }): Promise<void> {
		await expect(chip(page)).toContainText('No API key');
		await expect(sendButton(page)).toBeDisabled();
		await expect(sendButton(page)).toHaveAccessibleDescription('Key expired');
		await expect(page.getByTestId('simulated')).toBeHidden();
		expectNone(JSON.stringify(await readDatabases(page)), secretsOf(key));
		expectNone(await readSurfaces(page), secretsOf(key));
		await page.getByRole('textbox', { name: 'Message' }).fill('Nobody may answer this.');
		await page.keyboard.press('Enter');
		await page.keyboard.press('Control+Enter');
		await expect(page.getByRole('log')).toContainText('Nothing sent yet');
		expect(bedrock.received).toEqual([]);
	}

	test('by a timer, to the second', async ({ page, url, bedrock }) => {
		await page.clock.install({ time: start });
		await open(page, url);
		await pasteKey(page, key);
		await page.clock.pauseAt(start + hour - 1000);
		await expect(chip(page)).toHaveAccessibleName('API key: us-west-2 1 s left');
		expect((await readDatabases(page)).secrets).toContain(key);
		await page.clock.runFor(1000);
		await expectGone(page, bedrock);
		await page.clock.resume();
		await page.getByRole('button', { name: 'Use the simulator' }).click();
		await expect(page.getByTestId('simulated')).toBeVisible();
		await send(page, 'Write a haiku.');
		await expect(page.getByTestId('metrics')).toContainText('end_turn');
		expect(bedrock.received).toEqual([]);
	});

	test('in a second open page too', async ({ context, page, url, bedrock }) => {
		await context.clock.install({ time: start });
		await open(page, url);
		await pasteKey(page, key);
		const second = await context.newPage();
		await open(second, url);
		await expect(chip(second)).toContainText('us-west-2');
		await context.clock.fastForward(hour);
		await expectGone(page, bedrock);
		await expectGone(second, bedrock);
	});
});

test('Forget deletes the key in one click, in a second open page too', async ({
	context,
	page,
	url
}) => {
	const key = newKey();
	await open(page, url);
	await pasteKey(page, key);
	const second = await context.newPage();
	await open(second, url);
	await expect(chip(second)).toContainText('us-west-2');

	await chip(page).click();
	await page.getByRole('menuitem', { name: 'Forget key' }).click();
	await expect(chip(page)).toContainText('No API key');
	await expect(chip(second)).toContainText('No API key');
	expectNone(JSON.stringify(await readDatabases(second)), secretsOf(key));
	expectNone(await readSurfaces(page), secretsOf(key));
	expectNone(await readSurfaces(second), secretsOf(key));
});

test('a key kept until the tab closes is in no database and gone with the tab', async ({
	page,
	url,
	bedrock
}) => {
	const key = newKey();
	await open(page, url);
	await pasteIntoField(page, key);
	await page.getByRole('radio', { name: 'Until I close this tab' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(chip(page)).toHaveAccessibleName(/us-west-2.*in this tab only/);
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received[0]?.headers.authorization).toBe(`Bearer ${key}`);
	expectNone(JSON.stringify(await readDatabases(page)), secretsOf(key));
	await page.reload();
	await expect(chip(page)).toContainText('No API key');
});

test('a long-term key is warned about, given a Region, and never in a database', async ({
	page,
	url,
	bedrock
}) => {
	expect(longTerm.length).toBeGreaterThan(120);
	await open(page, url);
	await pasteIntoField(page, `"${longTerm}"`);
	await expect(passport(page)).toContainText('Long-term key');
	await expect(passport(page)).toContainText('It is kept in memory only');
	await expect(page.getByRole('radio')).toHaveCount(1);
	await expect(page.getByRole('button', { name: 'Save' })).toBeHidden();
	await dialog(page).getByLabel('Region').selectOption('eu-central-1');
	await expect(dialog(page)).toContainText('bedrock-runtime.eu-central-1.amazonaws.com');
	await page.getByRole('button', { name: 'Use in this tab' }).click();
	await expect(chip(page)).toHaveAccessibleName(/eu-central-1.*This tab/);

	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received.map(({ headers }) => headers.authorization)).toEqual([
		`Bearer ${longTerm}`
	]);
	expect(new URL(bedrock.received[0]?.url ?? '').host).toBe(
		'bedrock-runtime.eu-central-1.amazonaws.com'
	);
	expectNone(JSON.stringify(await readDatabases(page)), [longTerm, longTerm.slice(4, 60)]);
	expectNone(await readSurfaces(page), [longTerm, longTerm.slice(4, 60)]);
	await page.reload();
	await expect(chip(page)).toContainText('No API key');
});

test('asking for another Region explains, and offers to replace the key', async ({
	page,
	url,
	bedrock
}) => {
	await open(page, url);
	await pasteKey(page);
	const region = page.getByRole('combobox', { name: 'Region' });
	await region.selectOption('us-east-1');
	await expect(dialog(page)).toContainText(
		'Your key is for us-west-2; a key belongs to one Region. For us-east-1, make a key there'
	);
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(region).toHaveValue('us-west-2');

	await region.selectOption('us-east-1');
	await field(page).fill(newKey({ region: 'eu-west-1' }));
	await expect(dialog(page)).toContainText('This key is for eu-west-1, not us-east-1.');
	await field(page).fill(newKey({ region: 'us-east-1' }));
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(chip(page)).toContainText('us-east-1');
	await expect(region).toHaveValue('us-east-1');
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received.map((request) => new URL(request.url).host)).toEqual([
		'bedrock-runtime.us-east-1.amazonaws.com'
	]);
});

test('a 403 marks the key as rejected and keeps it', async ({ context, page, url }) => {
	const key = newKey();
	await open(page, url);
	await pasteKey(page, key);
	await chooseModel(page, 'fault.access-denied');
	await send(page, 'Hello');
	await expect(page.getByTestId('error-card')).toBeVisible();
	await expect(chip(page)).toContainText('Rejected');
	expect((await readDatabases(page)).secrets).toContain(key);

	await page.reload();
	await expect(chip(page)).toContainText('Rejected');
	const second = await context.newPage();
	await open(second, url);
	await expect(chip(second)).toContainText('Rejected');
	await chip(second).click();
	await second.getByRole('menuitem', { name: 'Replace key…' }).click();
	await expect(dialog(second)).toContainText('The service refused this key today');
	await field(second).fill(newKey());
	await second.getByRole('button', { name: 'Save' }).click();
	await expect(chip(second)).not.toContainText('Rejected');
	await expect(chip(page)).not.toContainText('Rejected');
});

test('what a key holds is nowhere but in Authorization, and goes to the hosts of its Region only', async ({
	context,
	page,
	url,
	bedrock
}) => {
	const key = newKey();
	const secrets = secretsOf(key);
	const hosts = watchHosts(context);
	const said: string[] = [];
	page.on('console', (message) => said.push(message.text()));
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
	await open(page, url);
	await pasteKey(page, key);

	for (const api of ['Converse', 'Chat Completions', 'Responses'] as const) {
		await chooseApi(page, api);
		await send(page, 'Write a haiku.');
		await expect(page.getByTestId('metrics')).toContainText(/end_turn|stop|completed/);
		await page.getByRole('tab', { name: 'Body' }).click();
		expectNone(await readSurfaces(page), secrets);
		await page.getByRole('tab', { name: 'Code' }).click();
		for (const client of ['cURL', 'Python', 'JavaScript']) {
			await page.getByRole('tab', { name: client }).click();
			await expect(page.getByRole('region', { name: 'Code', exact: true })).toContainText(
				/AWS_BEARER_TOKEN_BEDROCK|boto3|OpenAI/
			);
			await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
			expectNone(await clipboard(), secrets);
			expectNone(await readSurfaces(page), secrets);
		}
	}

	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#\/s\/1\./);
	const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
	const packed = link.slice(link.indexOf('#/s/1.') + '#/s/1.'.length);
	const shared = inflateRawSync(Buffer.from(packed, 'base64url')).toString();
	expect(shared).toContain('Write a haiku.');
	expectNone(link + shared, secrets);
	await page.getByRole('button', { name: 'Cancel' }).click();

	await chooseModel(page, 'fault.throttled');
	await send(page, 'Hello');
	await page.getByRole('button', { name: 'Copy details' }).click();
	await expect.poll(clipboard).toContain('429');
	expectNone(await clipboard(), secrets);

	const { secrets: own, ...others } = await readDatabases(page);
	expect(own).toContain(key);
	expectNone(JSON.stringify(others), secrets);
	expectNone(await readSurfaces(page), secrets);
	expectNone(said.join('\n'), secrets);

	expect(bedrock.received).toHaveLength(4);
	for (const { url, headers, body } of bedrock.received) {
		const { authorization, ...rest } = headers;
		expect(authorization).toBe(`Bearer ${key}`);
		expectNone(url + JSON.stringify(rest) + body, secrets);
	}
	expect([...hosts].sort()).toEqual([
		new URL(url).host,
		'bedrock-mantle.us-west-2.api.aws',
		'bedrock-runtime.us-west-2.amazonaws.com'
	]);
});

test('a service that repeats the key in its words does not bring it to the screen', async ({
	page,
	url,
	bedrock
}) => {
	const key = newKey();
	await open(page, url);
	await pasteKey(page, key);
	bedrock.given.push({ status: 400, body: JSON.stringify({ message: `Bad token: ${key}` }) });
	await send(page, 'Hello');
	await expect(page.getByTestId('service-said')).toHaveText('Bad token: bedrock-api-key-[key]');
	const { secrets: _, ...others } = await readDatabases(page);
	expectNone(JSON.stringify(others) + (await readSurfaces(page)), secretsOf(key));
});
