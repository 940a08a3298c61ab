import type { Locator, Page } from 'playwright/test';
import { faults } from '../../src/lib/simulator/faults.ts';
import type { Fault } from '../../src/lib/simulator/faults.ts';
import {
	chooseApi,
	chooseModel,
	expect,
	open,
	pasteKey,
	send,
	test as base,
	watch
} from './test.ts';
import { ended, lastAnswer, lastText, setStream, stopButton } from './transcript.ts';

type ApiName = Fault['apis'][number];

/** One page for all rows of a worker: every row begins a conversation of its own. */
const test = base.extend<object, { bench: { page: Page; violations: string[] } }>({
	bench: [
		async ({ browser, site }, use) => {
			const context = await browser.newContext({ ignoreHTTPSErrors: true });
			const violations = watch(context);
			const page = await context.newPage();
			await open(page, site.url);
			await pasteKey(page);
			await use({ page, violations });
			await context.close();
		},
		{ scope: 'worker' }
	],
	guarded: async ({ bench, bedrock }, use) => {
		bedrock.received.length = 0;
		await use(undefined);
		expect(bench.violations.splice(0)).toEqual([]);
	}
});

const tabs = {
	converse: 'Converse',
	'chat-completions': 'Chat Completions',
	responses: 'Responses'
} as const;

const prompt = 'What happens between pressing Send and the first token?';
const begin = 'The request is built.';
const finish = 'only when the stream itself said so.';

/** How each API spells the ends that the page does not call whole. */
const unusual: Readonly<Record<string, { called: string; reason: Record<ApiName, string> }>> = {
	'max-tokens': {
		called: 'Incomplete',
		reason: {
			converse: 'max_tokens',
			'chat-completions': 'length',
			responses: 'max_output_tokens'
		}
	},
	'content-filter': {
		called: 'Refused',
		reason: {
			converse: 'content_filtered',
			'chat-completions': 'content_filter',
			responses: 'content_filter'
		}
	},
	guardrail: {
		called: 'Refused',
		reason: {
			converse: 'guardrail_intervened',
			'chat-completions': 'guardrail_intervened',
			responses: ''
		}
	},
	empty: {
		called: 'The answer is empty.',
		reason: { converse: 'end_turn', 'chat-completions': 'stop', responses: 'completed' }
	}
};

const usual = { converse: 'end_turn', 'chat-completions': 'stop', responses: 'completed' } as const;

/** What the page says of bytes that are not what they claim to be. */
const broken = {
	crc: 'Broken checksum',
	'too-large': 'A frame beyond the size limit',
	'bad-length': 'A frame with an impossible length',
	'bad-header': 'A frame with an unknown header',
	'not-a-stream': 'The bytes are not an event stream'
} as const;

/** Why no answer could be read, as far as the browser lets the page know. */
const unread: Readonly<Record<string, RegExp>> = {
	// The host itself answers the probe, so it is the one answer that was withheld.
	unreachable: /The host is up, but the browser withheld its answer/,
	'no-cors': /The host is up, but the browser withheld its answer/,
	redirect: /It answered with a redirect\. Redirects are not followed/
};

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
	const end = unusual[fault.name];
	await expect(answer.getByTestId('error-card')).toHaveCount(0);
	if (end !== undefined) {
		await expectEnding(answer, new RegExp(end.called));
		await expectEnding(answer, new RegExp(end.reason[api]));
	} else {
		await expect(answer.getByTestId('ending')).toHaveCount(0);
		await expect(answer.getByTestId('metrics')).toContainText(usual[api]);
	}
	if (fault.words !== undefined) await expect(lastText(page)).toContainText(fault.words);
	else if (end === undefined) await expect(lastText(page)).toContainText(finish);
	const refusals = answer.getByText('Refusal', { exact: true });
	await expect(refusals).toHaveCount(fault.name === 'refusal' ? 1 : 0);
	if (fault.name === 'no-usage') await expect(answer).toContainText('usage not reported');
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

for (const fault of faults) {
	for (const api of fault.apis) {
		test(`fault.${fault.name} on ${tabs[api]} is shown as ${fault.end}: ${fault.about}`, async ({
			bench: { page },
			bedrock
		}) => {
			await chooseApi(page, tabs[api]);
			await chooseModel(page, `fault.${fault.name}`);
			for (const streamed of fault.streamed ? [true] : [true, false]) {
				await test.step(streamed ? 'streamed' : 'not streamed', async () => {
					bedrock.received.length = 0;
					await page.getByRole('button', { name: 'New conversation' }).click();
					await setStream(page, streamed);
					const status = await sendAndRead(page, fault);
					await expectShown(page, fault, api);
					if (status !== undefined) {
						await expect(lastAnswer(page).getByTestId('error-card')).toContainText(`${status}`);
					}
					const posts = bedrock.received.filter(({ method }) => method === 'POST');
					if (!repeatedByChromium.includes(fault.name)) expect(posts).toHaveLength(1);
				});
			}
		});
	}
}

test('every fault has a row on each of its APIs, and there are more than 25', () => {
	expect(faults.length).toBeGreaterThan(25);
	expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
	expect(faults.every(({ apis }) => apis.length > 0)).toBe(true);
});
