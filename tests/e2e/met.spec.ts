import type { Locator, Page } from 'playwright/test';
import type { Given } from './servers.ts';
import { chooseApi, expect, open, send, sendButton, sharedTest, storedKey, test } from './test.ts';
import { ask, ended, lastAnswer, lastText, setStream } from './transcript.ts';

// What people met with other services, as it is seen: each row is answered with a body as it was recorded or reported.

const sse = (...events: object[]): Given => ({
	status: 200,
	contentType: 'text/event-stream',
	body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
});
const whole = (body: object | string): Given => ({
	status: 200,
	body: typeof body === 'string' ? body : JSON.stringify(body)
});
const chunk = (content: string, rest: object = {}) => ({
	choices: [{ index: 0, delta: { content }, ...rest }]
});
const stop = { finish_reason: 'stop' };
const message = (text: string) => ({ type: 'message', content: [{ type: 'output_text', text }] });
const completed = (response: object) => ({ type: 'response.completed', response });
const converse = (content: object[], rest: object = {}) =>
	whole({ output: { message: { role: 'assistant', content } }, stopReason: 'end_turn', ...rest });
const assessments = { g1: { wordPolicy: { customWords: [{ match: 'rude', action: 'BLOCKED' }] } } };

interface Row {
	name: string;
	api: 'Converse' | 'Chat Completions' | 'Responses';
	/** Streamed answers are asked for where it is one. */
	given: Given;
	/** The text of the answer; undefined where there is none. */
	text?: string;
	see: (answer: Locator, page: Page) => Promise<unknown>;
}

const rows: readonly Row[] = [
	{
		name: 'an empty reason to end is none: the answer is cut short',
		api: 'Chat Completions',
		given: sse(chunk('Half'), chunk('', { finish_reason: '' })),
		text: 'Half',
		see: (answer) => expect(answer.getByTestId('ending')).toContainText('Cut short.')
	},
	{
		name: 'completed with incomplete inside is incomplete',
		api: 'Responses',
		given: sse(
			completed({
				...{ id: 'resp_1', status: 'incomplete', output: [message('Half')] },
				incomplete_details: { reason: 'max_output_tokens' }
			})
		),
		text: 'Half',
		see: (answer) => expect(answer.getByTestId('ending')).toContainText('Incomplete')
	},
	{
		name: 'an error in a choice is an error, and its words are shown',
		api: 'Chat Completions',
		given: sse(chunk('Half', { error: { message: 'No room left', code: 'overloaded' } })),
		text: 'Half',
		see: (answer) => expect(answer.getByTestId('service-said')).toContainText('No room left')
	},
	{
		name: 'a stream that calls itself plain text and ends without a blank line',
		api: 'Chat Completions',
		given: {
			...{ status: 200, contentType: 'text/plain' },
			body: `${sse(chunk('Plain', stop)).body}data: [DONE]`
		},
		text: 'Plain',
		see: expectNothingWrong
	},
	{
		name: 'a text that comes only at the end, and its response can be continued',
		api: 'Responses',
		given: sse(completed({ id: 'resp_2', status: 'completed', output: [message('Late')] })),
		text: 'Late',
		see: async (answer, page) => {
			await expectNothingWrong(answer);
			await expect(page.getByRole('main')).toContainText('Continues');
		}
	},
	{
		name: 'a second choice stands beside the first, told by its index',
		api: 'Chat Completions',
		given: sse(
			{ choices: [{ index: 1, delta: { content: 'second' }, finish_reason: 'stop' }] },
			chunk('first', stop)
		),
		text: 'first',
		see: async (answer, page) => {
			await answer.getByRole('button', { name: 'Next version' }).click();
			await expect(lastText(page)).toHaveText('second');
		}
	},
	{
		name: 'a leading tag that is closed is thinking',
		api: 'Chat Completions',
		given: sse(chunk('<think>Plan'), chunk('</think>Answer', stop)),
		text: 'Answer',
		see: (answer) => expect(answer.locator('summary', { hasText: 'Thinking' })).toBeVisible()
	},
	{
		name: 'a leading tag that prose goes on about is text',
		api: 'Chat Completions',
		given: sse(chunk('<thinking> is an HTML-like tag', stop)),
		text: '<thinking> is an HTML-like tag',
		see: expectNothingWrong
	},
	{
		name: 'cited words are part of the text, with the source under them',
		api: 'Converse',
		given: converse([
			{
				citationsContent: {
					content: [{ text: 'Water boils.' }],
					citations: [{ title: 'Steam', location: { web: { url: 'https://a.example/b' } } }]
				}
			}
		]),
		text: 'Water boils.',
		see: (answer) =>
			expect(answer.getByTestId('sources').getByRole('link', { name: 'Steam' })).toHaveAttribute(
				'href',
				'https://a.example/b'
			)
	},
	{
		name: 'numbers of a tool call keep their digits',
		api: 'Converse',
		given: whole(
			'{"output":{"message":{"content":[{"toolUse":{"toolUseId":"t","name":"n","input":{"id":9007199254740993,"x":1.0}}}]}},"stopReason":"tool_use"}'
		),
		see: (answer) =>
			expect(answer.getByTestId('tool-call')).toContainText(/"id": ?9007199254740993,\s*"x": ?1\.0/)
	},
	{
		name: 'what a guardrail did, and the tier that served, are in Details',
		api: 'Converse',
		given: converse([{ text: 'Masked' }], {
			trace: { guardrail: { inputAssessment: assessments } },
			serviceTier: { type: 'flex' }
		}),
		text: 'Masked',
		see: async (answer) => {
			const details = answer.getByTestId('details');
			await details.locator('summary').click();
			await expect(details.getByRole('list', { name: 'What the guardrail did' })).toContainText(
				'rude'
			);
			await expect(details).toContainText('serviceTier');
		}
	},
	{
		name: 'an answer of nothing but white space is empty',
		api: 'Chat Completions',
		given: sse(chunk(' \n', stop)),
		see: (answer) => expect(answer).toContainText('The answer is empty.')
	},
	{
		name: 'a text after the end is kept and noted, and the answer stays finished',
		api: 'Chat Completions',
		given: sse(chunk('Whole', stop), chunk(' and more')),
		text: 'Whole and more',
		see: async (answer) => {
			await expect(answer.getByTestId('note')).toContainText('went on after it had ended');
			await expect(answer.getByTestId('error-card')).toHaveCount(0);
		}
	},
	{
		name: 'a response that is still queued says so and blames no proxy',
		api: 'Responses',
		// Without an id it can't be followed, as one in the background is.
		given: whole({ status: 'queued', output: [] }),
		see: (answer) => expect(answer.getByTestId('ending')).toContainText('queued on the service')
	}
];

