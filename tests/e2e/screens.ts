import { deflateRawSync } from 'node:zlib';
import type { Locator, Page } from 'playwright/test';
import { recordsOf } from './stored.ts';
import { chooseApi, chooseModel, expect, newKey, open, pasteKey, send } from './test.ts';
import { ask } from './transcript.ts';

// The screens that tests/e2e/screens.spec.ts judges and `npm run pictures` shows to people.

/** In ms. */
export const hour = 3_600_000;
export const backOff =
	'A streaming endpoint answers 429. How should we back off? TypeScript and a table.';
export const thinker = 'openai.gpt-oss-120b-1:0';

/** A width and a theme to look at a screen in. */
export interface View {
	width: number;
	height: number;
	theme: 'light' | 'dark';
	/** Before the name of a picture, as the mock's pictures have it. */
	prefix: string;
}

/** Every width that the page is laid out for, in both themes. */
export const views: readonly View[] = [
	{ width: 1440, height: 900, theme: 'light', prefix: '' },
	{ width: 1440, height: 900, theme: 'dark', prefix: '' },
	{ width: 1024, height: 768, theme: 'light', prefix: '1024-' },
	{ width: 1024, height: 768, theme: 'dark', prefix: '1024-' },
	{ width: 800, height: 900, theme: 'light', prefix: '800-' },
	{ width: 800, height: 900, theme: 'dark', prefix: '800-' },
	{ width: 390, height: 844, theme: 'light', prefix: 'phone-' },
	{ width: 390, height: 844, theme: 'dark', prefix: 'phone-' }
];

/** A pane, where a narrow page shows one at a time. */
export type Panel = 'Chat' | 'Settings' | 'Code' | 'History';

/** A state of the page that is worth a picture. */
export interface Screen {
	/** As the mock's pictures are named. */
	name: string;
	/** Brings the page, at 1440 px, from the screen before it to this one; the first of a path finds it just opened. */
	set(page: Page, url: string): Promise<void>;
	/** The pane that the screen is about, where a narrow page shows one at a time. */
	panel?: Panel;
	/** The only part of the page that is not as on the screen before it; the whole page where it is absent. */
	part?: (page: Page) => Locator;
}

export const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
/** The inspector at any width: on a phone it is a panel beside others and called a region. */
export const inspectorPanel = (page: Page) =>
	inspector(page).or(page.getByRole('region', { name: 'Inspector' }));
export const dialog = (page: Page) => page.locator('dialog[open]');
export const field = (page: Page) => page.getByRole('textbox', { name: 'API key' });

/** Fills the field of the key dialog, and opens it where it is not open. */
export async function fillKey(page: Page, pasted: string): Promise<void> {
	if (!(await field(page).isVisible())) await page.getByTestId('key-chip').click();
	await field(page).fill(pasted);
}

function codeOf(client: string) {
	return async (page: Page) => {
		await page.getByRole('textbox', { name: 'Message' }).fill('Now the same for Python.');
		await inspector(page).getByRole('tab', { name: 'Code' }).click();
		await inspector(page).getByRole('tab', { name: client }).click();
	};
}

/** A link to a shared request. */
export const sharedLink = `#/s/1.${deflateRawSync(
	JSON.stringify({
		api: 'responses',
		draft: {
			model: 'openai.gpt-oss-120b',
			stream: true,
			params: { temperature: 0.2, maxTokens: 2048 },
			system: {
				id: '',
				role: 'system',
				parts: [{ type: 'text', text: 'Answer for a developer.' }]
			},
			messages: [
				{
					id: '',
					role: 'user',
					parts: [{ type: 'text', text: 'My name is Alice and I like cats.' }]
				},
				{ id: '', role: 'assistant', parts: [{ type: 'text', text: 'Nice to meet you, Alice.' }] },
				{ id: '', role: 'user', parts: [{ type: 'text', text: 'What is my name?' }] }
			]
		}
	})
).toString('base64url')}`;

