import type { Page } from 'playwright/test';
import { mantle, places, runtime } from '../places.ts';
import type { Place } from '../places.ts';
import type { Received } from './servers.ts';
import { chooseApi, chooseModel, expect, open, send, sharedTest, storedKey, test } from './test.ts';
import {
	ask,
	ended,
	figures,
	lastAnswer,
	lastText,
	openReasoning,
	requestBody,
	setStream,
	shownBody,
	stopButton
} from './transcript.ts';

/** One place of each API; tests/runs.test.ts holds all of them. */
const each = places.filter(({ api }, at) => places.findIndex((place) => place.api === api) === at);

const modes = [true, false].map((streamed) => ({
	streamed,
	how: streamed ? 'streamed' : 'not streamed'
}));

/** Headers that the browser adds by itself, beside those the page asks for. */
const byBrowser =
	/^(host|connection|content-length|user-agent|origin|accept-(encoding|language)|(cache-control|pragma)|sec-.+|priority)$/;

/** Begins a conversation in the shared page. */
async function begin(page: Page, { api, model }: Pick<Place, 'api' | 'model'>, streamed: boolean) {
	await chooseApi(page, api);
	await page.getByRole('button', { name: 'New conversation' }).click();
	await chooseModel(page, model);
	await setStream(page, streamed);
}

/** The headers that are the page's own. */
function ownHeaders({ headers }: Received): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => !byBrowser.test(name)));
}

for (const place of each) {
	const { api, on, model, thinks, reason } = place;
	for (const { streamed, how } of modes) {
		sharedTest(`${api} on ${on} answers, ${how}: ${model}`, async ({ shared, bedrock }) => {
			const { page, key } = await shared.open();
			await begin(page, place, streamed);
			await page.getByRole('textbox', { name: 'Message' }).fill('Hello!');
			await page.getByRole('tab', { name: 'Body' }).click();
			const body = requestBody(page);
			// The body is built once typing pauses.
			await expect(body).toContainText('Hello!');
			const shown = await shownBody(page);
			await ask(page, 'Hello!');

			const [sent, ...more] = bedrock.received;
			expect(more).toEqual([]);
			expect(sent?.method).toBe('POST');
			expect(sent?.url).toBe(place.url(streamed));
			expect(sent?.body).toBe(shown);
			expect(JSON.parse(shown)).toEqual(place.body(streamed));
			expect(sent && ownHeaders(sent)).toEqual({
				authorization: `Bearer ${key}`,
				'content-type': 'application/json',
				accept: api === 'Converse' && streamed ? 'application/vnd.amazon.eventstream' : '*/*'
			});
			expect(
				JSON.stringify({ ...sent, headers: { ...sent?.headers, authorization: '' } })
			).not.toContain(key.slice(-40));

			await expect(page.getByText(/^\s*Sent at \d\d:\d\d/)).toBeVisible();
			await expect(page.getByText('sent exactly as it stands')).toBeVisible();
			expect(await shownBody(page)).toBe(sent?.body);

			await expect(lastText(page)).toHaveText('Hello! How can I help you today?');
			if (thinks) {
				const thinking = await openReasoning(page);
				await expect(thinking).toHaveText('Just a greeting. Respond politely.');
			} else await expect(lastAnswer(page).getByText('Thinking')).toHaveCount(0);
			await expect(lastAnswer(page)).toContainText(reason);
			await expect(lastAnswer(page).getByTestId('ending')).toHaveCount(0);
			// Chat reports no usage in a stream unless it is asked to, Converse no share of the reasoning.
			const isUnreported = api === 'Chat Completions' && streamed;
			const { TTFT, total, speed, ...counted } = await figures(page);
			expect(counted).toEqual({
				status: '200',
				...(!isUnreported && { in: '20', out: api === 'Converse' ? '16' : '16 reasoning 7' })
			});
			expect(TTFT).toMatch(/^[\d.]+ m?s$/);
			expect(total).toMatch(/^[\d.]+ m?s$/);
			expect(speed === undefined || /^[\d.]+ tok\/s$/.test(speed)).toBe(true);
			await expect(lastAnswer(page).getByText('usage not reported')).toHaveCount(
				isUnreported ? 1 : 0
			);
			await expect(page.getByRole('status')).toHaveText(
				isUnreported ? 'Response complete' : 'Response complete, 16 tokens'
			);
		});
	}
}

