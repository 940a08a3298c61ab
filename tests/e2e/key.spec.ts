import type { BrowserContext, Page } from 'playwright/test';
import { inflateRawSync } from 'node:zlib';
import { readDatabases, readSurfaces } from './stored.ts';
import {
	chooseApi,
	chooseModel,
	expect,
	newKey,
	open,
	pasteKey,
	send,
	storedKey,
	test
} from './test.ts';

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

test('a pasted key shows its Region and times, is stored as it is, and is there after a reload; pasted outside any field it opens the dialog; for another Region it is replaced', async ({
	page,
	url,
	bedrock
}) => {
	const made = Date.now() - 3 * hour;
	const key = newKey({ region: 'eu-west-1', now: made });
	const clock = (time: number) => new Date(time).toTimeString().slice(0, 5);
	const lines = `\u200b${key.slice(0, 60)}\n${key.slice(60, 120)}\r\n${key.slice(120)}\u2060\n`;
	await open(page, url);
	await pasteIntoField(page, `export AWS_BEARER_TOKEN_BEDROCK=${lines}`);
	await expect(passport(page)).toContainText('Region eu-west-1');
	await expect(passport(page)).toContainText(new RegExp(`Made (today|yesterday), ${clock(made)}`));
	await expect(passport(page)).toContainText(
		new RegExp(`Expires by (today|tomorrow), ${clock(made + 12 * hour)}`)
	);
	await expect(passport(page)).toContainText('8 h 59 min left');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(chip(page)).toContainText('eu-west-1');
	expect((await readDatabases(page)).secrets).toContain(`"${key}"`);
	await page.reload();
	await expect(chip(page)).toContainText(/eu-west-1\s*·\s*8 h 5\d m/);

	// The chip is there before the conversation is, whose transcript is drawn anew.
	await page.locator('html[data-ready]').waitFor();
	await page.getByRole('log').focus();
	await pasteText(page, `export AWS_BEARER_TOKEN_BEDROCK=${newKey()}`);
	await expect(dialog(page)).toBeVisible();
	await expect(passport(page)).toContainText('us-west-2');
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(chip(page)).toContainText('us-west-2');

	// Asking for another Region explains, and offers to replace the key.
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

test('what is pasted and cannot be used says why, is not stored, and where it is an IAM access key the field is emptied', async ({
	page,
	url
}) => {
	const save = page.getByRole('button', { name: 'Save' });
	await open(page, url);
	const old = newKey({ age: 14 * hour });
	await pasteIntoField(page, old);
	await expect(passport(page)).toContainText('This key expired 2 h 0 min ago');
	await expect(passport(page)).toContainText(/Expired (today|yesterday), \d\d:\d\d/);
	await expect(save).toBeDisabled();
	await expect(dialog(page).getByRole('link', { name: 'Open the Bedrock console' })).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(dialog(page)).toBeVisible();

	const refused = [
		['AKIAIOSFODNN7EXAMPLE', 'an access key ID'],
		['aws_access_key_id = ASIAIOSFODNN7EXAMPLE', 'an access key ID'],
		['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'what looks like a secret access key']
	] as const;
	for (const [pasted, what] of refused) {
		await field(page).selectText();
		await pasteText(page, pasted);
		await expect(passport(page)).toContainText('This is an IAM access key');
		await expect(passport(page)).toContainText(`You pasted ${what}`);
		await expect(field(page)).toHaveValue('');
		await expect(save).toBeDisabled();
		expectNone(await readSurfaces(page), [pasted.split(' ').at(-1) ?? '']);
	}

	const malformed: [string, string, RegExp][] = [
		['one cut short', newKey().slice(0, 200), /Check that the whole value was copied/],
		['one that is not base64', 'bedrock-api-key-!!!!', /holds something that no key holds/],
		['any text', 'hello there', /This is not a Bedrock API key/],
		['two keys', `${newKey()}\n${newKey({ region: 'eu-west-1' })}`, /Two different keys/],
		['a key of another vendor', `sk-${'a1B2'.repeat(12)}`, /This is not a Bedrock API key/]
	];
	for (const [name, pasted, sentence] of malformed) {
		await test.step(name, async () => {
			await field(page).fill(pasted);
			await expect(field(page)).toHaveAccessibleDescription(sentence);
			await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
			await expect(save).toBeDisabled();
		});
	}
	await page.getByRole('button', { name: 'Cancel' }).click();
	const stored = JSON.stringify(await readDatabases(page));
	expectNone(stored, [...secretsOf(old), 'AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI']);
});

test('at its expiry a key is deleted to the second, in a second open page too', async ({
	context,
	page,
	url,
	bedrock
}) => {
	const start = Date.parse('2026-11-21T09:00:00Z');
	const key = newKey({ now: start, life: hour });
	await context.clock.install({ time: start });
	await open(page, url);
	await pasteKey(page, key);
	const second = await context.newPage();
	await open(second, url);
	await expect(chip(second)).toContainText('us-west-2');
	await context.clock.pauseAt(start + hour - 1000);
	for (const one of [page, second])
		await expect(chip(one)).toHaveAccessibleName('API key: us-west-2 1 s left');
	expect((await readDatabases(page)).secrets).toContain(key);
	await context.clock.runFor(1000);
	for (const one of [page, second]) {
		await expect(chip(one)).toContainText('No API key');
		await expect(sendButton(one)).toBeDisabled();
		await expect(sendButton(one)).toHaveAccessibleDescription('Key expired');
		await expect(one.getByTestId('simulated')).toBeHidden();
		expectNone(await readSurfaces(one), secretsOf(key));
		await one.getByRole('textbox', { name: 'Message' }).fill('Nobody may answer this.');
		await one.keyboard.press('Enter');
		await one.keyboard.press('Control+Enter');
		await expect(one.getByRole('log')).toContainText('Nothing sent yet');
	}
	expectNone(JSON.stringify(await readDatabases(page)), secretsOf(key));
	expect(bedrock.received).toEqual([]);
	await context.clock.resume();
	await page.getByRole('button', { name: 'Use the simulator' }).click();
	await expect(page.getByTestId('simulated')).toBeVisible();
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received).toEqual([]);
});

test('a 403 marks the key as rejected and keeps it; a new one, and to Forget it, reach a second open page', async ({
	context,
	page,
	url
}) => {
	const key = await storedKey(page, url);
	await open(page, url);
	await chooseModel(page, 'fault.access-denied');
	await send(page, 'Hello');
	await expect(page.getByTestId('error-card')).toBeVisible();
	await expect(chip(page)).toContainText('Rejected');
	expect((await readDatabases(page)).secrets).toContain(key);

	const second = await context.newPage();
	await open(second, url);
	await expect(chip(second)).toContainText('Rejected');
	await chip(second).click();
	await second.getByRole('menuitem', { name: 'Replace key…' }).click();
	await expect(dialog(second)).toContainText('The service refused this key today');
	const other = newKey();
	await field(second).fill(other);
	await second.getByRole('button', { name: 'Save' }).click();
	await expect(chip(second)).not.toContainText('Rejected');
	await expect(chip(page)).not.toContainText('Rejected');

	await chip(page).click();
	await page.getByRole('menuitem', { name: 'Forget key' }).click();
	for (const one of [page, second]) {
		await expect(chip(one)).toContainText('No API key');
		expectNone(await readSurfaces(one), [...secretsOf(other), ...secretsOf(key)]);
	}
	expectNone(JSON.stringify(await readDatabases(second)), [...secretsOf(other), ...secretsOf(key)]);
});

test('a long-term key is warned about and given a Region; it and one kept until the tab closes are in no database and gone with the tab', async ({
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
	const [sent, ...more] = bedrock.received.splice(0);
	expect(more).toEqual([]);
	expect(sent?.headers.authorization).toBe(`Bearer ${longTerm}`);
	expect(new URL(sent?.url ?? '').host).toBe('bedrock-runtime.eu-central-1.amazonaws.com');
	expectNone(JSON.stringify(await readDatabases(page)), [longTerm, longTerm.slice(4, 60)]);
	expectNone(await readSurfaces(page), [longTerm, longTerm.slice(4, 60)]);
	await page.reload();
	await expect(chip(page)).toContainText('No API key');

	const key = newKey();
	await pasteIntoField(page, key);
	await page.getByRole('radio', { name: 'Until I close this tab' }).check();
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(chip(page)).toHaveAccessibleName(/us-west-2.*in this tab only/);
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics').last()).toContainText('end_turn');
	await expect.poll(() => bedrock.received.length).toBe(1);
	expect(bedrock.received[0]?.headers.authorization).toBe(`Bearer ${key}`);
	expectNone(JSON.stringify(await readDatabases(page)), secretsOf(key));
	await page.reload();
	await expect(chip(page)).toContainText('No API key');
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

	await chooseApi(page, 'Chat Completions');
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('stop');
	await page.getByRole('tab', { name: 'Body' }).click();
	expectNone(await readSurfaces(page), secrets);
	await page.getByRole('tab', { name: 'Code' }).click();
	for (const client of ['cURL', 'Python', 'JavaScript']) {
		await page.getByRole('tab', { name: client }).click();
		await expect(page.getByRole('region', { name: 'Code', exact: true })).toContainText(
			/AWS_BEARER_TOKEN_BEDROCK|OpenAI/
		);
		await page.getByRole('button', { name: 'Copy', exact: true }).last().click();
		expectNone(await clipboard(), secrets);
		expectNone(await readSurfaces(page), secrets);
	}

	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#\/s\/1\./);
	const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
	const packed = link.slice(link.indexOf('#/s/1.') + '#/s/1.'.length);
	const shared = inflateRawSync(Buffer.from(packed, 'base64url')).toString();
	expect(shared).toContain('Write a haiku.');
	expectNone(link + shared, secrets);
	await page.getByRole('button', { name: 'Cancel' }).click();

	await chooseApi(page, 'Converse');
	// A service that repeats the key in its words does not bring it to the screen.
	bedrock.given.push({ status: 400, body: JSON.stringify({ message: `Bad token: ${key}` }) });
	await send(page, 'Hello');
	await expect(page.getByTestId('service-said')).toHaveText('Bad token: bedrock-api-key-[key]');
	await page.getByRole('button', { name: 'Copy details' }).click();
	await expect.poll(clipboard).toContain('400');
	expectNone(await clipboard(), secrets);

	const { secrets: own, ...others } = await readDatabases(page);
	expect(own).toContain(key);
	expectNone(JSON.stringify(others), secrets);
	expectNone(await readSurfaces(page), secrets);
	expectNone(said.join('\n'), secrets);

	expect(bedrock.received).toHaveLength(2);
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