async function expectNothingWrong(answer: Locator): Promise<void> {
	await expect(answer.getByTestId('ending')).toHaveCount(0);
	await expect(answer.getByTestId('error-card')).toHaveCount(0);
}

for (const { name, api, given, text, see } of rows) {
	sharedTest(`Met with other services: ${name}`, async ({ shared, bedrock }) => {
		const { page } = await shared.open();
		await page.getByRole('button', { name: 'New conversation' }).click();
		await chooseApi(page, api);
		await page.getByRole('button', { name: 'New conversation' }).click();
		await setStream(page, given.contentType !== undefined);
		bedrock.given.push(given);
		await send(page, name);
		await ended(page);
		if (text !== undefined) await expect(lastText(page)).toHaveText(text);
		await see(lastAnswer(page), page);
	});
}

test('A message is put before another with the keyboard, in a branch of its own', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await ask(page, 'second');
	const log = page.getByRole('log');
	await log.getByRole('article').first().getByRole('button', { name: 'More' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('menuitem', { name: 'Insert before' }).focus();
	await page.keyboard.press('Enter');
	const field = page.getByRole('textbox', { name: 'Edit message' });
	await expect(field).toBeFocused();
	await page.keyboard.type('first');
	await page.getByRole('button', { name: 'Save', exact: true }).focus();
	await page.keyboard.press('Enter');
	await expect(field).toHaveCount(0);
	await expect(log.getByRole('article')).toHaveCount(3);
	await expect(log.getByRole('article').first()).toContainText('first');
	bedrock.received.length = 0;
	await ask(page, 'third');
	const { messages } = JSON.parse(bedrock.received.at(-1)?.body ?? '');
	// Converse joins neighbours of one role.
	expect(messages[0].content).toEqual([{ text: 'first' }, { text: 'second' }]);
});

test('A run of a row’s list opens the conversation at its own branch', async ({ page, url }) => {
	await open(page, url);
	await ask(page, 'one');
	const first = (await lastText(page).textContent()) ?? '';
	await lastAnswer(page).getByRole('button', { name: 'Regenerate' }).click();
	await expect(lastAnswer(page).getByRole('group', { name: 'Versions' })).toContainText('2/2');
	await ended(page);
	await page.getByRole('button', { name: 'New conversation' }).click();
	const history = page.getByRole('navigation', { name: 'History' });
	await history
		.getByRole('button', { name: /^More for/ })
		.first()
		.click();
	await page.getByRole('menuitem', { name: 'Show its runs' }).click();
	const runs = history.getByTestId('runs').getByRole('button');
	await expect(runs).toHaveCount(2);
	await runs.last().click();
	const pager = lastAnswer(page).getByRole('group', { name: 'Versions' });
	const shown = (await pager.textContent())?.includes('1/2') ? 'first' : 'second';
	await history.getByTestId('runs').getByRole('button').first().click();
	await expect(pager).toContainText(shown === 'first' ? '2/2' : '1/2');
	expect(first).not.toBe('');
});

test('Forget everything asks first, and leaves nothing of what was said', async ({ page, url }) => {
	await open(page, url);
	await ask(page, 'one');
	await page.getByRole('button', { name: 'Preferences' }).click();
	await page.getByRole('menuitem', { name: 'Forget everything…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Forget everything?' });
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	const rows = page.getByRole('group', { name: 'Conversations' }).getByRole('listitem');
	await expect(rows).toHaveCount(1);
	await page.getByRole('button', { name: 'Preferences' }).click();
	await page.getByRole('menuitem', { name: 'Forget everything…' }).click();
	const reloaded = page.waitForEvent('load');
	await dialog.getByRole('button', { name: 'Forget everything' }).click();
	await reloaded;
	await page.locator('html[data-ready]').waitFor();
	await expect(page.getByRole('navigation', { name: 'History' })).toContainText('Nothing here yet');
	await expect(page.getByRole('log').getByRole('article')).toHaveCount(0);
});

test('Forced colours tell sliders, switches, tabs, rows and borders apart', async ({
	page,
	url
}) => {
	await page.setViewportSize({ width: 1440, height: 900 });
	await page.emulateMedia({ forcedColors: 'active' });
	await open(page, url);
	await ask(page, 'one');
	await page.getByRole('button', { name: 'New conversation' }).click();
	await ask(page, 'two');
	await page.getByRole('switch', { name: /temperature/ }).click();
	await expect(page.getByRole('slider').first()).toBeVisible();
	const looks = await page.evaluate(
		(send) => {
			const styleOf = (selector: string, element = document.querySelector(selector)) => {
				if (element === null) throw new Error(`There is no ${selector}`);
				return getComputedStyle(element);
			};
			const canvas = styleOf('body').backgroundColor;
			const backs = (on: string, off: string) =>
				[on, off].map((one) => styleOf(one).backgroundColor);
			const { outlineColor, outlineStyle, outlineWidth } = styleOf('Send', send);
			const isOutlined =
				outlineStyle !== 'none' && outlineWidth !== '0px' && outlineColor !== canvas;
			const row = 'nav[aria-label=History] li';
			return {
				pairs: {
					switch: backs('[role=switch][aria-checked=true]', '[role=switch][aria-checked=false]'),
					tab: backs('[role=tab][aria-selected=true]', '[role=tab][aria-selected=false]'),
					row: backs(`${row} [aria-current=true]`, `${row} button:not([aria-current])`)
				},
				edges: {
					button: isOutlined,
					history: styleOf('nav[aria-label=History]').borderRightColor !== canvas
				},
				slider: { look: styleOf('input[type=range]').appearance, canvas }
			};
		},
		await sendButton(page).elementHandle()
	);
	for (const [name, [on, off]] of Object.entries(looks.pairs)) expect(on, name).not.toBe(off);
	expect(looks.edges).toEqual({ button: true, history: true });
	// The browser's own slider, whose track and thumb it draws in the system's colours.
	expect(looks.slider.look).toBe('auto');

	// A button that cannot be pressed, under the pointer, also in the page's own colours.
	await page.getByRole('textbox', { name: 'Message' }).fill('');
	const disabled = sendButton(page);
	await expect(disabled).toBeDisabled();
	for (const forcedColors of ['active', 'none'] as const) {
		await page.emulateMedia({ forcedColors });
		await disabled.hover({ force: true });
		const [color, background] = await disabled.evaluate((element) => {
			const { color, backgroundColor } = getComputedStyle(element);
			return [color, backgroundColor];
		});
		expect(color, forcedColors).not.toBe(background);
	}
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

	test('the time of a history row is in view as a whole, beside a long title and model', async ({
		page,
		url
	}) => {
		await open(page, url);
		await ask(page, `A title as long as ${'many words '.repeat(20)}`);
		await page.getByRole('button', { name: 'History' }).last().click();
		const time = page.getByRole('navigation', { name: 'History' }).locator('time').first();
		await expect(time).toBeInViewport({ ratio: 1 });
		const covered = await time.evaluate((element) => {
			const { left, right, top, bottom } = element.getBoundingClientRect();
			const row = element.closest('li');
			return [left + 1, right - 1].filter((x) => {
				const hit = document.elementFromPoint(x, (top + bottom) / 2);
				return hit === null || !row?.contains(hit) || hit.closest('.more') !== null;
			});
		});
		expect(covered).toEqual([]);
	});
});