sharedTest(
	'a run that fails shows the service’s words, and is tried again by hand only',
	async ({ shared, bedrock }) => {
		const { page } = await shared.open();
		await begin(page, { api: 'Chat Completions', model: 'fault.throttled' }, false);
		await ask(page, 'Hello!');
		const card = lastAnswer(page).getByTestId('error-card');
		await expect(card.getByRole('heading')).toHaveText('Too many requests');
		await expect(card.getByTestId('service-said')).toHaveText(
			'Too many requests, please wait before trying again.'
		);
		await expect(lastText(page)).toHaveCount(0);
		expect(await figures(page)).toMatchObject({ status: '429' });
		await expect(page.getByRole('status')).toHaveText('Error: The service answered 429');
		expect(bedrock.received).toHaveLength(1);

		await card.getByRole('button', { name: 'Try again' }).click();
		await expect.poll(() => bedrock.received.length).toBe(2);
		await ended(page);
		expect(bedrock.received[1]?.body).toBe(bedrock.received[0]?.body);
		await expect(card).toHaveCount(1);
	}
);

sharedTest(
	'streamed text is there while the stream goes on, and stays when it is stopped',
	async ({ shared, bedrock }) => {
		const { page } = await shared.open();
		await begin(page, { api: 'Converse', model: 'fault.stall' }, true);
		await send(page, 'What happens between pressing Send and the first token?');
		// The stream falls silent in its middle and stays open.
		await expect(lastText(page)).toContainText('The Body tab shows its exact bytes.');
		await expect(stopButton(page)).toBeVisible();
		await expect(lastAnswer(page).getByTestId('metrics')).toContainText('elapsed');
		await expect(lastAnswer(page).getByTestId('metrics')).toContainText('TTFT');
		await expect(page.getByRole('status')).toHaveText('Response started');
		await expect(lastAnswer(page).getByTestId('ending')).toHaveCount(0);
		await stopButton(page).click();
		await ended(page);
		await expect(lastAnswer(page).getByTestId('ending')).toContainText(/Stopped by you after \d+ /);
		await expect(lastText(page)).toContainText('The Body tab shows its exact bytes.');
		await expect(lastText(page)).not.toContainText('only when the stream itself said so');
		expect(Object.keys(await figures(page))).toEqual(['TTFT', 'total', 'status']);
		await expect(page.getByRole('status')).toHaveText('Stopped');
		expect(bedrock.received).toHaveLength(1);
	}
);

sharedTest('Stop ends the waiting for a whole answer', async ({ shared, bedrock }) => {
	const { page } = await shared.open();
	await begin(page, { api: 'Responses', model: 'openai.gpt-oss-120b' }, false);
	await send(page, 'Write 50000 words.');
	await expect(lastAnswer(page)).toContainText('Waiting for bedrock-mantle.us-west-2.');
	await expect.poll(() => bedrock.received.length).toBe(1);
	await stopButton(page).click();
	await ended(page);
	await expect(lastAnswer(page).getByTestId('ending')).toHaveText(/Stopped by you after 0 events/);
	await expect(lastText(page)).toHaveCount(0);
	expect(Object.keys(await figures(page))).toEqual(['total']);
	expect(bedrock.received).toHaveLength(1);
});

