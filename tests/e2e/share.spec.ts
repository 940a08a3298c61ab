import { deflateRawSync } from 'node:zlib';
import type { Browser, Page } from 'playwright/test';
import {
	chooseApi,
	chooseModel,
	expect,
	newKey,
	open,
	pasteKey,
	send,
	storedKey,
	test,
	watch
} from './test.ts';
import { requestBody } from './transcript.ts';

/** A link as anyone could write one. */
function linkOf(value: unknown): string {
	const json = typeof value === 'string' ? value : JSON.stringify(value);
	return `#/s/1.${deflateRawSync(json).toString('base64url')}`;
}

/** A plain draft for a link, with one user message. */
function newDraft(change: Record<string, unknown> = {}) {
	const message = { id: '', role: 'user', parts: [{ type: 'text', text: 'From a stranger' }] };
	return {
		model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
		params: {},
		messages: [message],
		...change
	};
}

/** Another person's browser. */
async function newPerson(browser: Browser) {
	const context = await browser.newContext({ ignoreHTTPSErrors: true, serviceWorkers: 'block' });
	return { context, page: await context.newPage(), faults: watch(context) };
}

/** Follows a link to the page inside the open page. */
const openHash = (page: Page, hash: string) =>
	page.evaluate((hash) => void (location.hash = hash), hash);

const preview = (page: Page) =>
	page.getByRole('article', { name: 'Someone shared a request with you' });
const problem = (page: Page) => page.getByRole('article', { name: 'This link cannot be opened' });
const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });

