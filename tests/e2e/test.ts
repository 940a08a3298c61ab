import { chromium, expect, test as base } from 'playwright/test';
import type { Browser, BrowserContext, Locator, Page, ViewportSize } from 'playwright/test';
import { readPastedKey } from '../../src/lib/model/pasted-key.ts';
import { chromiumArgs, chromiumPath } from '../chromium.mjs';
import { newKey } from '../new-key.mjs';
import { serveBedrock, serveBuild } from './servers.ts';
import { fillDatabases } from './stored.ts';

export { expect, newKey };

type Bedrock = Awaited<ReturnType<typeof serveBedrock>>;

/** A page that several tests of a worker use one after the other, its key in place. */
export interface SharedPage {
	page: Page;
	key: string;
}

/** The shared pages of a worker, by spec file and Region, and what they did that no page may. */
interface SharedPages {
	open: (file: string, region: string) => Promise<SharedPage>;
	faults: string[];
}

const usual = { ignoreHTTPSErrors: true, serviceWorkers: 'block' } as const;

/**
 * The page in a real Chromium for which the names of Bedrock's hosts lead to the simulator.
 *
 * The tests of a worker use one page after the other, emptied in between, because a new one starts a process and fills its
 * caches anew: one page for each kind of screen, and another one after a test that installed a clock.
 */
export const test = base.extend<
	{ url: string; guarded: undefined },
	{
		bedrock: Bedrock;
		site: { url: string };
		browser: Browser;
		kept: Map<string, Page>;
		sharedPages: SharedPages;
	}
