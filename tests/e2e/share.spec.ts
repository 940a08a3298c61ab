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

async function makeLink(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const field = page.getByRole('textbox', { name: 'Link' });
	await expect(field).toHaveValue(/#\/s\/1\./);
	const link = await field.inputValue();
	await page.getByRole('button', { name: 'Cancel' }).click();
	return link;
}

/** Follows a link to the page inside the open page. */
const openHash = (page: Page, hash: string) =>
	page.evaluate((hash) => void (location.hash = hash), hash);

const preview = (page: Page) =>
	page.getByRole('article', { name: 'Someone shared a request with you' });
const problem = (page: Page) => page.getByRole('article', { name: 'This link cannot be opened' });
const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });

const prompt = 'What is a “stream”? 你好 🧪\n`code` & <b>tags</b>';
const cases = [
	{ api: 'Converse', model: 'us.anthropic.claude-haiku-4-5-20251001-v1:0', system: 'System' },
	{ api: 'Chat Completions', model: 'openai.gpt-oss-20b', system: 'System' },
	{ api: 'Responses', model: 'openai.gpt-oss-20b', system: 'instructions' }
] as const;
for (const { api, model, system } of cases) {
	test(`a link to a ${api} request opens elsewhere, sends nothing, and then sends the same body`, async ({
		browser,
		page,
		url,
		bedrock
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await chooseApi(page, api);
		await chooseModel(page, model);
		await page.getByRole('textbox', { name: system }).fill('Be short.');
		await page.getByRole('switch', { name: 'Send temperature' }).click();
		await page.getByRole('textbox', { name: 'temperature', exact: true }).fill('0.25');
		await message(page).fill(prompt);
		const link = await makeLink(page);
		await send(page, prompt);
		await expect(page.getByTestId('metrics')).toContainText(/end_turn|stop|completed/);
		const [first] = bedrock.received.splice(0);

		const other = await newPerson(browser);
		await open(other.page, link);
		await expect(preview(other.page)).toContainText(model);
		await expect(preview(other.page)).toContainText('temperature 0.25');
		await expect(preview(other.page)).toContainText('Be short.');
		await expect(preview(other.page)).toContainText('`code` & <b>tags</b>');
		expect(new URL(other.page.url()).hash).toBe('');
		expect(bedrock.received).toEqual([]);

		await other.page.getByRole('button', { name: `Open in ${api}` }).click();
		await expect(other.page.getByRole('tab', { name: api })).toHaveAttribute(
			'aria-selected',
			'true'
		);
		await expect(other.page.getByRole('combobox', { name: 'Model' })).toHaveValue(model);
		await expect(other.page.getByRole('textbox', { name: system })).toHaveValue('Be short.');
		await expect(other.page.getByRole('log')).toContainText('What is a “stream”? 你好 🧪');
		expect(bedrock.received).toEqual([]);
		await pasteKey(other.page);
		await other.page.getByRole('button', { name: 'Send' }).click();
		await expect(other.page.getByTestId('metrics')).toContainText(/end_turn|stop|completed/);
		expect(bedrock.received).toHaveLength(1);
		expect(bedrock.received[0]?.body).toBe(first?.body);
		expect(bedrock.received[0]?.url).toBe(first?.url);
		expect(other.faults).toEqual([]);
		await other.context.close();
	});
}

test('Copy link copies the link that is shown', async ({ context, page, url }) => {
	await context.grantPermissions(['clipboard-read', 'clipboard-write']);
	await open(page, url);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const field = page.getByRole('textbox', { name: 'Link' });
	await expect(field).toHaveValue(/#\/s\/1\./);
	await page.getByRole('button', { name: 'Copy link' }).click();
	await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
	const copied = await page.evaluate(() => navigator.clipboard.readText());
	expect(copied).toBe(await field.inputValue());
	expect(copied.startsWith(`${url}#/s/1.`)).toBe(true);
});

test('Discard leaves the drafts as they were', async ({ page, url }) => {
	await open(page, url + linkOf({ api: 'responses', draft: newDraft() }));
	await expect(preview(page)).toContainText('From a stranger');
	await page.getByRole('button', { name: 'Discard' }).click();
	await expect(message(page)).toHaveValue(
		'What happens between pressing Send and the first token?'
	);
	await expect(page.getByRole('log')).toContainText('Nothing sent yet');
	await chooseApi(page, 'Responses');
	await expect(page.getByRole('log')).toContainText('Nothing sent yet');
	await page.reload();
	await expect(preview(page)).toBeHidden();
});

test('a link opened while another draft is typed loses nothing before it is opened', async ({
	page,
	url
}) => {
	await open(page, url);
	await message(page).fill('Half a thought');
	await page.getByRole('textbox', { name: 'System' }).fill('My own system');
	const hash = linkOf({ api: 'converse', draft: newDraft() });
	await openHash(page, hash);
	await expect(preview(page)).toContainText('From a stranger');
	expect(new URL(page.url()).hash).toBe('');
	await page.reload();
	await expect(message(page)).toHaveValue('Half a thought');
	await expect(page.getByRole('textbox', { name: 'System' })).toHaveValue('My own system');

	await openHash(page, hash);
	await page.getByRole('button', { name: 'Discard' }).click();
	await expect(message(page)).toHaveValue('Half a thought');
});

test.describe('a crafted link', () => {
	const evil = 'evil.example';
	const crafted: [string, Record<string, unknown>][] = [
		['a host', { host: evil, base: `https://${evil}`, url: `https://${evil}/x`, region: evil }],
		['headers', { headers: { Authorization: `Bearer ${evil}`, 'X-Evil': evil } }],
		['a key', { authorization: `Bearer ${evil}`, key: evil, secret: evil, apiKey: evil }],
		['a target', { target: { endpoint: 'gateway', base: `https://${evil}` } }],
		[
			'a prototype',
			JSON.parse(`{"__proto__": {"base": "https://${evil}"}}`) as Record<string, unknown>
		],
		['a host in the model', { model: `@${evil}/../../#?x=` }]
	];
	test('is sent where the key says, with no header of its own', async ({
		context,
		page,
		url,
		bedrock
	}) => {
		const hosts = new Set<string>();
		context.on('request', (request) => hosts.add(new URL(request.url()).host));
		const key = newKey();
		await open(page, url);
		await pasteKey(page, key);
		for (const [name, change] of crafted) {
			await test.step(name, async () => {
				const draft = newDraft({ ...change, endpoint: 'runtime' });
				await openHash(page, linkOf({ api: 'chat-completions', draft, ...change }));
				await page.getByRole('button', { name: 'Open in Chat Completions' }).click();
				await page.getByRole('button', { name: 'Send' }).click();
				await expect(page.getByTestId('metrics')).toContainText('total');
				const [sent, ...more] = bedrock.received.splice(0);
				expect(more).toEqual([]);
				expect(sent?.url).toBe(
					'https://bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions'
				);
				expect(sent?.headers.authorization).toBe(`Bearer ${key}`);
				expect(sent?.headers['x-evil']).toBeUndefined();
				const { authorization: _, ...headers } = sent?.headers ?? {};
				expect(JSON.stringify(headers)).not.toContain(evil);
				if (!('model' in change)) expect(sent?.body).not.toContain(evil);
			});
		}
		expect([...hosts].sort()).toEqual([
			new URL(url).host,
			'bedrock-runtime.us-west-2.amazonaws.com'
		]);
	});

	const refused: [string, unknown][] = [
		[
			'an endpoint that is none',
			{ api: 'converse', draft: newDraft({ endpoint: 'evil.example' }) }
		],
		[
			'a prefix that is none',
			{ api: 'responses', draft: newDraft({ prefix: '//evil.example/v1' }) }
		],
		['an API that is none', { api: 'evil', draft: newDraft() }],
		['a draft that is none', { api: 'converse', draft: { model: 1 } }],
		['no draft', { api: 'converse' }],
		['null', null]
	];
	test('of the wrong shape is no request', async ({ page, url }) => {
		await open(page, url);
		for (const [name, value] of refused) {
			await test.step(name, async () => {
				await openHash(page, linkOf(value));
				await expect(problem(page)).toContainText('is not a request that this page knows');
				await page.getByRole('button', { name: 'Go on without it' }).click();
				await expect(problem(page)).toBeHidden();
			});
		}
	});

	test('holds text only: what it says is shown as text', async ({ page, url }) => {
		const text =
			'<img src=x onerror=alert(1)><script>alert(1)</script>\u202e![x](https://evil.example/x.png)';
		const value = newDraft({
			model: '<b>bold</b>\u202e',
			messages: [{ id: '', role: 'user', parts: [{ type: 'text', text }] }]
		});
		await open(page, url + linkOf({ api: 'converse', draft: value }));
		await expect(preview(page)).toContainText('<img src=x onerror=alert(1)>');
		await expect(preview(page)).toContainText('⟨U+202E⟩');
		await expect(preview(page).locator('img, script')).toHaveCount(0);
	});
});

test.describe('a link that does not open gives a sentence, and the page still works:', () => {
	const whole = linkOf({ api: 'converse', draft: newDraft() });
	const noise = Array.from({ length: 60_000 }, (_, i) =>
		String.fromCharCode(33 + ((i * i * 31) % 90))
	);
	const bad: [string, string, RegExp][] = [
		['garbage', '#/s/garbage', /does not hold a shared request/],
		['a version of the future', whole.replace('#/s/1.', '#/s/2.'), /made by a newer version/],
		[
			'a version far in the future',
			whole.replace('#/s/1.', '#/s/99999999.'),
			/made by a newer version/
		],
		['not base64', '#/s/1.%%%', /damaged or was cut/],
		['not deflate', '#/s/1.AAAAAAAA', /damaged or was cut/],
		['empty', '#/s/1.', /damaged or was cut/],
		['cut in the middle', whole.slice(0, whole.length / 2), /damaged or was cut/],
		['cut by one character', whole.slice(0, -1), /damaged or was cut/],
		['not JSON', linkOf('not json'), /damaged or was cut/],
		['longer than 64 kB', `#/s/1.${'A'.repeat(70_000)}`, /longer than a link may be/],
		[
			'a true request longer than 64 kB',
			linkOf(noise.join('') + Math.PI.toString().repeat(9000)),
			/longer than a link may be|damaged/
		],
		[
			'a bomb',
			linkOf(`{"api":"converse","draft":"${'0'.repeat(40_000_000)}"}`),
			/longer than a link may be/
		]
	];
	async function expectSentence(page: Page, sentence: RegExp): Promise<void> {
		await expect(problem(page)).toContainText(sentence);
		expect(new URL(page.url()).hash).toBe('');
		await page.getByRole('button', { name: 'Go on without it' }).click();
		await expect(message(page)).toBeVisible();
	}

	test('opened in the page', async ({ page, url, bedrock }) => {
		await open(page, url);
		for (const [name, hash, sentence] of bad) {
			await test.step(name, async () => {
				await openHash(page, hash);
				await expectSentence(page, sentence);
			});
		}
		await send(page, 'Write a haiku.');
		await expect(page.getByTestId('metrics')).toContainText('end_turn');
		expect(bedrock.received).toEqual([]);
	});

	const cold = ['garbage', 'cut in the middle', 'longer than 64 kB', 'a bomb'];
	for (const [name, hash, sentence] of bad.filter(([name]) => cold.includes(name))) {
		test(`opened with the page: ${name}`, async ({ page, url, bedrock }) => {
			await open(page, url + hash);
			await expectSentence(page, sentence);
			await send(page, 'Write a haiku.');
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			expect(bedrock.received).toEqual([]);
		});
	}
});

test('other fragments are none of ours', async ({ page, url }) => {
	await open(page, `${url}#section`);
	await expect(message(page)).toBeVisible();
	expect(new URL(page.url()).hash).toBe('#section');
});

test('a draft with what looks like a key makes no link', async ({ page, url }) => {
	await open(page, url);
	const secrets = [newKey(), `ABSK${'aB3+'.repeat(30)}`, 'my id is AKIAIOSFODNN7EXAMPLE, keep it'];
	for (const secret of secrets) {
		await message(page).fill(secret);
		await page.getByRole('button', { name: 'Share', exact: true }).click();
		const dialog = page.getByRole('dialog', { name: 'Share this request' });
		await expect(dialog).toContainText('something in this request that looks like a key');
		await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue('');
		await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeDisabled();
		await dialog.getByRole('button', { name: 'Cancel' }).click();
	}
});

test('a request too long for a link says so and is not copied', async ({ page, url }) => {
	await open(page, url);
	const long = await page.evaluate(() => {
		const bytes = crypto.getRandomValues(new Uint8Array(60_000));
		return Array.from(bytes, (byte) => byte.toString(36)).join('');
	});
	await message(page).fill(long);
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'Share this request' });
	await expect(dialog).toContainText('This request is too long for a link.');
	await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeDisabled();
});

test('a link says what it holds and what not, and leaves out the chain', async ({ page, url }) => {
	await open(page, url);
	await chooseApi(page, 'Responses');
	await send(page, 'My name is Alice.');
	const responseId = await page.getByTestId('chain-id').getAttribute('title');
	expect(responseId).toMatch(/^resp_/);
	await message(page).fill('What is my name?');
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'Share this request' });
	await expect(dialog).toContainText('instructions, 3 messages');
	await expect(dialog).toContainText('previous_response_id; the history goes in full instead');
	await expect(dialog.getByRole('textbox', { name: 'Link' })).toHaveValue(/#\/s\/1\./);
	const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await page.goto(link);
	await page.getByRole('button', { name: 'Open in Responses' }).click();
	await expect(page.getByRole('log')).toContainText('What is my name?');
	await page.getByRole('tab', { name: 'Body' }).click();
	const body = requestBody(page);
	await expect(body).toContainText('My name is Alice.');
	await expect(body).not.toContainText('previous_response_id');
	await expect(body).not.toContainText(responseId ?? '');
});
