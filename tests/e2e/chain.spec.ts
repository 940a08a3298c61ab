import type { Page } from 'playwright/test';
import { chooseApi, expect, open, sendButton, storedKey, test } from './test.ts';
import type { Received } from './servers.ts';
import { ask, lastText } from './transcript.ts';

const fact = 'My name is Alice and I like cats.';
const question = 'What is my name and what do I like?';
const remembered = 'Your name is Alice and you like cats.';
const greeting = 'Nice to meet you, Alice. I will remember that you like cats.';

interface Body {
	input: { role: string; content: unknown }[];
	previous_response_id?: string;
	instructions?: string;
	store?: boolean;
}

function bodyOf(received: Received | undefined): Body {
	return JSON.parse(received?.body ?? 'null') as Body;
}

/** The id that the control beside the composer shows. */
async function chainId(page: Page): Promise<string> {
	const id = await page.getByTestId('chain-id').getAttribute('title');
	expect(id).toMatch(/^resp_[a-z2-7]{52}$/);
	return id ?? '';
}

/** The turns of a request, in a word each. */
function turnsOf({ input }: Body): string[] {
	return input.map(({ role, content }) => {
		const [part] = Array.isArray(content) ? (content as { text: string }[]) : [];
		return `${role}: ${typeof content === 'string' ? content : (part?.text ?? '')}`;
	});
}

test('a stored response is continued by the next Send also after a reload, with its id and only the new turn, and can be left by Resend and by Start anew', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	// Nothing is sent without a message, by a button or by a key.
	await page.getByRole('textbox', { name: 'Message' }).fill('');
	await expect(sendButton(page)).toBeDisabled();
	await expect(sendButton(page)).toHaveAccessibleDescription('Write a message first');
	await expect(page.getByText('Write a message first')).toBeVisible();
	await page.getByRole('textbox', { name: 'Message' }).press('Enter');
	await page.getByRole('textbox', { name: 'Message' }).press('Control+Enter');
	expect(bedrock.received).toEqual([]);

	await expect(page.getByTestId('chain-id')).toHaveCount(0);
	await ask(page, fact);
	await expect(lastText(page)).toHaveText(greeting);
	const first = await chainId(page);
	await expect(page.getByTestId('chain-id')).toHaveText(`${first.slice(0, 5)}…${first.slice(-5)}`);
	await expect(page.getByRole('radio', { name: 'Chain' })).toBeChecked();
	await page.reload();
	await page.locator('html[data-ready]').waitFor();
	expect(await chainId(page)).toBe(first);
	await ask(page, question);
	await expect(lastText(page)).toHaveText(remembered);
	expect(await chainId(page)).not.toBe(first);
	expect(bedrock.received).toHaveLength(2);
	expect(bodyOf(bedrock.received[0]).previous_response_id).toBeUndefined();
	const body = bodyOf(bedrock.received[1]);
	expect(body.previous_response_id).toBe(first);
	expect(turnsOf(body)).toEqual([`user: ${question}`]);
	// The service does not carry them over.
	expect(body.instructions).toBe('Answer for a developer. Be exact and short.');

	await page.getByRole('radio', { name: 'Resend' }).click();
	await expect(page.getByRole('radio', { name: 'Resend' })).toBeChecked();
	await ask(page, question);
	await expect(lastText(page)).toHaveText(remembered);
	const whole = bodyOf(bedrock.received[2]);
	expect(whole).not.toHaveProperty('previous_response_id');
	expect(turnsOf(whole)).toEqual([
		...[`user: ${fact}`, `assistant: ${greeting}`],
		...[`user: ${question}`, `assistant: ${remembered}`, `user: ${question}`]
	]);
	await page.getByRole('button', { name: 'Start anew' }).click();
	await expect(page.getByTestId('chain-id')).toHaveCount(0);
	await expect(page.getByRole('log').getByRole('article')).toHaveCount(0);
});
