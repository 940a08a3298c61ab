import type { Locator, Page } from 'playwright/test';
import { faults } from '../../src/lib/simulator/faults.ts';
import type { Fault } from '../../src/lib/simulator/faults.ts';
import { begin, broken, finish, prompt, unread, usual } from '../fault-words.ts';
import type { ApiName } from '../fault-words.ts';
import { chooseApi, chooseModel, expect, open, send, sharedTest as test } from './test.ts';
import { ask, ended, lastAnswer, lastText, setStream, stopButton } from './transcript.ts';

const tabs = {
	converse: 'Converse',
	'chat-completions': 'Chat Completions',
	responses: 'Responses'
} as const;

/**
 * Chromium itself sends a request again, on a connection of its own, when one that was used before is closed before
 * any answer, and when the answer on it is a 408.
 */
const repeatedByChromium = ['unreachable', 'model-timeout'];

/** Waits until a row's answer has come to its end, and expects it to be shown as what it is. */
async function expectShown(page: Page, fault: Fault, api: ApiName): Promise<void> {
	if (fault.end === 'stopped') {
		await expect(lastText(page)).toContainText(begin);
		await stopButton(page).click();
	}
	await ended(page);
	const answer = lastAnswer(page);
	switch (fault.end) {
		case 'http-error':
		case 'error-in-200':
		case 'stream-error':
		case 'not-an-answer':
			return expectCard(page, answer.getByTestId('error-card'), fault);
		case 'unreachable':
			return expectUnreachable(page, answer.getByTestId('error-card'), fault);
		case 'cut-short':
			await expectEnding(answer, /^\s*Cut short\./);
			if (fault.midFrame !== undefined) {
				await expectEnding(answer, fault.midFrame ? /inside event \d/ : /before the answer’s end/);
			}
			return;
		case 'bad-frame':
			return expectEnding(answer, new RegExp(broken[fault.code ?? 'crc']));
		case 'stopped':
			return expectEnding(answer, /^\s*Stopped by you after \d+ event/);
		case 'finished':
			return expectFinished(page, fault, api);
	}
}

async function expectEnding(answer: Locator, words: RegExp): Promise<void> {
	await expect(answer.getByTestId('ending')).toHaveText(words);
	await expect(answer.getByTestId('error-card')).toHaveCount(0);
}

async function expectCard(page: Page, card: Locator, fault: Fault): Promise<void> {
	const silent = fault.name === 'broken-json' ? 'This answer st' : '(no words, only the status)';
	await expect(card.getByTestId('service-said')).toContainText(fault.words ?? silent);
	await expect(
		card.getByRole('button', { name: /resend|Try again|Replace|Choose/ })
	).not.toHaveCount(0);
	// What came before an error in a stream is kept.
	const isLate = fault.end === 'stream-error' && fault.name !== 'exception-first';
	if (isLate) await expect(lastText(page)).toContainText(begin);
	else await expect(lastText(page)).toHaveCount(0);
}

async function expectUnreachable(page: Page, card: Locator, { name }: Fault): Promise<void> {
	await expect(card.getByRole('heading')).toHaveText(
		/^The browser could not reach bedrock-(runtime|mantle)\.us-west-2\./
	);
	await expect(card).toContainText(unread[name] ?? /^$/);
	await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue(prompt);
}

async function expectFinished(page: Page, fault: Fault, api: ApiName): Promise<void> {
	const answer = lastAnswer(page);
	await expect(answer.getByTestId('error-card')).toHaveCount(0);
	await expect(answer.getByTestId('ending')).toHaveCount(0);
	await expect(answer.getByTestId('metrics')).toContainText(usual[api]);
	await expect(lastText(page)).toContainText(fault.words ?? finish);
	const refusals = answer.getByText('Refusal', { exact: true });
	await expect(refusals).toHaveCount(fault.name === 'refusal' ? 1 : 0);
}

/** Status that each POST was answered with, as the browser saw it. */
async function sendAndRead(page: Page, fault: Fault): Promise<number | undefined> {
	const isRead = fault.end === 'http-error' || fault.end === 'error-in-200';
	const answered = isRead
		? page.waitForResponse((response) => response.request().method() === 'POST')
		: undefined;
	await send(page, prompt);
	return (await answered)?.status();
}

/** One row of each outcome and of each way that a connection ends; tests/faults.test.ts holds every fault on every API. */
const rows: readonly [name: string, api: ApiName, how: 'streamed' | 'not streamed'][] = [
	['wrong-region', 'chat-completions', 'streamed'],
	['model-timeout', 'responses', 'streamed'],
	['unknown-operation', 'responses', 'not streamed'],
	['broken-json', 'chat-completions', 'not streamed'],
	['unreachable', 'converse', 'streamed'],
	['no-cors', 'chat-completions', 'not streamed'],
	['redirect', 'responses', 'streamed'],
	['truncated', 'chat-completions', 'streamed'],
	['cut-in-frame', 'responses', 'streamed'],
	['reset', 'converse', 'streamed'],
	['bad-payload', 'converse', 'streamed'],
	['exception', 'converse', 'streamed'],
	['stall', 'responses', 'streamed'],
	['byte-by-byte', 'converse', 'streamed'],
	['wrong-content-type', 'converse', 'streamed'],
	['refusal', 'chat-completions', 'streamed']
];

function findFault(wanted: string): Fault {
	const found = faults.find(({ name }) => name === wanted);
	if (found === undefined) throw new Error(`no fault ${wanted}`);
	return found;
}

for (const [name, api, how] of rows) {
	const fault = findFault(name);
	test(`fault.${name} on ${tabs[api]}, ${how}, is shown as ${fault.end}: ${fault.about}`, async ({
		shared,
		url,
		bedrock
	}) => {
		const { page } = await shared.open();
		// What the page says of a host that can't be read depends on whether it has read it before.
		if (fault.end === 'unreachable') await open(page, url);
		await chooseApi(page, tabs[api]);
		await chooseModel(page, `fault.${name}`);
		await page.getByRole('button', { name: 'New conversation' }).click();
		await setStream(page, how === 'streamed');
		const status = await sendAndRead(page, fault);
		await expectShown(page, fault, api);
		if (status !== undefined) {
			await expect(lastAnswer(page).getByTestId('error-card')).toContainText(`${status}`);
		}
		const posts = bedrock.received.filter(({ method }) => method === 'POST');
		if (!repeatedByChromium.includes(name)) expect(posts).toHaveLength(1);
	});
}

test('of a host that has answered before, the page says that the connection most likely closed', async ({
	shared
}) => {
	const { page } = await shared.open();
	await chooseApi(page, 'Converse');
	await chooseModel(page, 'fault.throttled');
	await page.getByRole('button', { name: 'New conversation' }).click();
	await ask(page, prompt);
	await chooseModel(page, 'fault.unreachable');
	await ask(page, prompt);
	const card = lastAnswer(page).getByTestId('error-card');
	await expect(card.getByRole('heading')).toHaveText(
		/^bedrock-runtime\.us-west-2\.\S+ gave no answer this time$/
	);
	await expect(card).toContainText('it may be billed though no answer came');
});

test('every way to end has a row here', () => {
	const shown = new Set(rows.map(([name]) => findFault(name).end));
	expect(shown).toEqual(new Set(faults.map(({ end }) => end)));
});
