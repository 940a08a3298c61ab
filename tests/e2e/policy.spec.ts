import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright/test';
import { chooseApi, expect, newKey, open, send, sendButton, storedKey, test } from './test.ts';

const readJson = (path: string): unknown =>
	JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const regions = readJson('../../src/lib/catalog/regions.json') as Record<
	'runtime' | 'mantle',
	string[]
>;
const fixture = readJson('../fixtures/attacks.json') as Record<string, unknown>;
const attacks = Object.values(fixture)
	.flat()
	.filter((one) => typeof one === 'string')
	.filter((one) => one !== fixture.about);

/** The directives of the built page's own policy. */
async function readPolicy(page: Page): Promise<Map<string, string[]>> {
	const meta = page.locator('meta[http-equiv="content-security-policy" i]');
	await expect(meta).toHaveCount(1);
	const content = (await meta.getAttribute('content')) ?? '';
	return new Map(
		content.split(';').map((directive) => {
			const [name = '', ...values] = directive.trim().split(/\s+/);
			return [name, values];
		})
	);
}

test('the policy of the built page allows what the page needs, and stops all else', async ({
	browser,
	url,
	bedrock
}) => {
	// Without the guard, because here violations are wanted.
	const context = await browser.newContext({ ignoreHTTPSErrors: true, serviceWorkers: 'block' });
	const page = await context.newPage();
	await open(page, url);
	const policy = await readPolicy(page);

	await test.step('nothing by default, and no wildcard but the ports of this computer', () => {
		expect(policy.get('default-src')).toEqual(["'none'"]);
		const all = [...policy.values()].flat();
		const wild = all.filter((source) => source.includes('*'));
		expect(wild.sort()).toEqual(['http://127.0.0.1:*', 'http://localhost:*']);
		for (const source of ["'unsafe-inline'", "'unsafe-eval'", 'https:', 'http:', 'blob:']) {
			expect(all).not.toContain(source);
		}
	});

	await test.step('every host of Bedrock by name, and no other', () => {
		const allowed = policy.get('connect-src') ?? [];
		const hosts = [
			...regions.runtime.map((region) => `https://bedrock-runtime.${region}.amazonaws.com`),
			...regions.runtime.map((region) => `https://bedrock.${region}.amazonaws.com`),
			...regions.mantle.map((region) => `https://bedrock-mantle.${region}.api.aws`)
		];
		const own = ["'self'", 'http://localhost:*', 'http://127.0.0.1:*'];
		expect([...allowed].sort()).toEqual([...hosts, ...own].sort());
		expect(hosts.length).toBeGreaterThan(80);
	});

	await test.step('no inline script or style but those of the build, and Trusted Types', async () => {
		expect(policy.get('script-src')).toEqual([
			"'self'",
			expect.stringMatching(/^'sha256-[\w+/]{43}='$/)
		]);
		// The styles of the first screen, byte for byte: any other inline style is refused.
		const styles = await page.locator('style').allTextContents();
		const hash = createHash('sha256')
			.update(styles[0] ?? '')
			.digest('base64');
		expect(styles).toHaveLength(1);
		expect(policy.get('style-src')).toEqual(["'self'", `'sha256-${hash}'`]);
		// The one style attribute of SvelteKit, which adds the hash of the styles here too.
		expect(policy.get('style-src-attr')).toEqual([
			"'unsafe-hashes'",
			"'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='",
			`'sha256-${hash}'`
		]);
		expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
		expect(policy.get('trusted-types')).toEqual(['svelte-trusted-html', 'sveltekit-trusted-url']);
		expect(policy.get('base-uri')).toEqual(["'none'"]);
		expect(policy.get('form-action')).toEqual(["'none'"]);
	});

	await test.step('unlisted hosts, inline code, eval and raw HTML are stopped', async () => {
		const directives = await page.evaluate(async () => {
			const violated: string[] = [];
			document.addEventListener('securitypolicyviolation', (event) =>
				violated.push(`${event.effectiveDirective} ${event.blockedURI}`)
			);
			const hosts = [
				'https://evil.example/',
				'https://s3.us-west-2.amazonaws.com/bucket',
				'https://bucket.s3.amazonaws.com/',
				'https://bedrock-runtime.us-west-2.amazonaws.com.evil.example/',
				'https://bedrock-agent-runtime.us-west-2.amazonaws.com/',
				'http://bedrock-runtime.us-west-2.amazonaws.com/'
			];
			const reached: string[] = [];
			for (const host of hosts) {
				await fetch(host, { mode: 'no-cors' }).then(
					() => reached.push(host),
					() => undefined
				);
			}
			const script = document.createElement('script');
			let raw = '';
			try {
				script.textContent = 'window.ran = true';
			} catch (error) {
				raw += String(error);
			}
			document.head.append(script);
			try {
				document.createElement('div').innerHTML = '<b>x</b>';
			} catch (error) {
				raw += String(error);
			}
			// In a task of its own: what a debugger evaluates may eval.
			await new Promise<void>((resolve) =>
				setTimeout(() => {
					try {
						raw += String(eval('"it ran"'));
					} catch (error) {
						raw += String(error);
					}
					resolve();
				})
			);
			const image = new Image();
			image.src = 'https://evil.example/pixel.png';
			const isBlocked = new Promise((resolve) => (image.onerror = resolve));
			await isBlocked;
			return { violated, reached, raw, hosts, ran: 'ran' in window };
		});
		expect(directives.reached).toEqual([]);
		for (const host of directives.hosts) {
			const { origin } = new URL(host);
			expect(directives.violated.join('\n')).toContain(`connect-src ${origin}`);
		}
		expect(directives.violated.join('\n')).toContain('img-src https://evil.example');
		expect(directives.raw).toMatch(/innerHTML/);
		expect(directives.raw).toMatch(/EvalError/);
		expect(directives.raw).not.toMatch(/it ran/);
		expect(directives.ran).toBe(false);
		expect(bedrock.received).toEqual([]);
	});

	await test.step('no port of this computer and no control host can be reached', async () => {
		const server = createServer((_, response) => response.end('reached'));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const fates = await page.evaluate(
			async (urls) => {
				const reach = (one: string) => fetch(one, { mode: 'no-cors' }).then(() => 'reached');
				return Promise.all(urls.map((one) => reach(one).catch(() => 'blocked')));
			},
			[
				`http://127.0.0.1:${port}/`,
				`http://localhost:${port}/`,
				'https://bedrock.us-west-2.amazonaws.com/',
				'https://bedrock-runtime.us-west-2.amazonaws.com/',
				url
			]
		);
		expect(fates).toEqual(['blocked', 'blocked', 'reached', 'reached', 'reached']);
		server.closeAllConnections();
		server.close();
	});
	await context.close();
});

