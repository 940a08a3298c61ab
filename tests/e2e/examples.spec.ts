import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { apis } from '../../src/lib/apis/index.ts';
import type { ApiId } from '../../src/lib/model/draft.ts';
import type { Json } from '../../src/lib/model/json.ts';
import type { HttpRequest } from '../../src/lib/model/request.ts';
import { encodeLink } from '../../src/lib/share/link.ts';
import { shown } from '../example-words.ts';
import type { Shown } from '../example-words.ts';
import type { Received } from './servers.ts';
import {
	chooseApi,
	expect,
	open,
	sendButton,
	sharedTest,
	storedGateway,
	storedKey,
	test
} from './test.ts';
import {
	bodyText,
	ended,
	figures,
	lastAnswer,
	lastText,
	openReasoning,
	requestBody,
	setStream,
	typeBody
} from './transcript.ts';

interface Example {
	id: string;
	api: string;
	request: Omit<HttpRequest, 'body'> & { body: Json };
	response?: { status: number; body: Json };
}

const file = new URL('../fixtures/requests.json', import.meta.url);
const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: Example[] };
const ours = examples.filter(({ api }) => api in apis);

function find(id: string): Example {
	const found = ours.find((example) => example.id === id);
	if (found === undefined) throw new Error(`no example ${id}`);
	return found;
}

function regionOf({ request }: Example): string {
	return /\.((?:us|eu|ap)-[a-z]+-\d)\./.exec(request.url)?.[1] ?? 'us-west-2';
}

/** Opens the example as a shared link, which sends nothing, and makes it a draft. */
async function openExample(page: Page, url: string, { id, api, request }: Example): Promise<void> {
	const adapter = apis[api as ApiId];
	const draft = adapter.read({ ...request, body: JSON.stringify(request.body) });
	await page.goto(url + (await encodeLink(adapter.id, draft)));
	await expect(
		page.getByRole('heading', { name: 'Someone shared a request with you' }),
		id
	).toBeVisible();
	await page.getByRole('button', { name: `Open in ${adapter.label}` }).click();
}

/** What the law compares, of headers those that are no browser's own. */
function meaningOf({ method, url, headers, body }: Received | HttpRequest): unknown {
	const { pathname, host } = new URL(url);
	const names = /^(content-type|x-amzn-.*)$/;
	return {
		method,
		host,
		path: pathname.split('/').map(decodeURIComponent),
		headers: Object.fromEntries(
			Object.entries(headers)
				.map(([name, value]): [string, string] => [name.toLowerCase(), value])
				.filter(([name]) => names.test(name))
		),
		body: JSON.parse(body ?? 'null') as Json
	};
}

/** The request that the example's should become: a gateway is the one that the page has. */
function wantedOf({ request }: Example, gateway = ''): unknown {
	const url = request.url.replace('https://gateway.example.com/api/v1', gateway);
	return meaningOf({ ...request, url, body: JSON.stringify(request.body) });
}

function shownOf({ id }: Example): Shown {
	const row = shown[id];
	if (row === undefined) throw new Error(`${id} has no response`);
	return row;
}

async function expectShown(page: Page, expected: Shown): Promise<void> {
	const answer = lastAnswer(page);
	if ('said' in expected) {
		const card = answer.getByTestId('error-card');
		await expect(card.getByRole('heading')).toHaveText(expected.headline);
		await expect(card.getByTestId('service-said')).toContainText(expected.said);
		await expect(card).toContainText(String(expected.status));
		await expect(lastText(page)).toHaveCount(0);
		return;
	}
	await expect(answer.getByTestId('error-card')).toHaveCount(0);
	await expect(answer.getByTestId('ending')).toHaveCount(0);
	if (expected.text === undefined) await expect(lastText(page)).toHaveCount(0);
	else await expect(lastText(page)).toHaveText(expected.text);
	if (expected.reasoning === undefined) await expect(answer.getByText('Thinking')).toHaveCount(0);
	else await expect(await openReasoning(page)).toHaveText(expected.reasoning);
	const call = answer.getByTestId('tool-call');
	await expect(call).toHaveCount(expected.call === undefined ? 0 : 1);
	for (const words of expected.call ?? []) await expect(call).toContainText(words);
	await expect(answer.getByTestId('metrics').getByText(expected.reason)).toBeVisible();
	const { in: input, out, status } = await figures(page);
	expect({ input, out, status }).toEqual({ input: expected.in, out: expected.out, status: '200' });
	await expect(answer.getByText('usage not reported')).toHaveCount(
		expected.out === undefined ? 1 : 0
	);
}