>({
	bedrock: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names here, and refuses any other form.
		async ({}, use) => {
			const bedrock = await serveBedrock();
			await use(bedrock);
			await bedrock.close();
		},
		{ scope: 'worker' }
	],
	site: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names here, and refuses any other form.
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
	kept: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the names here, and refuses any other form.
		async ({}, use) => use(new Map()),
		{ scope: 'worker' }
	],
	// Of this test, not of sharedTest, because tests with other fixtures of a worker get a worker and a browser of their own.
	sharedPages: [
		async ({ browser, site }, use) => {
			const pages = new Map<string, SharedPage>();
			const contexts: BrowserContext[] = [];
			const faults: string[] = [];
			const openNew = async (region: string) => {
				const context = await browser.newContext(usual);
				contexts.push(context);
				watch(context, faults);
				const page = await context.newPage();
				const key = await storedKey(page, site.url, region);
				await open(page, site.url);
				return { page, key };
			};
			const openShared = async (file: string, region: string) => {
				const name = `${file} ${region}`;
				const shared = pages.get(name) ?? (await openNew(region));
				pages.set(name, shared);
				return shared;
			};
			await use({ open: openShared, faults });
			for (const context of contexts) await context.close();
		},
		{ scope: 'worker' }
	],
	context: async ({ browser, kept, site, viewport, isMobile, hasTouch }, use) => {
		const screen = { viewport, isMobile, hasTouch };
		const name = JSON.stringify(screen);
		const context =
			kept.get(name)?.context() ?? (await browser.newContext({ ...usual, ...screen }));
		await use(context);
		const page = await empty(context, site.url, viewport);
		if (page !== undefined) kept.set(name, page);
		else {
			kept.delete(name);
			await context.close();
		}
	},
	page: async ({ context }, use, info) => {
		const page = context.pages()[0] ?? (await context.newPage());
		// Chromium begins to report file choosers some time after it is asked to, and a press in between opens one that
		// nobody hears of. With a listener from the start it is long under way when a test waits for one.
		page.on('filechooser', () => undefined);
		const unanswered: string[] = [];
		page.on('requestfailed', (request) => {
			unanswered.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`);
		});
		await use(page);
		// What the page showed when a test failed, and what it did not get, say more than what was not found on it.
		if (info.status !== info.expectedStatus)
			console.log([await shownOn(page), ...unanswered].join('\n'));
		page.removeAllListeners('filechooser');
		page.removeAllListeners('requestfailed');
	},
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

/** The words of a page; '' where it shows none any more. */
function shownOn(page: Page): Promise<string> {
	return page
		.locator('body')
		.innerText({ timeout: 1000 })
		.catch(() => '');
}

/** What tests listen to. */
const listened = ['console', 'weberror', 'request', 'response', 'page'] as const;
const listenedOfPage = ['console', 'dialog', 'framenavigated', 'request', 'response'] as const;

/**
 * Makes a context as it was when it was new: one blank page without a past, nothing stored, nothing granted, nobody listening or in the way. Gives
 * that page, or undefined where that can not be done, as with a clock that a test installed.
 */
async function empty(
	context: BrowserContext,
	url: string,
	viewport: ViewportSize | null
): Promise<Page | undefined> {
	const [page, ...others] = context.pages();
	if (page === undefined) return undefined;
	for (const other of others) await other.close();
	await context.unrouteAll();
	await page.unrouteAll();
	for (const event of listened) context.removeAllListeners(event);
	for (const event of listenedOfPage) page.removeAllListeners(event);
	await goBlank(page, url);
	// What belongs to the tab is cleared from there, and nothing writes it again.
	const isFake = await page.evaluate(() => {
		sessionStorage.clear();
		window.name = '';
		return 'isFake' in Date;
	});
	if (isFake) return undefined;
	const devtools = await context.newCDPSession(page);
	const { origin } = new URL(url);
	await devtools.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
	await devtools.send('Page.resetNavigationHistory');
	await devtools.detach();
	await context.clearPermissions();
	if (viewport !== null) await page.setViewportSize(viewport);
	await page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null });
	return page;
}

/**
 * For rows that each begin a conversation of their own and set nothing that the next row could see: those of one file
 * share a page for each Region, because opening one takes longer than most rows do.
 */
export const sharedTest = test.extend<{
	shared: { open: (region?: string) => Promise<SharedPage> };
}>({
	shared: async ({ sharedPages }, use, { file }) => {
		await use({ open: (region = 'us-west-2') => sharedPages.open(file, region) });
	},
	guarded: async ({ sharedPages, bedrock }, use) => {
		bedrock.received.length = 0;
		bedrock.given.length = 0;
		await use(undefined);
		expect(sharedPages.faults.splice(0)).toEqual([]);
	}
});

/** Collects what no page may do. Call it for contexts that a test makes itself. */
export function watch(context: BrowserContext, faults: string[] = []): string[] {
	context.on('weberror', (error) => faults.push(String(error.error())));
	context.on('console', (message) => {
		const text = message.text();
		if (/content security policy|trusted ?type/i.test(text)) faults.push(text);
	});
	return faults;
}

/** Goes to a file of the site that runs no script, where storage is seen and nothing else changes it. */
export async function goBlank(page: Page, url: string): Promise<void> {
	const blank = `${url}favicon.svg`;
	if (page.url() !== blank) await page.goto(blank);
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

/**
 * Puts a key where the page will find it when it is opened, as a page does that saved one: a record of what is known about
 * it, and apart from it its text. Call it before `open`. Gives the key.
 */
export async function storedKey(page: Page, url: string, region = 'us-west-2'): Promise<string> {
	const now = Date.now();
	const key = newKey({ region, now });
	const pasted = readPastedKey(key, now);
	if (pasted.kind !== 'short-term') throw new Error('The key that tests make is none');
	const { secret, ...known } = pasted;
	const id = 'stored-by-a-test';
	const { expiresAt } = known;
	await goBlank(page, url);
	await fillDatabases(page, {
		records: { [`key/${id}`]: { v: 2, id, addedAt: now, ...known, memoryOnly: false } },
		secrets: { [id]: { v: 2, key: id, secret, expiresAt } }
	});
	return key;
}

/**
 * Puts a gateway where the page will find it when it is opened, with its own key: the simulator at a loopback address, which
 * answers as one below `/api/`. Call it before `open`. Gives its base address.
 */
export async function storedGateway(page: Page, url: string, { port }: Bedrock): Promise<string> {
	const id = 'gateway-stored-by-a-test';
	const base = `https://127.0.0.1:${port}/api/v1`;
	await goBlank(page, url);
	await fillDatabases(page, {
		records: {
			[`key/${id}`]: { v: 2, id, addedAt: Date.now(), kind: 'gateway', base, memoryOnly: false }
		},
		secrets: { [id]: { v: 2, key: id, secret: 'gw-stored-by-a-test' } }
	});
	return base;
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