test.describe('attacks', () => {
	/** What must stay empty: scripts that ran, requests and navigations that nobody asked for. */
	function watchHarm(page: Page, site: string): string[] {
		const harm: string[] = [];
		const context = page.context();
		page.on('dialog', (dialog) => {
			harm.push(`script: ${dialog.message()}`);
			void dialog.dismiss();
		});
		context.on('page', (popup) => harm.push(`window: ${popup.url()}`));
		page.on('framenavigated', (frame) => {
			if (!frame.url().startsWith(site)) harm.push(`navigation: ${frame.url()}`);
		});
		context.on('request', (request) => {
			const { origin, host } = new URL(request.url());
			const isOurs = site.startsWith(origin) || host.startsWith('bedrock-');
			const isOwnFile = /\/(_app\/.*|favicon\.svg)?$/.test(new URL(request.url()).pathname);
			if (!isOurs || (site.startsWith(origin) && !isOwnFile)) harm.push(request.url());
		});
		return harm;
	}

	/** Elements that only an attack would have made. */
	const made = [
		'img',
		'iframe',
		'object',
		'embed',
		'form',
		'audio',
		'video',
		'style',
		'script',
		'base',
		'math',
		'marquee',
		'[onclick], [onerror], [onload], [onmouseover], [onfocus]',
		'a[href^="javascript" i], a[href^="data" i], a[href^="vbscript" i], a[href^="file" i]'
	].join(', ');

	/** Presses what may have become a link or a button of an attack, without following honest links. */
	async function hoverAll(page: Page): Promise<void> {
		await page.getByRole('log').evaluate((log) => {
			for (const element of log.querySelectorAll('*')) {
				for (const type of ['mouseover', 'mouseenter', 'focus', 'pointerenter']) {
					element.dispatchEvent(new Event(type, { bubbles: true }));
				}
			}
		});
	}

	test('there are enough of them', () => {
		expect(attacks.length).toBeGreaterThanOrEqual(100);
	});

	/** A streamed body that says all of the attacks in small pieces, where the API has it as reasoning too. */
	function streamed(api: 'Chat Completions' | 'Responses'): string {
		const pieces = attacks.join('\n\n').match(/[^]{1,37}/gu) ?? [];
		const chat = (delta: object, finish_reason: string | null = null) =>
			`data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
		const item = (type: string, value: object) =>
			`event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`;
		const events =
			api === 'Chat Completions'
				? [
						...pieces.map((reasoning) => chat({ reasoning })),
						...pieces.map((content) => chat({ content })),
						chat({}, 'stop'),
						'data: [DONE]\n\n'
					]
				: [
						item('response.created', { response: { id: 'resp_x', status: 'in_progress' } }),
						...pieces.map((delta) =>
							item('response.output_text.delta', { output_index: 0, content_index: 0, delta })
						),
						item('response.completed', { response: { id: 'resp_x', status: 'completed' } })
					];
		return events.join('');
	}

	test('in answers, in pieces of a stream and in the words of errors run nothing, load nothing and lead nowhere', async ({
		page,
		url,
		bedrock
	}) => {
		// Each step takes as long as another test.
		test.setTimeout(180_000);
		await storedKey(page, url);
		await open(page, url);
		const harm = watchHarm(page, url);
		const log = page.getByRole('log');
		const expectNothingMade = async () => {
			await hoverAll(page);
			await expect(log.locator(made)).toHaveCount(0);
			expect(harm).toEqual([]);
		};

		const errors = [
			{ status: 400, body: JSON.stringify({ message: attacks.join('\n') }) },
			{ status: 502, body: attacks.join('\n'), contentType: 'text/html' },
			{ status: 200, body: attacks.join('\n'), contentType: 'text/html' }
		];
		for (const error of errors) {
			await test.step(`the words of an error, ${error.status}`, async () => {
				bedrock.given.push(error);
				await send(page, 'Attack me.');
				await expect(page.getByTestId('error-card').last()).toContainText('alert(');
				await expectNothingMade();
				await page.getByRole('button', { name: 'New conversation' }).click();
			});
		}
		for (const api of ['Chat Completions', 'Responses'] as const) {
			await test.step(`${api}, streamed in pieces, as reasoning and as text`, async () => {
				await chooseApi(page, api);
				const body = streamed(api);
				bedrock.given.push({ status: 200, contentType: 'text/event-stream', body });
				await send(page, 'Attack me.');
				await expect(page.getByTestId('metrics')).toContainText(/stop|completed/);
				await expectNothingMade();
			});
		}
		await test.step('an answer as a whole, also after a reload', async () => {
			await chooseApi(page, 'Converse');
			const body = {
				output: { message: { role: 'assistant', content: attacks.map((text) => ({ text })) } },
				stopReason: 'end_turn',
				usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }
			};
			bedrock.given.push({ status: 200, body: JSON.stringify(body) });
			await page.getByRole('switch', { name: 'Stream', exact: true }).click();
			await send(page, 'Attack me.');
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			await expect(log).toContainText('alert(1)');
			await expectNothingMade();
			const links = await log
				.getByRole('link')
				.evaluateAll((all) =>
					all.map((link) => [link.getAttribute('href'), link.getAttribute('rel')])
				);
			for (const [href, rel] of links) {
				expect(href).toMatch(/^(https?|mailto):/);
				expect(rel).toBe('noopener noreferrer');
			}
			await page.reload();
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			expect(harm).toEqual([]);
		});
	});

	test('in a shared request, and in the history and the code made of it, run nothing', async ({
		page,
		url
	}) => {
		const harm = watchHarm(page, url);
		const messages = attacks.map((text) => ({
			id: '',
			role: 'user',
			parts: [{ type: 'text', text: text.toWellFormed() }]
		}));
		const model = '<img src=x onerror=alert(1)>';
		const draft = { model, params: {}, messages, extra: { converse: { [model]: model } } };
		const json = JSON.stringify({ api: 'converse', draft });
		await open(page, `${url}#/s/1.${deflateRawSync(json).toString('base64url')}`);
		const preview = page.getByRole('article', { name: 'Someone shared a request with you' });
		await expect(preview).toContainText('alert(1)');
		await expect(page.getByRole('main').locator(made)).toHaveCount(0);
		await page.getByRole('radio', { name: 'Body' }).click();
		await expect(page.getByRole('main').locator(made)).toHaveCount(0);
		await page.getByRole('button', { name: 'Open in Converse' }).click();
		for (const tab of ['Body', 'Code']) {
			const inspector = page.getByRole('complementary', { name: 'Inspector' });
			await inspector.getByRole('tab', { name: tab }).click();
			await expect(inspector).toContainText('alert(1)');
			await expect(inspector.locator(made)).toHaveCount(0);
		}
		await sendButton(page).click();
		await expect(page.getByRole('navigation', { name: 'History' })).toContainText('<img src=x');
		await expect(page.locator('[role=main], nav, aside').locator(made)).toHaveCount(0);
		expect(harm).toEqual([]);
	});
});