/** One of each API and one that fails; tests/examples.test.ts holds all of them. */
const opened = ['converse-deepseek', 'chat-mantle', 'responses-unsupported-model'];

for (const example of opened.map(find)) {
	const { id, response } = example;
	sharedTest(
		`${id} opens from a link and is sent as it stands and its response is shown`,
		async ({ shared, url, bedrock }) => {
			const { page } = await shared.open(regionOf(example));
			await openExample(page, url, example);
			expect(bedrock.received).toEqual([]);
			bedrock.given.push({ status: response?.status ?? 0, body: JSON.stringify(response?.body) });
			await sendButton(page).click();
			await expect(lastAnswer(page)).toBeVisible();
			await ended(page);
			expect(bedrock.received.map(meaningOf)).toEqual([wantedOf(example)]);
			await expectShown(page, shownOf(example));
		}
	);
}

test('an example of a gateway opens from a link and goes to the one that the page has, as it stands, and its call is shown', async ({
	page,
	url,
	bedrock
}) => {
	const gateway = await storedGateway(page, url, bedrock);
	await open(page, url);
	const example = find('gateway-tools');
	await openExample(page, url, example);
	await expect(page.getByRole('combobox', { name: 'Endpoint' })).toHaveValue('gateway');
	bedrock.given.push({ status: 200, body: JSON.stringify(example.response?.body) });
	await sendButton(page).click();
	await expect(lastAnswer(page)).toBeVisible();
	await ended(page);
	expect(bedrock.received.map(meaningOf)).toEqual([wantedOf(example, gateway)]);
	expect(bedrock.received[0]?.headers.authorization).toBe('Bearer gw-stored-by-a-test');
	await expectShown(page, shownOf(example));
});

test('bodies are pasted over the one that is there, and go out byte for byte', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url, 'us-west-2');
	await open(page, url);
	const pasted = ['gateway-image-data', 'responses-turn-2'].map(find);
	for (const { api, request, response } of pasted) {
		await chooseApi(page, apis[api as ApiId].label as Parameters<typeof chooseApi>[1]);
		// Spaces and the order of fields are the person's own.
		const body = JSON.stringify(request.body, null, 1).replace('{', '{\t');
		if (response) bedrock.given.push({ status: 200, body: JSON.stringify(response.body) });
		await page.keyboard.press('ControlOrMeta+Shift+O');
		await setStream(page, false);
		await typeBody(page, body);
		await expect(page.getByText('Valid JSON')).toBeVisible();
		await expect.poll(() => bodyText(page)).toBe(body);
		await page.keyboard.press('ControlOrMeta+Enter');
		await expect(lastAnswer(page)).toBeVisible();
		await ended(page);
		expect(bedrock.received.at(-1)?.body).toBe(body);
	}
	expect(bedrock.received).toHaveLength(pasted.length);
});

test('a body that is not JSON holds Send back, says where, and is there after a reload; Tab leaves it', async ({
	page,
	url,
	bedrock
}) => {
	await open(page, url);
	await typeBody(page, '{\n  "messages": [,]\n}');
	await expect(page.getByRole('button', { name: 'Line 2, column 16' })).toBeVisible();
	await expect(sendButton(page)).toBeDisabled();
	await expect(sendButton(page)).toHaveAccessibleDescription(
		'The body is not JSON: line 2, column 16'
	);
	await expect(requestBody(page)).toHaveAttribute('aria-invalid', 'true');
	await requestBody(page).press('Tab');
	await expect(requestBody(page)).not.toBeFocused();
	await page.reload();
	await expect(requestBody(page)).toContainText('"messages": [,]');
	await page.getByRole('button', { name: 'Reset to form' }).click();
	await expect(page.getByText('Valid JSON')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(requestBody(page)).toContainText('"messages": [,]');
	expect(bedrock.received).toEqual([]);
});