/** The screens in the order in which one page walks through them, because most of them go on from another. */
export const paths: Readonly<Record<string, readonly Screen[]>> = {
	'without a key': [
		{ name: 'a-first-run', set: async () => undefined },
		{
			name: 'i-share',
			set: async (page) => {
				await page.getByRole('button', { name: 'Share', exact: true }).click();
				await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#\/s\/1\./);
			},
			part: dialog
		},
		{
			name: 'draft-conflict',
			set: async (page, url) => {
				await page.keyboard.press('Escape');
				await makeConflict(page, url);
			}
		},
		{
			name: 'i-shared',
			set: async (page, url) => {
				await page.goto(url + sharedLink);
				await expect(page.getByRole('heading', { name: 'Someone shared' })).toBeVisible();
			}
		}
	],
	'of the key dialog': [
		{
			name: 'g-key-empty',
			set: async (page) => {
				await page.getByTestId('key-chip').click();
				await dialog(page).waitFor();
			}
		},
		{ name: 'g-key', set: (page) => fillKey(page, newKey({ age: hour })), part: dialog },
		{ name: 'g-key-long', set: (page) => fillKey(page, `ABSK${'aB3+'.repeat(32)}`), part: dialog },
		{
			name: 'g-key-expired',
			set: (page) => fillKey(page, newKey({ age: 14 * hour })),
			part: dialog
		},
		{ name: 'g-key-iam', set: (page) => fillKey(page, 'AKIAIOSFODNN7EXAMPLE'), part: dialog }
	],
	'of an answer': [
		{
			name: 'b-converse-settings',
			set: async (page) => {
				await pasteKey(page);
				await chooseModel(page, thinker);
				await ask(page, backOff);
			},
			panel: 'Settings'
		},
		{
			name: 'b-converse',
			set: async (page) => {
				await page.getByRole('log').locator('summary', { hasText: 'Thinking' }).click();
				await expect(page.getByRole('group', { name: 'Thinking' })).toBeVisible();
				await page.getByRole('switch', { name: 'Send temperature' }).click();
				await page.getByRole('switch', { name: 'Send stopSequences' }).click();
			}
		},
		{
			name: 'body',
			set: (page) => inspector(page).getByRole('tab', { name: 'Body' }).click(),
			panel: 'Code',
			part: inspectorPanel
		},
		{ name: 'f-code', set: codeOf('Python'), panel: 'Code' },
		{ name: 'f-code-curl', set: codeOf('cURL'), panel: 'Code', part: inspectorPanel },
		{ name: 'f-code-js', set: codeOf('JavaScript'), panel: 'Code', part: inspectorPanel },
		{
			name: 'versions',
			set: async (page) => {
				await addVersion(page);
				await inspector(page).getByRole('tab', { name: 'Body' }).click();
				await expect(page.getByRole('radiogroup', { name: 'Which request' })).toBeVisible();
			}
		}
	],
	'of several runs': [
		{
			name: 'h-error',
			set: async (page) => {
				await pasteKey(page);
				await chooseModel(page, 'anthropic.claude-sonnet-4-5-20250929-v1:0');
				await send(page, backOff);
				await expect(page.getByTestId('error-card')).toBeVisible();
			}
		},
		{
			name: 'd-responses-chain',
			set: async (page) => {
				await chooseApi(page, 'Responses');
				await ask(page, 'My name is Alice and I like cats.');
				await ask(page, 'What is my name?');
				await expect(page.getByTestId('chain-id')).toBeVisible();
			}
		},
		{
			name: 'j-history',
			set: async (page) => {
				await chooseApi(page, 'Converse');
				for (const model of ['fault.throttled', 'fault.truncated', thinker]) {
					await page.getByRole('button', { name: 'New conversation' }).click();
					await chooseModel(page, model);
					await ask(page, `Write a haiku with ${model}.`);
				}
				await page.getByRole('button', { name: 'New conversation' }).click();
				await page.getByRole('button', { name: 'Filter', exact: true }).click();
				await page.getByRole('searchbox', { name: 'Search history' }).fill('haiku');
			},
			panel: 'History'
		}
	]
};

/** Changes the draft in another page too, so that there are two texts of it. */
export async function makeConflict(page: Page, url: string): Promise<void> {
	const message = (of: Page) => of.getByRole('textbox', { name: 'Message' });
	const isStored = async (text: string) => expect.poll(recordsOf(page)).toContain(text);
	await message(page).fill('Written here first');
	await isStored('Written here first');
	const other = await page.context().newPage();
	await open(other, url);
	await message(other).fill('Written there');
	await isStored('Written there');
	await message(page).fill('Written here later');
	await expect(page.getByTestId('draft-conflict')).toBeVisible();
	await other.close();
}

/** Asks for the last answer again, so that there are two to go between. */
export async function addVersion(page: Page): Promise<void> {
	const answer = page.getByRole('log').getByRole('article').last();
	const button = answer.getByRole('button', { name: 'Regenerate' });
	// By touch all that one can do with a message is in its menu.
	if (await button.isVisible()) await button.click();
	else {
		await answer.getByRole('button', { name: 'More' }).click();
		await page.getByRole('menuitem', { name: 'Regenerate' }).click();
	}
	await expect(page.getByRole('group', { name: 'Versions' })).toContainText('2/2');
}

/** Sets the width and the theme, and brings the screen's pane to where it is seen. */
export async function look(page: Page, { width, height, theme }: View, panel: Panel = 'Chat') {
	await page.setViewportSize({ width, height });
	await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
	if ((await page.locator('dialog[open]').count()) > 0) return;
	if (width < 640) {
		await page
			.getByRole('navigation', { name: 'Panels' })
			.getByRole('button', { name: panel })
			.click();
		return;
	}
	const pane =
		panel === 'History' ? page.getByRole('navigation', { name: 'History' }) : inspector(page);
	if (panel === 'Chat' || (await pane.isVisible())) return;
	const opener = panel === 'History' ? 'History panel' : 'Inspector panel';
	await page.getByRole('button', { name: opener }).click();
	await expect(pane).toBeVisible();
}

/** Closes what `look` opened, where it would lie over the next view. */
export async function leave(page: Page, { width }: View, panel: Panel = 'Chat') {
	if (width >= 640 && width < 1280 && panel === 'History') await page.keyboard.press('Escape');
	if (width >= 640 && width < 1024 && (panel === 'Code' || panel === 'Settings')) {
		await page.keyboard.press('Control+j');
	}
}

/** How far the page can be scrolled sideways, in px. */
export function sideways(page: Page): Promise<number> {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		return scrollWidth - clientWidth;
	});
}
