import { request as sendByNode } from 'node:https';
import type { Page } from 'playwright/test';
import { chooseApi, expect, open, sendButton, storedKey, test } from './test.ts';
import type { Received } from './servers.ts';
import { ask, lastAnswer, lastText } from './transcript.ts';

const fact = 'My name is Alice and I like cats.';
const question = 'What is my name and what do I like?';
const remembered = 'Your name is Alice and you like cats.';
const greeting = 'Nice to meet you, Alice. I will remember that you like cats.';
const host = 'bedrock-mantle.us-west-2.api.aws';

interface Body {
	input: { role: string; content: unknown }[];
	previous_response_id?: string;
	instructions?: string;
	store?: boolean;
}

function bodyOf(received: Received | undefined): Body {
	return JSON.parse(received?.body ?? 'null') as Body;
}

/** Opens Responses with a key and sends the first turn. Gives the id of its stored response. */
async function tellFact(page: Page, url: string): Promise<string> {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Responses');
	await ask(page, fact);
	await expect(lastText(page)).toHaveText(greeting);
	return chainId(page);
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

const wholeHistory = [`user: ${fact}`, `assistant: ${greeting}`, `user: ${question}`];

/** Deletes a stored response at the service, as someone else might. */
function deleteResponse(port: number, id: string, key: string): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const request = sendByNode(
			{
				host: '127.0.0.1',
				port,
				method: 'DELETE',
				path: `/v1/responses/${id}`,
				headers: { host, authorization: `Bearer ${key}` },
				rejectUnauthorized: false
			},
			(response) => {
				response.resume();
				response.on('end', () => resolve(response.statusCode));
			}
		);
		request.on('error', reject);
		request.end();
	});
}

test.describe('a stored response', () => {
	test('is continued by the next Send, which holds its id and only the new turn', async ({
		page,
		url,
		bedrock
	}) => {
		await storedKey(page, url);
		await open(page, url);
		await chooseApi(page, 'Responses');
		await expect(page.getByTestId('chain-id')).toHaveCount(0);
		await ask(page, fact);
		const first = await chainId(page);
		await expect(page.getByTestId('chain-id')).toHaveText(
			`${first.slice(0, 5)}…${first.slice(-5)}`
		);
		await expect(page.getByRole('radio', { name: 'Chain' })).toBeChecked();
		await ask(page, question);
		await expect(lastText(page)).toHaveText(remembered);
		const second = await chainId(page);
		expect(second).not.toBe(first);

		expect(bedrock.received).toHaveLength(2);
		expect(bodyOf(bedrock.received[0]).previous_response_id).toBeUndefined();
		const body = bodyOf(bedrock.received[1]);
		expect(body.previous_response_id).toBe(first);
		expect(turnsOf(body)).toEqual([`user: ${question}`]);
		// The service does not carry them over.
		expect(body.instructions).toBe('Answer for a developer. Be exact and short.');
	});

	test('can be left by Resend, and by Start anew', async ({ page, url, bedrock }) => {
		await tellFact(page, url);
		await page.getByRole('radio', { name: 'Resend' }).click();
		await expect(page.getByRole('radio', { name: 'Resend' })).toBeChecked();
		await ask(page, question);
		await expect(lastText(page)).toHaveText(remembered);
		expect(bodyOf(bedrock.received[1])).not.toHaveProperty('previous_response_id');
		expect(turnsOf(bodyOf(bedrock.received[1]))).toEqual(wholeHistory);
		await page.getByRole('button', { name: 'Start anew' }).click();
		await expect(page.getByTestId('chain-id')).toHaveCount(0);
		await expect(page.getByRole('log').getByRole('article')).toHaveCount(0);
	});

	test('is continued after a reload', async ({ page, url, bedrock }) => {
		const id = await tellFact(page, url);
		await page.reload();
		await page.locator('html[data-ready]').waitFor();
		expect(await chainId(page)).toBe(id);
		await ask(page, question);
		await expect(lastText(page)).toHaveText(remembered);
		expect(bodyOf(bedrock.received[1]).previous_response_id).toBe(id);
	});
});

test('an empty input is refused on every API at the start', async ({ page, url, bedrock }) => {
	await storedKey(page, url);
	await open(page, url);
	for (const api of ['Converse', 'Chat Completions', 'Responses'] as const) {
		await chooseApi(page, api);
		await page.getByRole('textbox', { name: 'Message' }).fill('');
		await expect(sendButton(page)).toBeDisabled();
		await expect(sendButton(page)).toHaveAccessibleDescription('Write a message first');
		await expect(page.getByText('Write a message first')).toBeVisible();
		await page.getByRole('textbox', { name: 'Message' }).press('Enter');
		await page.getByRole('textbox', { name: 'Message' }).press('Control+Enter');
	}
	expect(bedrock.received).toEqual([]);
});

test('a response that was deleted at the service gives a 404, and Resend the history mends it', async ({
	page,
	url,
	bedrock
}) => {
	const id = await tellFact(page, url);
	const key = bedrock.received[0]?.headers.authorization?.replace('Bearer ', '') ?? '';
	expect(await deleteResponse(bedrock.port, id, key)).toBe(200);
	bedrock.received.length = 0;
	await ask(page, question);
	const card = lastAnswer(page).getByTestId('error-card');
	await expect(card.getByRole('heading')).toHaveText('The response to continue is gone');
	await expect(card.getByTestId('service-said')).toHaveText(`Response '${id}' not found.`);
	await expect(card).toContainText('404');
	// Nothing is resent before it is asked for.
	expect(bedrock.received.map((one) => one.method)).toEqual(['POST']);
	await card.getByRole('button', { name: 'Resend the history' }).click();
	await expect(lastText(page)).toHaveText(remembered);
	await expect(card).toHaveCount(0);
	expect(bedrock.received).toHaveLength(2);
	const body = bodyOf(bedrock.received[1]);
	expect(body).not.toHaveProperty('previous_response_id');
	expect(turnsOf(body)).toEqual(wholeHistory);
	// From here on it chains again, and the one that is gone is marked.
	expect(await chainId(page)).not.toBe(id);
	await expect(page.getByRole('radio', { name: 'Chain' })).toBeChecked();
	await page.getByRole('tab', { name: 'Chain' }).click();
	const responses = page.getByRole('tree', { name: 'Response chain' }).getByRole('treeitem');
	await expect(responses).toHaveCount(2);
	await expect(responses.first()).toContainText('Unknown');
	await expect(responses.last()).toContainText('history sent');
});
