import type { Page } from 'playwright/test';
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

const runtime = 'https://bedrock-runtime.us-west-2.amazonaws.com';
const mantle = 'https://bedrock-mantle.us-west-2.api.aws';
const first = 'Answer for a developer. Be exact and short.';

type ApiName = Parameters<typeof chooseApi>[1];

/** A place that answers, and what a short talk with it looks like on the wire and on the page. */
interface Place {
	api: ApiName;
	on: 'runtime' | 'mantle';
	model: string;
	url: (streamed: boolean) => string;
	body: (streamed: boolean) => object;
	reason: string;
	/** Whether the reasoning is shown, or only counted. */
	thinks: boolean;
}

function newChat(
	on: Place['on'],
	model: string,
	url: string
): Omit<Place, 'reason' | 'thinks' | 'api'> {
	const messages = [
		{ role: 'system', content: first },
		{ role: 'user', content: 'Hello!' }
	];
	const body = (streamed: boolean) => ({ model, messages, ...(streamed && { stream: true }) });
	return { on, model, url: () => url, body };
}

function newResponses(
	on: Place['on'],
	model: string,
	url: string
): Omit<Place, 'reason' | 'thinks' | 'api'> {
	const input = [{ role: 'user', content: 'Hello!' }];
	const body = (streamed: boolean) => ({
		model,
		instructions: first,
		input,
		...(streamed && { stream: true })
	});
	return { on, model, url: () => url, body };
}

function newConverse(model: string, segment: string): Omit<Place, 'reason' | 'thinks'> {
	const body = {
		messages: [{ role: 'user', content: [{ text: 'Hello!' }] }],
		system: [{ text: first }]
	};
	const url = (streamed: boolean) =>
		`${runtime}/model/${segment}/converse${streamed ? '-stream' : ''}`;
	return { api: 'Converse', on: 'runtime', model, url, body: () => body };
}

const places: readonly Place[] = [
	{
		...newConverse('openai.gpt-oss-120b-1:0', 'openai.gpt-oss-120b-1%3A0'),
		reason: 'end_turn',
		thinks: true
	},
	{
		...newConverse(
			'arn:aws:bedrock:us-west-2::foundation-model/openai.gpt-oss-20b-1:0',
			'arn%3Aaws%3Abedrock%3Aus-west-2%3A%3Afoundation-model%2Fopenai.gpt-oss-20b-1%3A0'
		),
		reason: 'end_turn',
		thinks: true
	},
	{
		api: 'Chat Completions',
		...newChat('runtime', 'openai.gpt-oss-20b-1:0', `${runtime}/openai/v1/chat/completions`),
		reason: 'stop',
		thinks: true
	},
	{
		api: 'Chat Completions',
		...newChat('mantle', 'openai.gpt-oss-120b', `${mantle}/v1/chat/completions`),
		reason: 'stop',
		thinks: true
	},
	{
		api: 'Responses',
		...newResponses('mantle', 'openai.gpt-oss-120b', `${mantle}/v1/responses`),
		reason: 'completed',
		thinks: true
	},
	{
		api: 'Responses',
		...newResponses('mantle', 'openai.gpt-6-luna', `${mantle}/openai/v1/responses`),
		reason: 'completed',
		thinks: false
	},
	{
		api: 'Responses',
		...newResponses('runtime', 'us.openai.gpt-6-luna', `${runtime}/openai/v1/responses`),
		reason: 'completed',
		thinks: false
	}
];

/** One place of each API, where it does not matter which. */
const each: readonly { api: ApiName; on: Place['on'] }[] = [
	{ api: 'Converse', on: 'runtime' },
	{ api: 'Chat Completions', on: 'mantle' },
	{ api: 'Responses', on: 'mantle' }
];

const modes = [true, false].map((streamed) => ({
	streamed,
	how: streamed ? 'streamed' : 'not streamed'
}));

/** Headers that the browser adds by itself, beside those the page asks for. */
const byBrowser =
	/^(host|connection|content-length|user-agent|origin|accept-(encoding|language)|(cache-control|pragma)|sec-.+|priority)$/;

