import type { Page } from 'playwright/test';
import type { Json } from '../../src/lib/model/json.ts';
import { expect, open, sendButton, storedKey, test } from './test.ts';
import { ended, lastText } from './transcript.ts';

const prompt = 'In 3 steps: is it warmer in Lisbon or in Kyoto?';
const description = 'The weather now';
const schema = {
	type: 'object',
	properties: { city: { type: 'string', description: 'A city' } },
	required: ['city']
};

interface Body {
	messages?: Json[];
	toolConfig?: Json;
}

/** Moves the focus to a control by Tab alone. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
	for (let presses = 0; presses < 80; presses++) {
		const focused = await page.evaluate(() => {
			const element = document.activeElement;
			return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
		});
		if (typeof name === 'string' ? focused === name : name.test(focused)) return;
		await page.keyboard.press(key);
	}
	throw new Error(`No control ${name} within reach`);
}

/** Declares the tool in Settings, from the group on by the keyboard. */
async function declareTool(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Function', exact: true }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Edit new_tool' }).focus();
	const form = page.getByRole('group', { name: /^Tool / });
	await form.getByRole('textbox', { name: 'name', exact: true }).focus();
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type('get_weather');
	await page.keyboard.press('Tab');
	await page.keyboard.type(description);
	await tabTo(page, 'Add an argument');
	await page.keyboard.press('Enter');
	await tabTo(page, 'Name', 'Shift+Tab');
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type('city');
	await tabTo(page, 'Description');
	await page.keyboard.type('A city');
}

/** Gives both calls a result, by the keyboard alone, and sends them. */
async function answerCalls(page: Page, step: number): Promise<string[]> {
	const fields = page.getByRole('textbox', { name: /^Result for / });
	// The first answer of a worker waits until its simulator is warm: 4.6 s on a busy machine.
	await expect(fields).toHaveCount(2, { timeout: 15_000 });
	await expect(page.getByRole('button', { name: /^Send results/ })).toBeDisabled();
	const ids = await fields.evaluateAll((all) =>
		all.map((one) => one.getAttribute('aria-label')?.replace('Result for ', '') ?? '')
	);
	await tabTo(page, `Result for ${ids[1]}`, 'Shift+Tab');
	await page.keyboard.type('rain');
	await tabTo(page, `Result for ${ids[0]}`, 'Shift+Tab');
	await page.keyboard.type(`{"temp":${step}}`);
	await page.keyboard.press('ControlOrMeta+Enter');
	return ids;
}

/** What one step adds to a request that holds the whole history. */
const stepOf = ([a = '', b = '']: string[], step: number): Json[] => [
	{
		role: 'assistant',
		content: [
			{ toolUse: { toolUseId: a, name: 'get_weather', input: { city: 'Lisbon' } } },
			{ toolUse: { toolUseId: b, name: 'get_weather', input: { city: 'Kyoto' } } }
		]
	},
	{
		role: 'user',
		content: [
			{ toolResult: { toolUseId: a, content: [{ json: { temp: step } }] } },
			{ toolResult: { toolUseId: b, content: [{ text: 'rain' }] } }
		]
	}
];

// The same on the other APIs is in src/lib/state/tools.test.ts.
test('A loop of three steps by the keyboard alone', async ({ page, url, bedrock }) => {
	await storedKey(page, url);
	await open(page, url);
	await declareTool(page);
	await page.getByRole('textbox', { name: 'Message' }).focus();
	await page.keyboard.press('ControlOrMeta+A');
	await page.keyboard.type(prompt);
	await page.keyboard.press('Enter');

	const added: Json[] = [];
	let first: Json[] = [];
	for (let step = 0; step < 3; step++) {
		const body = () => JSON.parse(bedrock.received.at(-1)?.body ?? '{}') as Body;
		// Before the results go out: the next request may be there as soon as they do.
		if (step === 0) {
			await expect.poll(() => bedrock.received.length).toBe(1);
			first = body().messages ?? [];
		}
		const ids = await answerCalls(page, step);
		added.push(...stepOf(ids, step));
		await expect.poll(() => bedrock.received.length).toBe(step + 2);
		const { messages, toolConfig } = body();
		expect(toolConfig).toEqual({
			tools: [{ toolSpec: { name: 'get_weather', description, inputSchema: { json: schema } } }]
		});
		expect(messages).toEqual([...first, ...added]);
	}
	await ended(page);
	await expect(lastText(page)).not.toBeEmpty();
	await expect(page.getByRole('region', { name: 'Tool results' })).toBeHidden();
});

test('What is half written in the tray is there after a reload, and canned results are picked', async ({
	page,
	url
}) => {
	await storedKey(page, url);
	await open(page, url);
	await page.getByRole('button', { name: 'Import', exact: true }).click();
	const chat = { type: 'function', function: { name: 'get_weather', parameters: schema } };
	await page.getByRole('textbox', { name: 'Tools to import' }).fill(JSON.stringify([chat]));
	await page.getByRole('button', { name: 'Add them' }).click();
	await expect(page.getByText('Added: 1 function of Chat Completions.')).toBeVisible();
	await page.getByRole('textbox', { name: 'Message' }).fill(prompt);
	await sendButton(page).click();
	const tray = page.getByRole('region', { name: 'Tool results' });
	const fields = tray.getByRole('textbox', { name: /^Result for / });
	await fields.first().fill('{"half');
	await expect(tray).toContainText('1 of 2 ready');
	await page.reload();
	await expect(fields.first()).toHaveValue('{"half');
	await expect(tray).toContainText('1 call has no result yet');
	await tray
		.getByRole('button', { name: /^Canned results for/ })
		.last()
		.click();
	await page.getByRole('menuitem', { name: 'A failure' }).click();
	await expect(tray.getByRole('switch', { name: /failed$/ }).last()).toHaveAttribute(
		'aria-checked',
		'true'
	);
	await tray.getByRole('button', { name: /^Send results/ }).click();
	await expect(page.getByTestId('tool-result').last()).toContainText('failed');
});
