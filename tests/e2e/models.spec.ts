import type { Page } from 'playwright/test';
import { findFaults } from './axe.ts';
import type { Received } from './servers.ts';
import { chooseApi, expect, open, send, storedKey, test } from './test.ts';

const model = (page: Page) => page.getByRole('combobox', { name: 'Model' });
const list = (page: Page) => page.getByRole('listbox', { name: 'Models' });
const active = (page: Page) =>
	page.evaluate(() => {
		const id = document.activeElement?.getAttribute('aria-activedescendant') ?? '';
		const option = document.getElementById(id);
		return option?.getAttribute('role') === 'option' ? option.innerText : undefined;
	});

test('a model is found and chosen by keys alone, among 300 of the service, each key under 50 ms', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await page.route('**/v1/models', (route) =>
		route.fulfill({
			headers: { 'access-control-allow-origin': '*' },
			json: { data: Array.from({ length: 300 }, (_, i) => ({ id: `vendor.model-${i}` })) }
		})
	);
	await chooseApi(page, 'Chat Completions');
	await model(page).focus();
	await expect(model(page)).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(list(page)).toBeVisible();
	await expect(model(page)).toHaveAttribute('aria-expanded', 'true');
	await page.keyboard.press('End');
	expect(await active(page)).toContain('Read the lists of us-west-2');
	expect(bedrock.received).toEqual([]);
	await page.keyboard.press('Enter');
	await expect(page.getByText(/^\d+ listed, read/)).toBeVisible();
	expect(bedrock.received.map((one) => new URL(one.url).host)).toEqual(
		Array(3).fill('bedrock.us-west-2.amazonaws.com')
	);

	// What a key costs the page: from the key to when its list is laid out.
	const times = await model(page).evaluate(async (field: HTMLInputElement) => {
		const measured: number[] = [];
		for (const text of ['m', 'mo', 'mod', 'mode', 'model-2', 'model-29', 'mod', 'm', '']) {
			const start = performance.now();
			field.value = text;
			field.dispatchEvent(new InputEvent('input', { bubbles: true }));
			await Promise.resolve();
			document.body.getBoundingClientRect();
			measured.push(performance.now() - start);
			await new Promise((resolve) => requestAnimationFrame(resolve));
		}
		return measured.sort((a, b) => a - b);
	});
	expect(times[Math.floor(times.length / 2)]).toBeLessThan(50);
	// Only what is seen is drawn, and its place among all is told.
	expect(await list(page).getByRole('option').count()).toBeLessThan(40);

	await page.keyboard.press('Control+A');
	await page.keyboard.type('model-299');
	await expect(page.getByText(/^1 of \d+ models$/)).toBeVisible();
	expect(await active(page)).toContain('vendor.model-299');
	await page.keyboard.press('Enter');
	await expect(model(page)).toHaveValue('vendor.model-299');
	await expect(list(page)).toBeHidden();
	await expect(model(page)).toBeFocused();
});