sharedTest('half a body that is not streamed is no answer', async ({ shared, bedrock }) => {
	const { page } = await shared.open();
	const content = [{ text: 'Half of this is lost.' }];
	const body = { output: { message: { role: 'assistant', content } }, stopReason: 'end_turn' };
	await begin(page, { api: 'Converse', model: 'any.model' }, false);
	const after = page.waitForResponse(
		(response) => response.url().endsWith('/converse') && response.request().method() === 'POST'
	);
	bedrock.given.push({ status: 200, body: JSON.stringify(body), breaks: { at: 60, after } });
	await ask(page, 'Hello!');
	await expect(lastAnswer(page).getByTestId('ending')).toHaveText(
		// A browser may drop what had come when the connection broke.
		/Cut short\. The connection closed (inside event 1|after event 0, before the answer’s end)\./
	);
	await expect(lastText(page)).toHaveCount(0);
	expect(await figures(page)).toMatchObject({ status: '200' });
	expect(bedrock.received).toHaveLength(1);
});

test('the demo is marked Simulated, and nothing goes to the network', async ({
	page,
	url,
	bedrock
}) => {
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await open(page, url);
	for (const { api } of each) {
		await chooseApi(page, api);
		await expect(page.getByText('Simulated', { exact: true }), api).toBeVisible();
		await expect(page.getByTestId('send-hint'), api).toHaveText(
			'Simulated: Send does not use the network until you add a key.'
		);
		await ask(page, 'Hello!');
		await expect(lastAnswer(page).getByTestId('error-card'), api).toHaveCount(0);
		await expect(lastText(page), api).not.toBeEmpty();
		await expect(page.getByText('Simulated', { exact: true }).first(), api).toBeVisible();
	}
	expect(asked.filter((one) => !one.startsWith(url))).toEqual([]);
	expect(bedrock.received).toEqual([]);
});

test('usage in a stream, a guardrail and the endpoint are set in the Settings of Chat Completions', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, 'Chat Completions');
	await chooseModel(page, 'nvidia.nemotron-nano-9b-v2');
	await page.getByRole('tab', { name: 'Settings' }).click();
	await test.step('mantle does not heed a guardrail, so none is offered there', async () => {
		await expect(page.getByRole('combobox', { name: 'Endpoint' })).toHaveValue('mantle');
		await expect(page.getByRole('switch', { name: 'Send temperature' })).toBeVisible();
		await expect(page.getByRole('switch', { name: /Guardrail/ })).toHaveCount(0);
	});
	await test.step('usage is reported where it is asked for', async () => {
		await page.getByRole('switch', { name: 'Send stream_options.include_usage' }).click();
		await ask(page, 'Hello!');
		expect(JSON.parse(bedrock.received[0]?.body ?? '')).toMatchObject({
			stream: true,
			stream_options: { include_usage: true }
		});
		expect(bedrock.received[0]?.url).toBe(`${mantle}/v1/chat/completions`);
		expect(await figures(page)).toMatchObject({ in: '20', out: '9' });
	});
	await test.step('the guardrail of the runtime is sent in headers, and its answer is called refused', async () => {
		await page.getByRole('combobox', { name: 'Endpoint' }).selectOption('runtime');
		await expect(page.getByRole('textbox', { name: 'Request URL' })).toHaveText(
			'bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions'
		);
		await page.getByRole('switch', { name: 'Send X-Amzn-Bedrock-Guardrail…' }).click();
		await page.getByLabel('X-Amzn-Bedrock-GuardrailIdentifier').fill('GR12345');
		await page.getByLabel('X-Amzn-Bedrock-GuardrailVersion').fill('DRAFT');
		await page
			.getByRole('combobox', { name: 'X-Amzn-Bedrock-Trace' })
			.selectOption({ label: 'ENABLED' });
		await ask(page, 'What is the weather like today? blockme');
		const [, sent] = bedrock.received;
		expect(sent?.url).toBe(`${runtime}/openai/v1/chat/completions`);
		expect(sent?.headers).toMatchObject({
			'x-amzn-bedrock-guardrailidentifier': 'GR12345',
			'x-amzn-bedrock-guardrailversion': 'DRAFT',
			'x-amzn-bedrock-trace': 'ENABLED'
		});
		expect(sent?.body).not.toContain('GR12345');
		await expect(lastText(page)).toHaveText('Sorry, the model cannot answer this question.');
		await expect(lastAnswer(page).getByTestId('ending')).toHaveText(
			/Refused guardrail_intervened A guardrail replaced or blocked the answer\./
		);
	});
});
