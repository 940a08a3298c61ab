import type { Locator, Page } from 'playwright/test';
import { expect, send } from './test.ts';

/** The last answer of the transcript, or the run that failed in its place. */
export function lastAnswer(page: Page): Locator {
	const answers = page.getByRole('log').getByRole('article');
	return answers.filter({ has: page.getByRole('heading', { name: 'Assistant' }) }).last();
}

/** The text of the last answer, without its reasoning. */
export function lastText(page: Page): Locator {
	return lastAnswer(page).getByTestId('answer');
}

/** What the last run measured, by the words of its line: `TTFT`, `total`, `in`, `status` … */
export async function figures(page: Page): Promise<Record<string, string>> {
	const pairs = await lastAnswer(page)
		.getByTestId('metrics')
		.locator('dl > div')
		.evaluateAll((rows) =>
			rows.map((row) => [...row.children].map((cell) => cell.textContent.trim()))
		);
	return Object.fromEntries(
		pairs.map(([name = '', value = '']) => [name, value.replace(/\s+/g, ' ')])
	);
}

/** Waits until the last run, which has begun, is over. */
export async function ended(page: Page): Promise<void> {
	await expect(lastAnswer(page).getByTestId('metrics')).toContainText('total');
	await expect(stopButton(page)).toBeHidden();
}

/** The button that ends a run; it names its key too. */
export function stopButton(page: Page): Locator {
	return page.getByRole('button', { name: /^Stop( esc)?$/ });
}

/** Sends a message and waits until its answer is there as a whole. */
export async function ask(page: Page, text: string): Promise<void> {
	const runs = page.getByTestId('metrics');
	const before = await runs.count();
	await send(page, text);
	await expect(runs).toHaveCount(before + 1);
	await ended(page);
}

/** Sets whether answers are streamed. */
export async function setStream(page: Page, on: boolean): Promise<void> {
	const stream = page.getByRole('switch', { name: 'Stream', exact: true });
	if ((await stream.getAttribute('aria-checked')) !== String(on)) await stream.click();
	await expect(stream).toHaveAttribute('aria-checked', String(on));
}

/** The field of the Body tab. */
export const requestBody = (page: Page): Locator =>
	page.getByRole('textbox', { name: 'Request body' });

/** The text in the field of the Body tab, to the byte, of a body that fits into the view: other lines are not drawn. */
export async function bodyText(page: Page): Promise<string> {
	const lines = requestBody(page).locator('.cm-line');
	await lines.first().waitFor();
	return (await lines.allTextContents()).join('\n');
}

/** The text of the Body tab: what Send would send. */
export async function shownBody(page: Page): Promise<string> {
	await page.getByRole('tab', { name: 'Body' }).click();
	return bodyText(page);
}

/** Types a body in place of the one that stands in the Body tab. */
export async function typeBody(page: Page, body: string): Promise<void> {
	await page.getByRole('tab', { name: 'Body' }).click();
	await requestBody(page).locator('.cm-line').first().click();
	await page.keyboard.press('ControlOrMeta+a');
	await page.keyboard.insertText(body);
}

/** What the last run's reasoning says, which is folded once the answer has begun. */
export async function openReasoning(page: Page): Promise<Locator> {
	const thinking = lastAnswer(page).getByRole('group', { name: 'Thinking' });
	await expect(thinking).toBeHidden();
	await lastAnswer(page).locator('summary', { hasText: 'Thinking' }).click();
	return thinking;
}
