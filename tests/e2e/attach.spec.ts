import type { Locator, Page } from 'playwright/test';
import { expect, open, sendButton, storedKey, test } from './test.ts';
import { ended } from './transcript.ts';

/** 30 by 20 px. */
const png =
	'iVBORw0KGgoAAAANSUhEUgAAAB4AAAAUCAYAAACaq43EAAAAOklEQVR4AezSMQoAAAhCUen+d67d3Vx+0NBi8HBW2saOSsPjN3iooY4JUK4YrQdD7SKxG+oYrQfXqA8AAP//idM3qQAAAAZJREFUAwDJPzvtcBkZsgAAAABJRU5ErkJggg==';
const picture = { name: 'red.png', mimeType: 'image/png', buffer: Buffer.from(png, 'base64') };
const report = { name: 'Report.pdf', mimeType: '', buffer: Buffer.from('%PDF-1.7\n%%EOF') };

const message = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });
const attached = (page: Page): Locator => page.getByRole('list', { name: 'Attached' });

/** Drops files onto the page, or pastes them into the text field. */
async function give(page: Page, how: 'drop' | 'paste', ...files: (typeof picture)[]) {
	const data = files.map(({ name, buffer }) => ({ name, bytes: [...buffer] }));
	await message(page).evaluate(
		(field, { how, data }) => {
			const transfer = new DataTransfer();
			for (const { name, bytes } of data)
				transfer.items.add(new File([new Uint8Array(bytes)], name));
			const shared = { bubbles: true, cancelable: true };
			if (how === 'paste')
				field.dispatchEvent(new ClipboardEvent('paste', { ...shared, clipboardData: transfer }));
			else
				for (const type of ['dragover', 'drop'])
					field.dispatchEvent(new DragEvent(type, { ...shared, dataTransfer: transfer }));
		},
		{ how, data }
	);
}

/** Puts a picture onto the clipboard, as a program does that copies one. */
async function copyPicture(page: Page): Promise<void> {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate(
		async (bytes) => {
			const blob = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
			await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
		},
		[...picture.buffer]
	);
}

/** What the user says in a body, a list of blocks for each message. */
function saidByUser(body: string | undefined): unknown[][] {
	const { messages } = JSON.parse(body ?? '') as {
		messages: { role: string; content: unknown[] }[];
	};
	return messages.filter(({ role }) => role === 'user').map(({ content }) => content);
}

// The same on the other APIs is in src/lib/state/attachments.test.ts.
test('Two turns about images go out by keyboard alone, one picked and one pasted', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await message(page).fill('');
	await page.getByRole('button', { name: 'Attach' }).waitFor();
	await message(page).press('Tab');
	const choosing = page.waitForEvent('filechooser');
	await page.keyboard.press('Enter');
	await (await choosing).setFiles(picture);
	await expect(attached(page)).toContainText('red.png');
	await expect(attached(page)).toContainText('png · 30×20');
	await expect(message(page)).toBeFocused();
	await page.keyboard.type('What is it?');
	await page.keyboard.press('Enter');
	await ended(page);
	const first = [{ image: { format: 'png', source: { bytes: png } } }, { text: 'What is it?' }];
	expect(saidByUser(bedrock.received.at(-1)?.body)).toEqual([first]);
	await expect(attached(page)).toHaveCount(0);
	// Drawn, so the policy lets it be.
	const shown = page.getByRole('log').getByRole('img', { name: 'red.png' });
	await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(30);

	await copyPicture(page);
	await page.keyboard.press('ControlOrMeta+V');
	await expect(attached(page)).toContainText('png · 30×20');
	await page.keyboard.type('And this one?');
	await page.keyboard.press('Enter');
	await expect(page.getByTestId('metrics')).toHaveCount(2);
	await ended(page);
	const turns = saidByUser(bedrock.received.at(-1)?.body);
	expect(turns.slice(0, -1)).toEqual([first]);
	const [pasted, ...words] = turns.at(-1) ?? [];
	expect(words).toEqual([{ text: 'And this one?' }]);
	// Browsers write a picture anew when it is copied.
	expect(JSON.stringify(pasted)).toContain('iVBORw0KGgoAAAANSUhEUgAAAB4AAAAU');
	expect(pasted).toMatchObject({ image: { format: 'png', source: {} } });
});

test('Files are dropped and pasted, told by their bytes, kept over a reload, removed and saved', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await page.getByRole('button', { name: 'Attach' }).waitFor();
	const bmp = { ...picture, name: 'a.png', buffer: Buffer.from('BM6\0\0\0\0\0\0\0') };
	await give(page, 'drop', report, bmp);
	await expect(attached(page)).toContainText('Report.pdf');
	await expect(page.getByRole('alert')).toContainText('By its bytes a.png is image/bmp');
	await give(page, 'paste', picture);
	await expect(attached(page).getByRole('listitem')).toHaveCount(2);

	// A text that is long stays one until it is wanted as a file.
	const long = 'a line of a log\n'.repeat(300);
	await message(page).fill('Compare them. ');
	await page.evaluate((text) => navigator.clipboard.writeText(text), long).catch(() => undefined);
	await message(page).evaluate((field: HTMLTextAreaElement, text) => {
		const clipboardData = new DataTransfer();
		clipboardData.setData('text/plain', text);
		field.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, clipboardData }));
		field.setRangeText(text, field.value.length, field.value.length, 'end');
		field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	}, long);
	await page.getByRole('button', { name: 'Attach as a text file' }).click();
	await expect(attached(page)).toContainText('Pasted text.txt');
	await expect(message(page)).toHaveValue('Compare them. ');

	await page.getByRole('button', { name: 'Remove red.png' }).press('Enter');
	await expect(attached(page)).not.toContainText('red.png');
	await expect(message(page)).toBeFocused();
	await page.reload();
	await expect(attached(page)).toContainText('pdf · 14 B');
	await expect(attached(page)).toContainText('txt · 4.8 kB');

	await sendButton(page).click();
	await ended(page);
	const { messages } = JSON.parse(bedrock.received.at(-1)?.body ?? '') as {
		messages: { content: unknown[] }[];
	};
	const base64 = (text: string) => Buffer.from(text).toString('base64');
	expect(messages[0]?.content).toEqual([
		{
			document: { format: 'pdf', name: 'Report pdf', source: { bytes: base64('%PDF-1.7\n%%EOF') } }
		},
		{ document: { format: 'txt', name: 'Pasted text txt', source: { bytes: base64(long) } } },
		{ text: 'Compare them. ' }
	]);
	const saving = page.waitForEvent('download');
	await page.getByRole('log').getByRole('button', { name: 'Download Report.pdf' }).click();
	expect((await saving).suggestedFilename()).toBe('Report.pdf');
});

test('An image that is too wide is scaled down by the button of its warning', async ({
	page,
	url
}) => {
	await open(page, url);
	await page.getByRole('button', { name: 'Attach' }).waitFor();
	const bytes = await page.evaluate(async () => {
		const canvas = new OffscreenCanvas(8200, 10);
		canvas.getContext('2d')?.fillRect(0, 0, 8200, 10);
		return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
	});
	await give(page, 'drop', { ...picture, buffer: Buffer.from(bytes) });
	await expect(attached(page)).toContainText('8200×10');
	await page.getByRole('button', { name: 'Scale it down' }).click();
	await expect(attached(page)).toContainText('8000×10');
	await expect(page.getByTestId('warnings')).toHaveCount(0);
});
