import type { Locator, Page } from 'playwright/test';
import { apis } from '../../src/lib/apis/index.ts';
import { encodeLink } from '../../src/lib/share/link.ts';
import { findFaults } from './axe.ts';
import { inspector, inspectorPanel, look, sideways, thinker, views } from './screens.ts';
import type { Panel } from './screens.ts';
import { expect, send, sendButton, storedKey, test } from './test.ts';
import { ended, typeBody } from './transcript.ts';

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });

/** A wide and a narrow view, in the two themes. */
const looked = views.filter(({ prefix, theme }) =>
	theme === 'light' ? prefix === '' : prefix === 'phone-'
);

/** A schema that a strict service takes. */
const closed = '{"type":"object","properties":{},"additionalProperties":false}';

/** A request with tools, a form for its answer, and settings of every group. */
const draft = apis.converse.read({
	method: 'POST',
	url: `https://bedrock-runtime.us-west-2.amazonaws.com/model/${encodeURIComponent(thinker)}/converse-stream`,
	headers: {},
	body: JSON.stringify({
		system: [{ text: 'Answer briefly.' }],
		messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
		inferenceConfig: { maxTokens: 512, temperature: 0.2, stopSequences: ['END'] },
		toolConfig: {
			tools: [
				{
					toolSpec: {
						name: 'get_weather',
						description: 'The weather now',
						inputSchema: {
							json: {
								type: 'object',
								properties: { city: { type: 'string', description: 'A city' } },
								required: ['city']
							}
						}
					}
				}
			],
			toolChoice: { auto: {} }
		},
		outputConfig: {
			textFormat: {
				type: 'json_schema',
				structure: { jsonSchema: { name: 'w', schema: closed } }
			}
		},
		additionalModelRequestFields: { top_k: 5 },
		requestMetadata: { team: 'a' },
		performanceConfig: { latency: 'optimized' },
		serviceTier: { type: 'flex' },
		guardrailConfig: { guardrailIdentifier: 'gr1', guardrailVersion: '2', trace: 'enabled' }
	})
});

/** By axe, in the whole page or in the part that is new, and whether it can be scrolled sideways. */
async function expectSound(
	page: Page,
	name: string,
	{ panel, part }: { panel?: Panel; part?: Locator } = {}
): Promise<void> {
	for (const view of looked) {
		await look(page, view, panel);
		const where = `${name}, ${view.width} px, ${view.theme}`;
		expect.soft(await findFaults(page, part), where).toEqual([]);
		expect.soft(await sideways(page), where).toBe(0);
	}
	await page.setViewportSize({ width: 1440, height: 900 });
}

async function pasteLong(page: Page): Promise<void> {
	await message(page).evaluate((field: HTMLTextAreaElement) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', 'a line of a log\n'.repeat(300));
		field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }));
	});
}

async function attach(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Attach' }).waitFor();
	const bytes = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(1200, 800);
		const context = canvas.getContext('2d');
		if (context) context.fillStyle = '#14b8a6';
		context?.fillRect(0, 0, 1200, 800);
		return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
	});
	const choosing = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: 'Attach' }).click();
	await (
		await choosing
	).setFiles([
		{ name: 'harbour.png', mimeType: '', buffer: Buffer.from(bytes) },
		{ name: 'Quarterly report.pdf', mimeType: '', buffer: Buffer.from('%PDF-1.7\n%%EOF') },
		{ name: 'a.bmp', mimeType: '', buffer: Buffer.from('BM6\0\0\0\0\0\0\0') }
	]);
	await expect(page.getByRole('list', { name: 'Attached' })).toContainText('1200×800');
}

test('axe finds no fault in attachments, settings, tools, the tray and a body that is typed, wide and narrow', async ({
	page,
	url
}) => {
	test.setTimeout(120_000);
	await storedKey(page, url);
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.goto(url + (await encodeLink('converse', draft)));
	await page.getByRole('button', { name: 'Open in Converse' }).click();
	await expect(message(page)).toBeVisible();

	await test.step('settings', async () => {
		await inspector(page).getByRole('button', { name: 'Edit get_weather' }).click();
		await expectSound(page, 'settings', { panel: 'Settings', part: inspectorPanel(page) });
	});
	await test.step('a body', async () => {
		await typeBody(page, '{\n  "messages": [],\n  "unknown": 1\n}');
		await expect(page.getByText('Valid JSON')).toBeVisible();
		await expectSound(page, 'body', { panel: 'Code', part: inspectorPanel(page) });
		await typeBody(page, '{\n  "messages": [,]\n}');
		await expect(page.getByRole('button', { name: 'Line 2, column 16' })).toBeVisible();
		await expectSound(page, 'broken body', { panel: 'Code', part: inspectorPanel(page) });
		await page.getByRole('button', { name: 'Reset to form' }).click();
		await expect(page.getByText('Valid JSON')).toBeVisible();
	});
	await test.step('what is attached', async () => {
		await message(page).fill('Compare the picture with the report.');
		await attach(page);
		await pasteLong(page);
		await expect(page.getByRole('button', { name: 'Attach as a text file' })).toBeVisible();
		await expectSound(page, 'composer');
	});
	await test.step('what was sent', async () => {
		await sendButton(page).click();
		await ended(page);
		await page.getByRole('log').getByRole('button', { name: 'More' }).first().click();
		await expectSound(page, 'transcript');
		await page.keyboard.press('Escape');
	});
	await test.step('the tray', async () => {
		await send(page, 'In 3 steps: is it warmer in Lisbon or in Kyoto?');
		await expect(page.getByRole('region', { name: 'Tool results' })).toBeVisible();
		await ended(page);
		await expectSound(page, 'tray');
	});
});