const prompt = 'What is a “stream”? 你好 🧪\n`code` & <b>tags</b>';
test('a link that was copied opens elsewhere, sends nothing, and then sends the same body', async ({
	browser,
	context,
	page,
	url,
	bedrock
}) => {
	const model = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await storedKey(page, url);
	await open(page, url);
	await chooseModel(page, model);
	await page.getByRole('textbox', { name: 'System' }).fill('Be short.');
	await page.getByRole('switch', { name: 'Send temperature' }).click();
	await page.getByRole('textbox', { name: 'temperature', exact: true }).fill('0.25');
	await message(page).fill(prompt);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const field = page.getByRole('textbox', { name: 'Link' });
	await expect(field).toHaveValue(/#\/s\/1\./);
	await page.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
	const link = await page.evaluate(() => navigator.clipboard.readText());
	expect(link).toBe(await field.inputValue());
	expect(link.startsWith(`${url}#/s/1.`)).toBe(true);
	await page.getByRole('button', { name: 'Cancel' }).click();
	await send(page, prompt);
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	const [first] = bedrock.received.splice(0);

	const other = await newPerson(browser);
	await open(other.page, link);
	await expect(preview(other.page)).toContainText(model);
	await expect(preview(other.page)).toContainText('temperature 0.25');
	await expect(preview(other.page)).toContainText('Be short.');
	await expect(preview(other.page)).toContainText('`code` & <b>tags</b>');
	expect(new URL(other.page.url()).hash).toBe('');
	await other.page.getByRole('button', { name: 'Open in Converse' }).click();
	await expect(other.page.getByRole('combobox', { name: 'Model' })).toHaveValue(model);
	await expect(other.page.getByRole('textbox', { name: 'System' })).toHaveValue('Be short.');
	await expect(other.page.getByRole('log')).toContainText('What is a “stream”? 你好 🧪');
	expect(bedrock.received).toEqual([]);
	await pasteKey(other.page);
	await other.page.getByRole('button', { name: 'Send' }).click();
	await expect(other.page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received).toHaveLength(1);
	expect(bedrock.received[0]?.body).toBe(first?.body);
	expect(bedrock.received[0]?.url).toBe(first?.url);
	expect(other.faults).toEqual([]);
	await other.context.close();
});

test('a link opened while another draft is typed loses nothing, and Discard leaves it as it was', async ({
	page,
	url
}) => {
	// Other fragments are none of ours.
	await open(page, `${url}#section`);
	expect(new URL(page.url()).hash).toBe('#section');
	await message(page).fill('Half a thought');
	await page.getByRole('textbox', { name: 'System' }).fill('My own system');
	const hash = linkOf({ api: 'responses', draft: newDraft() });
	await openHash(page, hash);
	await expect(preview(page)).toContainText('From a stranger');
	expect(new URL(page.url()).hash).toBe('');
	await page.reload();
	await expect(message(page)).toHaveValue('Half a thought');
	await expect(page.getByRole('textbox', { name: 'System' })).toHaveValue('My own system');
	await expect(preview(page)).toBeHidden();

	await openHash(page, hash);
	await page.getByRole('button', { name: 'Discard' }).click();
	await expect(message(page)).toHaveValue('Half a thought');
	await expect(page.getByRole('log')).toContainText('Nothing sent yet');
	await chooseApi(page, 'Responses');
	await expect(page.getByRole('log')).toContainText('Nothing sent yet');
});

test('a crafted link is shown as text, and sent where the key says, with no header of its own', async ({
	context,
	page,
	url,
	bedrock
}) => {
	const evil = 'evil.example';
	const base = `https://${evil}`;
	const change = {
		...{ host: evil, base, url: `${base}/x`, region: evil, target: { endpoint: 'gateway', base } },
		...{ headers: { Authorization: `Bearer ${evil}`, 'X-Evil': evil } },
		...{ authorization: `Bearer ${evil}`, key: evil, secret: evil, apiKey: evil },
		endpoint: 'runtime'
	};
	const text =
		'<img src=x onerror=alert(1)><script>alert(1)</script>\u202e![x](https://evil.example/x.png)';
	const messages = [{ id: '', role: 'user', parts: [{ type: 'text', text }] }];
	const draft = newDraft({ ...change, model: `@${evil}/../../#?x=<b>bold</b>`, messages });
	const hosts = new Set<string>();
	context.on('request', (request) => hosts.add(new URL(request.url()).host));
	const key = await storedKey(page, url);
	await open(page, url + linkOf({ api: 'chat-completions', draft, ...change }));
	await expect(preview(page)).toContainText('<img src=x onerror=alert(1)>');
	await expect(preview(page)).toContainText('<b>bold</b>');
	await expect(preview(page)).toContainText('⟨U+202E⟩');
	await expect(preview(page).locator('img, script')).toHaveCount(0);
	await page.getByRole('button', { name: 'Open in Chat Completions' }).click();
	await page.getByRole('button', { name: 'Send' }).click();
	await expect(page.getByTestId('metrics')).toContainText('total');
	const [sent, ...more] = bedrock.received.splice(0);
	expect(more).toEqual([]);
	expect(sent?.url).toBe(
		'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions'
	);
	const { authorization, ...headers } = sent?.headers ?? {};
	expect(authorization).toBe(`Bearer ${key}`);
	expect(headers).not.toHaveProperty('x-evil');
	expect(JSON.stringify(headers)).not.toContain(evil);
	expect([...hosts].sort()).toEqual([new URL(url).host, 'bedrock-runtime.us-west-2.amazonaws.com']);
});

test('a link that does not open gives a sentence, and the page still works', async ({
	page,
	url,
	bedrock
}) => {
	const whole = linkOf({ api: 'converse', draft: newDraft() });
	const bad: [string, string, RegExp][] = [
		['cut in the middle', whole.slice(0, whole.length / 2), /damaged or was cut/],
		['of the wrong shape', linkOf(null), /is not a request that this page knows/],
		[
			'a bomb',
			linkOf(`{"api":"converse","draft":"${'0'.repeat(40_000_000)}"}`),
			/longer than a link may be/
		]
	];
	for (const [i, [name, hash, sentence]] of bad.entries()) {
		await test.step(name, async () => {
			// The first one is opened with the page.
			if (i === 0) await open(page, url + hash);
			else await openHash(page, hash);
			await expect(problem(page)).toContainText(sentence);
			expect(new URL(page.url()).hash).toBe('');
			await page.getByRole('button', { name: 'Go on without it' }).click();
			await expect(problem(page)).toBeHidden();
			await expect(message(page)).toBeVisible();
		});
	}
	await send(page, 'Write a haiku.');
	await expect(page.getByTestId('metrics')).toContainText('end_turn');
	expect(bedrock.received).toEqual([]);
});

test('a request with what looks like a key, or too long for a link, makes none; a link says what it holds and leaves out the chain', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	const dialog = page.getByRole('dialog', { name: 'Share this request' });
	const link = dialog.getByRole('textbox', { name: 'Link' });
	const copy = dialog.getByRole('button', { name: 'Copy link' });
	const share = async (text: string) => {
		await message(page).fill(text);
		await page.getByRole('button', { name: 'Share', exact: true }).click();
	};
	await share(newKey());
	await expect(dialog).toContainText('something in this request that looks like a key');
	await expect(link).toHaveValue('');
	await expect(copy).toBeDisabled();
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	await share(
		await page.evaluate(() => {
			const bytes = crypto.getRandomValues(new Uint8Array(60_000));
			return Array.from(bytes, (byte) => byte.toString(36)).join('');
		})
	);
	await expect(dialog).toContainText('This request is too long for a link.');
	await expect(copy).toBeDisabled();
	await dialog.getByRole('button', { name: 'Cancel' }).click();

	await send(page, 'My name is Alice.');
	const responseId = await page.getByTestId('chain-id').getAttribute('title');
	expect(responseId).toMatch(/^resp_/);
	await share('What is my name?');
	await expect(dialog).toContainText('instructions, 3 messages');
	await expect(dialog).toContainText('previous_response_id; the history goes in full instead');
	await expect(link).toHaveValue(/#\/s\/1\./);
	const made = await link.inputValue();
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await page.goto(made);
	await page.getByRole('button', { name: 'Open in Responses' }).click();
	await expect(page.getByRole('log')).toContainText('What is my name?');
	await page.getByRole('tab', { name: 'Body' }).click();
	const body = requestBody(page);
	await expect(body).toContainText('My name is Alice.');
	await expect(body).not.toContainText('previous_response_id');
	await expect(body).not.toContainText(responseId ?? '');
});