/** Makes a profile in the form that is open, sends to it and deletes it; the dialog of the profiles is open then. */
async function makeAndDelete(page: Page, received: readonly Received[]): Promise<void> {
	const copyFrom = 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0';
	const dialog = page.getByRole('dialog');
	await dialog.getByRole('textbox', { name: 'Name' }).fill('my-claude-profile');
	await dialog.getByRole('textbox', { name: 'Description' }).fill('For cost tracking');
	await dialog.getByRole('combobox', { name: 'copyFrom' }).fill(copyFrom);
	await dialog.getByRole('button', { name: 'Add a tag' }).click();
	await dialog.getByRole('textbox', { name: 'Key' }).fill('Environment');
	await dialog.getByRole('textbox', { name: 'Value' }).fill('Development');
	await dialog.getByRole('button', { name: 'Make the profile' }).click();
	const mine = dialog.getByRole('listitem').filter({ hasText: 'my-claude-profile' });
	await expect(mine).toBeVisible();
	expect(JSON.parse(received.at(-1)?.body ?? '')).toEqual({
		inferenceProfileName: 'my-claude-profile',
		description: 'For cost tracking',
		modelSource: { copyFrom },
		tags: [{ key: 'Environment', value: 'Development' }]
	});

	const before = await model(page).inputValue();
	await mine.getByRole('button', { name: 'Use' }).click();
	await expect(dialog).toBeHidden();
	await expect(model(page)).toHaveValue(/^arn:.*:application-inference-profile\//);
	const arn = await model(page).inputValue();
	await send(page, 'Hello');
	await expect(page.getByText('end_turn')).toBeVisible();
	const sent = received.filter(({ url: to }) => to.includes('bedrock-runtime')).at(-1);
	expect(new URL(sent?.url ?? '').pathname).toBe(
		`/model/${encodeURIComponent(arn)}/converse-stream`
	);
	await page.getByRole('textbox', { name: 'Message' }).fill('What is a token?');

	await model(page).fill(before);
	await page.keyboard.press('Enter');
	await model(page).click();
	await page.getByRole('button', { name: 'Inference profiles…' }).click();
	await mine.getByRole('button', { name: 'Delete…' }).click();
	expect(received.at(-1)?.method).toBe('POST');
	await mine.getByRole('button', { name: 'Delete it' }).click();
	await expect(mine).toHaveCount(0);
	expect(received.at(-1)).toMatchObject({
		method: 'DELETE',
		url: `https://bedrock.us-west-2.amazonaws.com/inference-profiles/${encodeURIComponent(arn)}`
	});
}

test('axe finds no fault in the list, its question and the profiles, and the list fits a phone; a profile is made, used and deleted; a model of another tab leads there', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	const message = page.getByRole('textbox', { name: 'Message' });
	await message.fill('What is a token?');
	for (const [viewport, colorScheme] of [
		[{ width: 1280, height: 720 }, 'light'],
		[{ width: 390, height: 844 }, 'dark']
	] as const) {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme });
		await model(page).click();
		await expect(list(page)).toBeVisible();
		const box = await list(page).boundingBox();
		if (box === null) throw new Error('The list has no place');
		expect(box.x).toBeGreaterThanOrEqual(0);
		expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
		expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
		await expect(list(page).getByRole('option', { selected: true })).toHaveCount(1);
		expect.soft(await findFaults(page), 'list').toEqual([]);
		await model(page).fill('gpt-5.4');
		await page.keyboard.press('Enter');
		await expect(page.getByRole('button', { name: 'Open in Responses' })).toBeVisible();
		expect.soft(await findFaults(page), 'question').toEqual([]);
		await page.keyboard.press('Escape');
		await expect(list(page)).toBeVisible();
		await page.getByRole('button', { name: 'Inference profiles…' }).click();
		const dialog = page.getByRole('dialog', { name: 'Inference profiles' });
		await dialog.getByRole('button', { name: /^Read the lists/ }).click();
		await expect(dialog.getByRole('listitem')).toHaveCount(1);
		await dialog.getByRole('button', { name: 'Details' }).click();
		await expect(dialog.getByText('none', { exact: true })).toBeVisible();
		expect.soft(await findFaults(page, dialog), 'profiles').toEqual([]);
		await dialog.getByRole('button', { name: 'New profile' }).click();
		const form = page.getByRole('dialog', { name: 'New inference profile' });
		await expect(form).toBeVisible();
		expect.soft(await findFaults(page, form), 'new profile').toEqual([]);
		if (colorScheme === 'light') await makeAndDelete(page, bedrock.received);
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0);
	}

	await page.setViewportSize({ width: 1280, height: 720 });
	const asked = bedrock.received.length;
	await model(page).click();
	await model(page).fill('gpt-5.4');
	await list(page)
		.getByRole('option', { name: /openai\.gpt-5\.4\b(?!\.)/ })
		.first()
		.click();
	await expect(page.getByText('Converse does not have openai.gpt-5.4.')).toBeVisible();
	await page.getByRole('button', { name: 'Open in Responses' }).click();
	await expect(page.getByRole('textbox', { name: 'instructions' })).toBeAttached();
	await expect(model(page)).toHaveValue('openai.gpt-5.4');
	await expect(message).toHaveValue('What is a token?');
	await model(page).fill('my.own-model');
	await message.click();
	await expect(model(page)).toHaveValue('my.own-model');
	await expect(page.getByRole('textbox', { name: 'Request URL' })).toContainText('/v1/responses');
	expect(bedrock.received).toHaveLength(asked);
});