/** Opens a page of the test's own with a key. */
async function start(page: Page, url: string, { api, model }: Pick<Place, 'api' | 'model'>) {
	await storedKey(page, url);
	await open(page, url);
	await chooseApi(page, api);
	await chooseModel(page, model);
}

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

for (const place of places) {
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

for (const { api, on } of each) {
	for (const { streamed, how } of modes) {
		sharedTest(
			`${api} on ${on} fails, ${how}: the service's words, and no second try`,
			async ({ shared, bedrock }) => {
				const { page } = await shared.open();
				await begin(page, { api, model: 'fault.throttled' }, streamed);
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
	}

	sharedTest(
		`${api} on ${on}, streamed: text is there while the stream goes on, and stays when it is stopped`,
		async ({ shared, bedrock }) => {
			const { page } = await shared.open();
			await begin(page, { api, model: 'fault.stall' }, true);
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
			await expect(lastAnswer(page).getByTestId('ending')).toContainText(
				/Stopped by you after \d+ /
			);
			await expect(lastText(page)).toContainText('The Body tab shows its exact bytes.');
			await expect(lastText(page)).not.toContainText('only when the stream itself said so');
			expect(Object.keys(await figures(page))).toEqual(['TTFT', 'total', 'status']);
			await expect(page.getByRole('status')).toHaveText('Stopped');
			expect(bedrock.received).toHaveLength(1);
		}
	);

	sharedTest(
		`${api} on ${on}, not streamed: Stop ends the waiting`,
		async ({ shared, bedrock }) => {
			const { page } = await shared.open();
			const model = { Converse: 'openai.gpt-oss-120b-1:0' }[api as string] ?? 'openai.gpt-oss-120b';
			await begin(page, { api, model }, false);
			await send(page, 'Write 50000 words.');
			await expect(lastAnswer(page)).toContainText(`Waiting for bedrock-${on}.us-west-2.`);
			await expect.poll(() => bedrock.received.length).toBe(1);
			await stopButton(page).click();
			await ended(page);
			await expect(lastAnswer(page).getByTestId('ending')).toHaveText(
				/Stopped by you after 0 events/
			);
			await expect(lastText(page)).toHaveCount(0);
			expect(Object.keys(await figures(page))).toEqual(['total']);
			expect(bedrock.received).toHaveLength(1);
		}
	);

	for (const [fault, where] of [
		['truncated', /Cut short\. The connection closed after event \d+, before the answer’s end\./],
		['cut-in-frame', /Cut short\. The connection closed inside event \d+\./]
	] as const) {
		sharedTest(
			`${api} on ${on}, streamed, cut short (${fault}): what came is kept and called no whole answer`,
			async ({ shared, bedrock }) => {
				const { page } = await shared.open();
				await begin(page, { api, model: `fault.${fault}` }, true);
				await ask(page, 'What happens between pressing Send and the first token?');
				await expect(lastAnswer(page).getByTestId('ending')).toHaveText(where);
				await expect(lastText(page)).toContainText('The request is built.');
				await expect(lastText(page)).not.toContainText('only when the stream itself said so');
				const { TTFT, total, ...rest } = await figures(page);
				expect([TTFT, total]).not.toContain(undefined);
				expect(rest).toEqual({ status: '200' });
				await expect(page.getByRole('status')).toHaveText('Cut short');
				expect(bedrock.received).toHaveLength(1);
			}
		);
	}

	sharedTest(
		`${api} on ${on}, not streamed, cut short: half a body is no answer`,
		async ({ shared, bedrock }) => {
			const { page } = await shared.open();
			const text = 'Half of this is lost.';
			const bodies: Record<ApiName, object> = {
				Converse: {
					output: { message: { role: 'assistant', content: [{ text }] } },
					stopReason: 'end_turn'
				},
				'Chat Completions': {
					choices: [
						{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }
					]
				},
				Responses: {
					id: 'resp_half',
					status: 'completed',
					output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }]
				}
			};
			await begin(page, { api, model: 'any.model' }, false);
			bedrock.given.push({ status: 200, body: JSON.stringify(bodies[api]), cutAt: 60 });
			await ask(page, 'Hello!');
			await expect(lastAnswer(page).getByTestId('ending')).toHaveText(
				// A browser may drop what had come when the connection broke.
				/Cut short\. The connection closed (inside event 1|after event 0, before the answer’s end)\./
			);
			await expect(lastText(page)).toHaveCount(0);
			expect(await figures(page)).toMatchObject({ status: '200' });
			expect(bedrock.received).toHaveLength(1);
		}
	);

	test(`${api} in the demo: marked Simulated, and nothing goes to the network`, async ({
		page,
		url,
		bedrock
	}) => {
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		await open(page, url);
		await chooseApi(page, api);
		await expect(page.getByText('Simulated', { exact: true })).toBeVisible();
		await expect(page.getByTestId('send-hint')).toHaveText(
			'Simulated: Send does not use the network until you add a key.'
		);
		await ask(page, 'Hello!');
		await expect(lastAnswer(page).getByTestId('error-card')).toHaveCount(0);
		await expect(lastText(page)).not.toBeEmpty();
		await expect(page.getByText('Simulated', { exact: true }).first()).toBeVisible();
		expect(asked.filter((one) => !one.startsWith(url))).toEqual([]);
		expect(bedrock.received).toEqual([]);
	});
}

test('Chat Completions reports the usage of a stream when it is asked to', async ({
	page,
	url,
	bedrock
}) => {
	await start(page, url, { api: 'Chat Completions', model: 'openai.gpt-oss-120b' });
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByRole('switch', { name: 'Send stream_options.include_usage' }).click();
	await ask(page, 'Hello!');
	expect(JSON.parse(bedrock.received[0]?.body ?? '')).toMatchObject({
		stream: true,
		stream_options: { include_usage: true }
	});
	expect(await figures(page)).toMatchObject({ in: '20', out: '16 reasoning 7' });
});

test('Chat Completions goes to the endpoint that is chosen', async ({ page, url, bedrock }) => {
	await start(page, url, { api: 'Chat Completions', model: 'nvidia.nemotron-nano-9b-v2' });
	const endpoint = page.getByRole('combobox', { name: 'Endpoint' });
	await expect(endpoint).toHaveValue('mantle');
	await ask(page, 'Hello!');
	await endpoint.selectOption('runtime');
	await expect(page.getByRole('textbox', { name: 'Request URL' })).toHaveText(
		'bedrock-runtime.us-west-2.amazonaws.com/openai/v1/chat/completions'
	);
	await ask(page, 'Hello again!');
	expect(bedrock.received.map((one) => one.url)).toEqual([
		`${mantle}/v1/chat/completions`,
		`${runtime}/openai/v1/chat/completions`
	]);
	await expect(lastAnswer(page).getByTestId('error-card')).toHaveCount(0);
});

test('a guardrail is sent by its headers to Chat Completions on runtime, and its answer is called refused', async ({
	page,
	url,
	bedrock
}) => {
	await start(page, url, { api: 'Chat Completions', model: 'openai.gpt-oss-20b-1:0' });
	await setStream(page, false);
	await page.getByRole('tab', { name: 'Settings' }).click();
	await page.getByRole('switch', { name: 'Send X-Amzn-Bedrock-Guardrail…' }).click();
	await page.getByLabel('X-Amzn-Bedrock-GuardrailIdentifier').fill('GR12345');
	await page.getByLabel('X-Amzn-Bedrock-GuardrailVersion').fill('DRAFT');
	await page
		.getByRole('combobox', { name: 'X-Amzn-Bedrock-Trace' })
		.selectOption({ label: 'ENABLED' });
	await ask(page, 'What is the weather like today? blockme');
	const [sent] = bedrock.received;
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

test('mantle does not heed a guardrail, so the Settings do not offer one there', async ({
	page,
	url
}) => {
	await start(page, url, { api: 'Chat Completions', model: 'openai.gpt-oss-120b' });
	await page.getByRole('tab', { name: 'Settings' }).click();
	await expect(page.getByRole('switch', { name: 'Send temperature' })).toBeVisible();
	await expect(page.getByRole('switch', { name: /Guardrail/ })).toHaveCount(0);
});
