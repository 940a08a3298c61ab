import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { apis } from '../../src/lib/apis/index.ts';
import type { ApiId } from '../../src/lib/model/draft.ts';
import type { Json } from '../../src/lib/model/json.ts';
import type { HttpRequest } from '../../src/lib/model/request.ts';
import { encodeLink } from '../../src/lib/share/link.ts';
import type { Received } from './servers.ts';
import {
	chooseApi,
	chooseModel,
	expect,
	open,
	sendButton,
	sharedTest,
	storedGateway,
	storedKey,
	test
} from './test.ts';
import {
	ask,
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

/** What the page shows of the response that an example gives. */
type Shown = { in?: string; out?: string } & (
	| {
			text?: string | RegExp;
			reasoning?: string;
			call?: [name: string, input: string];
			reason: string;
	  }
	| { status: number; headline: string; said: string }
);

// By hand, from the responses as our sources print them.
const shown: Readonly<Record<string, Shown>> = {
	'chat-runtime-gpt-oss-120b': {
		text: 'Hello! How can I help you today?',
		reasoning: 'The user says "Hello!" Just a greeting. Respond politely.',
		reason: 'stop'
	},
	'converse-deepseek': {
		text: '我是 DeepSeek-V3,由 深度求索(DeepSeek) 开发的 大语言模型。',
		reason: 'end_turn',
		in: '13',
		out: '222'
	},
	'converse-qwen3': {
		text: '我是Qwen3,是阿里云推出的一种超大规模语言模型。',
		reason: 'end_turn',
		in: '18',
		out: '204'
	},
	'converse-base-model': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-system-profile': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-application-profile': {
		text: 'Hello! How are you doing today?',
		reason: 'end_turn',
		in: '8',
		out: '20'
	},
	'converse-unencoded-arn': {
		status: 200,
		headline: 'The endpoint does not know this path',
		said: 'com.amazon.coral.service#UnknownOperationException'
	},
	'chat-mantle': {
		text: "Amazon Bedrock is AWS's fully managed service that provides on‑demand access to a suite of foundation‑model APIs.",
		reasoning:
			'We need to answer succinctly: one sentence describing Amazon Bedrock. Provide clear definition.',
		reason: 'stop',
		in: '74',
		out: '90'
	},
	'responses-turn-2': {
		text: 'Your name is Alice and you like cats.',
		reasoning: 'We need to answer succinctly.',
		reason: 'completed',
		in: '74',
		out: '104'
	},
	'responses-unsupported-model': {
		status: 400,
		headline: 'This model is not served on this path',
		said: "The model 'zai.glm-5' does not support the '/v1/responses' API"
	},
	'chat-unknown-model': {
		status: 404,
		headline: 'The service does not know this model',
		said: "The model 'nobody.no-such-model' does not exist"
	},
	'chat-invalid-key': { status: 401, headline: 'The key was refused', said: 'Invalid API key' },
	'chat-glm-5': {
		text: 'Amazon S3 (Simple Storage Service) is a scalable cloud storage service designed to store and retrieve any amount of data from anywhere on the web.',
		reason: 'stop',
		in: '24',
		out: '59'
	},
	'gateway-image-url': {
		text: /^\s*The image contains the following objects:\s*A peach-colored short-sleeve button-up shirt\s*An olive green plaid long coat\/jacket\s*$/,
		reason: 'stop',
		in: '197',
		out: '147'
	},
	'gateway-tools': {
		call: ['get_current_weather', '{ "location": "Shanghai", "unit": "celsius" }'],
		reason: 'stop',
		in: '256',
		out: '64'
	},
	'gateway-reasoning-claude': {
		text: '3.9 is bigger than 3.11.',
		reasoning: 'I need to compare the decimal numbers 3.9 and 3.11.',
		reason: 'stop',
		in: '51',
		out: '565'
	}
};

function find(id: string): Example {
	const found = ours.find((example) => example.id === id);
	if (found === undefined) throw new Error(`no example ${id}`);
	return found;
}

function regionOf({ request }: Example): string {
	return /\.((?:us|eu|ap)-[a-z]+-\d)\./.exec(request.url)?.[1] ?? 'us-west-2';
}

function isGateway({ request }: Example): boolean {
	return request.url.startsWith('https://gateway.example.com/');
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

/** The request that the example's should become: a slash is repaired, and a gateway is the one that the page has. */
function wantedOf(example: Example, gateway = ''): unknown {
	const { request } =
		example.id === 'converse-unencoded-arn' ? find('converse-application-profile') : example;
	const url = request.url.replace('https://gateway.example.com/api/v1', gateway);
	return meaningOf({ ...request, url, body: JSON.stringify(request.body) });
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

const turns = ['responses-turn-1', 'responses-turn-2'];

/** Links hold no files, so this one is pasted as a body, further down. */
const withFile = 'gateway-image-data';

const alone = ours.filter(
	(example) => ![withFile, ...turns].includes(example.id) && !isGateway(example)
);

for (const example of alone) {
	const { id, response } = example;
	const expected = shown[id];
	const how = id === 'converse-unencoded-arn' ? ', its slash repaired,' : '';
	const then = expected === undefined ? '' : ' and its response is shown';
	sharedTest(
		`${id} opens from a link and${how} is sent as it stands${then}`,
		async ({ shared, url, bedrock }) => {
			const { page } = await shared.open(regionOf(example));
			await openExample(page, url, example);
			expect(bedrock.received).toEqual([]);
			if (response !== undefined) {
				bedrock.given.push({ status: response.status, body: JSON.stringify(response.body) });
			}
			await sendButton(page).click();
			await expect(lastAnswer(page)).toBeVisible();
			await ended(page);
			expect(bedrock.received).toHaveLength(1);
			expect(bedrock.received.map(meaningOf)).toEqual([wantedOf(example)]);
			if (expected !== undefined) await expectShown(page, expected);
		}
	);
}

test('the examples of a gateway open from links and go to the one that the page has, as they stand; responses are shown', async ({
	page,
	url,
	bedrock
}) => {
	const gateway = await storedGateway(page, url, bedrock);
	await open(page, url);
	for (const example of ours.filter(isGateway).filter(({ id }) => id !== withFile)) {
		const { id, response } = example;
		bedrock.received.length = 0;
		await openExample(page, url, example);
		await expect(page.getByRole('combobox', { name: 'Endpoint' }), id).toHaveValue('gateway');
		if (response) bedrock.given.push({ status: 200, body: JSON.stringify(response.body) });
		await sendButton(page).click();
		await expect(lastAnswer(page), id).toBeVisible();
		await ended(page);
		expect(bedrock.received.map(meaningOf)).toEqual([wantedOf(example, gateway)]);
		expect(bedrock.received[0]?.headers.authorization).toBe('Bearer gw-stored-by-a-test');
		const expected = shown[id];
		if (expected !== undefined) await expectShown(page, expected);
	}
});

test('responses-turn-1 and responses-turn-2 are sent as they stand by two turns of a chain, and the response is shown', async ({
	page,
	url,
	bedrock
}) => {
	const [one, two] = turns.map(find);
	const previous = (two?.request.body as { previous_response_id: string } | undefined)
		?.previous_response_id;
	await storedKey(page, url, 'us-east-1');
	await open(page, url);
	await chooseApi(page, 'Responses');
	await chooseModel(page, 'openai.gpt-oss-120b');
	await setStream(page, false);
	await page.getByRole('textbox', { name: 'instructions' }).fill('');
	const output = [
		{
			type: 'message',
			role: 'assistant',
			content: [{ type: 'output_text', text: 'Hello, Alice.' }]
		}
	];
	// The source prints no response of the first turn but its id.
	bedrock.given.push(
		{ status: 200, body: JSON.stringify({ id: previous, status: 'completed', output }) },
		{ status: 200, body: JSON.stringify(two?.response?.body) }
	);
	await ask(page, 'My name is Alice and I like cats.');
	await ask(page, 'What is my name and what do I like?');
	const wanted = [one, two].map((example) => example && wantedOf(example));
	expect(bedrock.received.map(meaningOf)).toEqual(wanted);
	const expected = shown['responses-turn-2'];
	if (expected !== undefined) await expectShown(page, expected);
});

test('bodies are pasted over the one that is there, and go out byte for byte', async ({
	page,
	url,
	bedrock
}) => {
	await storedKey(page, url, 'us-west-2');
	await open(page, url);
	const pasted = ['converse-base-model', 'gateway-tools', withFile, 'responses-turn-2'].map(find);
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

test('every response of the three APIs has its row', () => {
	const given = ours.filter(({ response }) => response !== undefined).map(({ id }) => id);
	expect(Object.keys(shown).sort()).toEqual(given.sort());
	expect(ours).toHaveLength(27);
});