test('inside another page it takes no key and sends nothing, not even with a stored key', async ({
	page,
	url,
	bedrock
}) => {
	const framing = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'text/html' });
		response.end(
			`<!doctype html><title>Another page</title><iframe src="${url}" width="1300" height="800"></iframe>`
		);
	});
	await new Promise<void>((resolve) => framing.listen(0, '127.0.0.1', resolve));
	const { port } = framing.address() as AddressInfo;

	await storedKey(page, url);
	await open(page, url);
	await page.setViewportSize({ width: 1400, height: 900 });
	await page.goto(`http://127.0.0.1:${port}/`);
	const frame = page.frameLocator('iframe');
	await expect(frame.getByRole('alert')).toContainText('This page is shown inside another site');
	await frame.locator('html[data-ready]').waitFor();
	await frame.getByRole('textbox', { name: 'Message' }).fill('Send this');
	const sending = frame.getByRole('button', { name: 'Send' });
	await expect(sending).toBeDisabled();
	await expect(sending).toHaveAccessibleDescription('Not inside another site');
	await frame.getByRole('textbox', { name: 'Message' }).press('Enter');
	await frame.getByRole('textbox', { name: 'Message' }).press('Control+Enter');
	await expect(frame.getByRole('log')).toContainText('Nothing sent yet');
	// Not even that there is a key, nor of which Region, is told there, and none can be forgotten.
	await expect(frame.getByTestId('key-chip')).toHaveText('No API key');
	await frame.getByTestId('key-chip').click();
	await expect(frame.getByRole('dialog')).toBeHidden();
	await expect(frame.getByRole('menuitem', { name: 'Forget key' })).toBeHidden();
	await frame.getByRole('log').evaluate((log, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		log.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
	}, newKey());
	await expect(frame.getByRole('dialog')).toBeHidden();
	expect(bedrock.received).toEqual([]);
	framing.close();
	framing.closeAllConnections();
});

