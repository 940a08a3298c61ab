import { chromium, expect, test as base } from 'playwright/test';
import type { Browser, BrowserContext, Locator, Page } from 'playwright/test';
import { chromiumArgs, chromiumPath } from '../chromium.mjs';
import { newKey } from '../new-key.mjs';
import { serveBedrock, serveBuild } from './servers.ts';

export { expect, newKey };

type Bedrock = Awaited<ReturnType<typeof serveBedrock>>;

/** The page in a real Chromium for which the names of Bedrock's hosts lead to the simulator. */
export const test = base.extend<
	{ url: string; guarded: undefined },
	{ bedrock: Bedrock; site: { url: string }; browser: Browser }
>({
	bedrock: [
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const bedrock = await serveBedrock();
			await use(bedrock);
			await bedrock.close();
		},
		{ scope: 'worker' }
	],
	site: [
		// eslint-disable-next-line no-empty-pattern
		async ({}, use) => {
			const site = await serveBuild();
			await use(site);
			site.close();
		},
		{ scope: 'worker' }
	],
	browser: [
		async ({ bedrock }, use) => {
			const to = `127.0.0.1:${bedrock.port}`;
			const executablePath = chromiumPath();
			const browser = await chromium.launch({
				...(executablePath !== undefined && { executablePath }),
				args: [
					...chromiumArgs,
					`--host-resolver-rules=MAP *.amazonaws.com ${to}, MAP *.api.aws ${to}`
				]
			});
			await use(browser);
			await browser.close();
		},
		{ scope: 'worker' }
	],
	url: async ({ site }, use) => use(site.url),
	// Every page of every test: a violation of the policy or an uncaught error fails it.
	guarded: [
		async ({ context, bedrock }, use) => {
			bedrock.received.length = 0;
			bedrock.given.length = 0;
			const faults = watch(context);
			await use(undefined);
			expect(faults).toEqual([]);
		},
		{ auto: true }
	]
});

/** Collects what no page may do. Call it for contexts that a test makes itself. */
export function watch(context: BrowserContext): string[] {
	const faults: string[] = [];
	context.on('weberror', (error) => faults.push(String(error.error())));
	context.on('console', (message) => {
		const text = message.text();
		if (/content security policy|trusted ?type/i.test(text)) faults.push(text);
	});
	return faults;
}

/** Opens the page and waits until it is ready for its user. */
export async function open(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.locator('html[data-ready]').waitFor();
}

/** Puts a key in by the dialog, as a user does. */
export async function pasteKey(
	page: Page,
	key: string = newKey(),
	region = 'us-west-2'
): Promise<void> {
	await page.getByTestId('key-chip').click();
	await page.getByLabel('API key', { exact: true }).fill(key);
	await page.getByRole('button', { name: 'Save' }).click();
	await expect(page.getByTestId('key-chip')).toContainText(region);
}

/** The button that sends; it names its keys too. The history names runs by their prompts, which may speak of Send. */
export function sendButton(page: Page): Locator {
	return page.getByRole('button', { name: /^Send( .*↵)?$/ });
}

/** Writes a message and sends it. */
export async function send(page: Page, text: string): Promise<void> {
	await page.getByRole('textbox', { name: 'Message' }).fill(text);
	await sendButton(page).click();
}

/** Chooses the tab of an API. */
export async function chooseApi(page: Page, name: 'Converse' | 'Chat Completions' | 'Responses') {
	await page.getByRole('tab', { name }).click();
}

/** Types the id of a model. */
export async function chooseModel(page: Page, model: string): Promise<void> {
	await page.getByRole('combobox', { name: 'Model' }).fill(model);
}
