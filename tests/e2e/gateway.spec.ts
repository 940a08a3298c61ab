import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { encodeLink } from '../../src/lib/share/link.ts';
import { startServer } from '../../src/lib/simulator/server.ts';
import { readDatabases, readSurfaces } from './stored.ts';
import { chooseApi, chooseModel, expect, open, send, sendButton, test } from './test.ts';
import { ended, lastText } from './transcript.ts';

const claude = 'us.anthropic.claude-3-7-sonnet-20250219-v1:0';
const secret = 'gw-that-nobody-may-see';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Connect a gateway' });
const embeddings = (page: Page) => page.getByRole('dialog', { name: 'Embeddings' });

/** Opens a dialog by the keys alone. */
async function openByKeys(page: Page, item: string): Promise<void> {
	const menu = page.getByRole('button', { name: 'Request menu' });
	await menu.focus();
	await page.keyboard.press('Enter');
	const entry = page.getByRole('menuitem', { name: item });
	await expect(entry).toBeVisible();
	await entry.focus();
	await page.keyboard.press('Enter');
}

test('a gateway on this computer is connected in the dialog, answers Chat Completions and embeddings with its own key, and is forgotten; a shared request for one goes to it, and says where there is none', async ({
	page,
	url,
	bedrock
}) => {
	const seen: { url: string; authorization: string | undefined }[] = [];
	const gateway = await startServer({
		speed: 0,
		onrequest: ({ method, url, headers }) => {
			if (method !== 'OPTIONS') seen.push({ url, authorization: headers['authorization'] });
		}
	});
	const base = `${gateway.url}/api/v1`;
	await open(page, url);
	await openByKeys(page, 'Gateway…');
	await expect(dialog(page).getByLabel('Base address')).toBeFocused();
	await dialog(page).getByLabel('Base address').fill('https://gateway.example.com/api/v1');
	await expect(dialog(page).getByText('CONNECT_SRC="https://gateway.example.com"')).toBeVisible();
	await expect(dialog(page).getByRole('button', { name: 'Save' })).toBeDisabled();
	await dialog(page).getByLabel('Base address').fill(`${base}/chat/completions`);
	await dialog(page).getByLabel('Gateway key').fill(secret);
	// The page had closed itself to this computer's ports.
	const reloaded = page.waitForEvent('load');
	await dialog(page).getByRole('button', { name: 'Save and reload' }).click();
	await reloaded;
	await page.locator('html[data-ready]').waitFor();
	expect(seen).toEqual([]);

	await chooseApi(page, 'Chat Completions');
	await page.getByRole('combobox', { name: 'Endpoint' }).selectOption('gateway');
	await chooseModel(page, claude);
	await send(page, 'Hello');
	await ended(page);
	await expect(lastText(page)).toHaveText('Hello! How can I help you today?');

	// A shared request for a gateway goes to the one that is connected.
	const draft = {
		...{ model: claude, endpoint: 'gateway' as const, params: {} },
		messages: [{ id: '', role: 'user' as const, parts: [{ type: 'text' as const, text: 'Hi' }] }]
	};
	const hash = await encodeLink('chat-completions', draft);
	await page.evaluate((hash) => void (location.hash = hash), hash);
	const openIt = page.getByRole('button', { name: 'Open in Chat Completions' });
	await openIt.click();
	await sendButton(page).click();
	await ended(page);

	await openByKeys(page, 'Embeddings…');
	await expect(embeddings(page).getByLabel('Texts', { exact: true })).toBeFocused();
	await page.keyboard.type('The food was good\nThe food was very good\nBytes cross a wire');
	await page.keyboard.press('ControlOrMeta+Enter');
	const table = embeddings(page).getByRole('table', { name: /^Cosine similarity/ });
	await expect(table.getByRole('row')).toHaveCount(4);
	await expect(table.getByRole('rowheader', { name: /The food was very good/ })).toBeVisible();
	const cells = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
	const [same, near, far] = cells.map(Number);
	expect(same).toBe(1);
	expect(near).toBeGreaterThan(far ?? 1);
	const saving = page.waitForEvent('download');
	await embeddings(page).getByRole('button', { name: 'JSON' }).click();
	const file = readFileSync(await (await saving).path(), 'utf8');
	expect(JSON.parse(file)).toMatchObject({ data: [{ text: 'The food was good' }, {}, {}] });
	await page.keyboard.press('Escape');
	await expect(embeddings(page)).toBeHidden();

	expect(seen).toEqual([
		{ url: `${base}/chat/completions`, authorization: `Bearer ${secret}` },
		{ url: `${base}/chat/completions`, authorization: `Bearer ${secret}` },
		{ url: `${base}/embeddings`, authorization: `Bearer ${secret}` }
	]);
	const { secrets = '', ...others } = await readDatabases(page);
	expect(secrets).toContain(secret);
	const shown = await readSurfaces(page);
	expect(JSON.stringify(others) + shown + file).not.toContain(secret);

	await openByKeys(page, 'Gateway…');
	await dialog(page).getByRole('button', { name: 'Forget gateway' }).click();
	await expect(dialog(page).getByText('Gateway in use')).toBeHidden();
	await page.keyboard.press('Escape');
	await expect(sendButton(page)).toHaveAccessibleDescription('No gateway is set up here');
	expect(JSON.stringify(await readDatabases(page))).not.toContain(secret);

	// Where there is none, a shared request for one says so, and nothing is sent.
	await page.evaluate((hash) => void (location.hash = hash), hash);
	await expect(page.getByText('Here no gateway is set up')).toBeVisible();
	await openIt.click();
	await expect(sendButton(page)).toBeDisabled();
	await expect(sendButton(page)).toHaveAccessibleDescription('No gateway is set up here');
	await page.getByRole('button', { name: 'Connect a gateway' }).click();
	await expect(dialog(page)).toBeVisible();
	await page.keyboard.press('Escape');
	expect(seen).toHaveLength(3);
	expect(bedrock.received).toEqual([]);
	await gateway.close();
});