test('the same build runs at the root of a host and in a folder', async ({
	context,
	page,
	url,
	bedrock
}) => {
	const missing: string[] = [];
	context.on('response', (response) => {
		if (response.status() === 404) missing.push(response.url());
	});
	await storedKey(page, url);
	for (const path of ['', 'sub/folder/', 'sub/folder/index.html']) {
		await test.step(`/${path}`, async () => {
			bedrock.received.length = 0;
			await open(page, url + path);
			await expect(page.getByTestId('key-chip')).toContainText('us-west-2');
			await page.getByRole('button', { name: 'New conversation' }).click();
			await send(page, 'Write a haiku.');
			await expect(page.getByTestId('metrics')).toContainText('end_turn');
			expect(bedrock.received).toHaveLength(1);
			await page.getByRole('button', { name: 'Share', exact: true }).click();
			await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(
				new RegExp(`^${url}${path}#/s/1\\.`)
			);
			expect(missing).toEqual([]);
		});
	}
});

test('without JavaScript the page says what it is and what it needs, with its real labels', async ({
	browser,
	url
}) => {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();
	await page.goto(url);
	await expect(page).toHaveTitle('Bedrock Playground');
	await expect(page.locator('noscript p')).toBeVisible();
	await expect(page.locator('noscript p')).toContainText('needs JavaScript');
	await expect(page.getByRole('heading', { name: 'Bedrock Playground' })).toBeVisible();
	await expect(page.getByText('Unofficial', { exact: true })).toBeVisible();
	for (const name of ['Converse', 'Chat Completions', 'Responses', 'Settings', 'Body', 'Code']) {
		await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();
	}
	for (const name of ['Message', 'System']) {
		await expect(page.getByRole('textbox', { name })).toBeVisible();
	}
	await expect(page.getByRole('combobox', { name: 'Model' })).toHaveValue(/claude/);
	await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('us-west-2');
	await expect(page.getByRole('switch', { name: 'Stream', exact: true })).toBeVisible();
	for (const name of ['Send', 'No API key', 'New conversation', 'Share', 'Preferences']) {
		await expect(page.getByRole('button', { name }).first()).toBeVisible();
	}
	expect(await page.locator('[style]').count()).toBe(0);
	await context.close();
});
