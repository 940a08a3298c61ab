import { getToken } from '@aws/bedrock-token-generator';
import { describe, expect, it } from 'vitest';
import { newService } from './service.ts';
import type { Fetch, SimulatorOptions } from './simulator.ts';
import { newSimulator } from './simulator.ts';
import {
	chatBody,
	converseBody,
	LONG_TERM_KEY,
	MANTLE,
	post,
	readChunks,
	RUNTIME
} from './test-kit.ts';

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1%3A0';
const CONVERSE = `${RUNTIME}/model/${CLAUDE}/converse`;
const CHAT = `${MANTLE}/v1/chat/completions`;
const RESPONSES = `${MANTLE}/v1/responses`;
const OSS = 'openai.gpt-oss-120b';
const DAY = 24 * 60 * 60 * 1000;

function newFetch(options: SimulatorOptions = {}): Fetch {
	return newSimulator({ speed: 0, requireKey: false, ...options });
}

async function readJson(response: Response | Promise<Response>): Promise<unknown> {
	return (await response).json();
}

async function readStream(response: Promise<Response>): Promise<Uint8Array[]> {
	return (await readChunks(await response)).chunks;
}

describe('the same seed', () => {
	const askAll = async (options: SimulatorOptions) => {
		const fetch = newFetch({ now: () => 1_700_000_000_000, ...options });
		const chat = chatBody(OSS, 'Write 50 words.', { stream: true });
		return [
			await readStream(post(fetch, `${CONVERSE}-stream`, converseBody('Write 80 words.'))),
			await readStream(post(fetch, CHAT, chat)),
			await readStream(
				post(fetch, RESPONSES, { model: OSS, input: 'Write a haiku.', stream: true })
			),
			[...(await post(fetch, CONVERSE, converseBody('Hello'))).headers]
		];
	};

	it('gives the same bytes, in the same chunks', async () => {
		expect(await askAll({ seed: 7 })).toEqual(await askAll({ seed: 7 }));
	});

	it('gives other bytes when it is another', async () => {
		const [ours, theirs] = [await askAll({ seed: 7 }), await askAll({ seed: 8 })];
		for (const at of ours.keys()) expect(ours[at]).not.toEqual(theirs[at]);
	});

	it('does not depend on the pace or on preflights', async () => {
		const slow = newFetch({ seed: 3, speed: 400, now: () => 0 });
		const fast = newFetch({ seed: 3, now: () => 0 });
		await fast(CHAT, { method: 'OPTIONS' });
		const body = chatBody(OSS, 'Hello', { stream: true });
		expect(await readStream(post(slow, CHAT, body))).toEqual(
			await readStream(post(fast, CHAT, body))
		);
	});
});

describe('the chunks of a stream', () => {
	it('hold several frames, parts of frames and parts of characters', async () => {
		const chunks = await readStream(
			post(newFetch(), CHAT, chatBody('mistral.ministral-3-3b-instruct', '你好', { stream: true }))
		);
		const texts = chunks.map((chunk) => new TextDecoder('utf-8').decode(chunk));
		expect(texts.some((text) => (text.match(/\n\n/g) ?? []).length > 1)).toBe(true);
		expect(texts.some((text) => !text.endsWith('\n\n'))).toBe(true);
		expect(texts.some((text) => text.endsWith('\ufffd'))).toBe(true);
		const whole = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
		expect(whole).toContain('🚀');
	});

	it('come after a wait at a pace, and are cut off by an abort', async () => {
		const stop = new AbortController();
		const response = await post(
			newFetch({ speed: 50 }),
			`${CONVERSE}-stream`,
			converseBody('Write 20000 words.'),
			{ signal: stop.signal }
		);
		const reader = response.body?.getReader();
		expect((await reader?.read())?.done).toBe(false);
		stop.abort();
		await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' });
	});

	it('do not begin when the signal is aborted before the headers', async () => {
		const stop = new AbortController();
		const waiting = post(newFetch({ speed: 1 }), CONVERSE, converseBody('Hello'), {
			signal: stop.signal
		});
		stop.abort();
		await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
	});
});

describe('CORS', () => {
	it.each([
		['an answer', CONVERSE, converseBody('Hello'), 200],
		['a stream', `${CONVERSE}-stream`, converseBody('Hello'), 200],
		['a refused body', CHAT, 'not json', 400],
		['an unknown path', `${RUNTIME}/v1/responses`, {}, 200],
		['an unknown model', RESPONSES, { model: 'nobody.x', input: 'x' }, 404],
		['an error of the service', CHAT, chatBody('fault.internal', 'x'), 500]
	])('lets a page read %s', async (_, url, body, status) => {
		const response = await post(newFetch(), url, body);
		expect(response.status).toBe(status);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		expect(response.headers.get('access-control-expose-headers')).toBe(
			'x-amzn-requestid,x-request-id,date'
		);
		expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
	});

	it('lets a page read that its key is refused', async () => {
		const response = await post(newFetch({ requireKey: true }), CHAT, chatBody(OSS, 'x'));
		expect(response.status).toBe(401);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
	});

	// A Request of a browser may not carry these headers, so the service is asked.
	it('answers a preflight without a key, and allows the headers that it knows', async () => {
		const response = await newService()({
			method: 'OPTIONS',
			url: CHAT,
			headers: new Headers({
				'access-control-request-headers':
					'authorization,content-type,x-amzn-bedrock-guardrailidentifier,x-stainless-os'
			}),
			body: ''
		});
		expect(response.status).toBe(204);
		expect(response.headers.get('access-control-allow-origin')).toBe('*');
		expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
		expect(response.headers.get('access-control-allow-headers')).toBe(
			'authorization,content-type,x-amzn-bedrock-guardrailidentifier'
		);
	});
});

describe('a key', () => {
	const minted = (region: string, expiresInSeconds = 3600) =>
		getToken({
			credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'dummy', sessionToken: 'dummy' },
			region,
			expiresInSeconds
		});
	const ask = (url: string, key: string | undefined, now?: () => number) =>
		post(
			newSimulator({ speed: 0, ...(now && { now }) }),
			url,
			url === CHAT ? chatBody(OSS, 'x') : converseBody('x'),
			{
				headers: key === undefined ? {} : { authorization: `Bearer ${key}` }
			}
		);
	const garbage = 'Authentication failed: Please make sure your API Key is valid.';
	const scoped = 'Credential should be scoped to a valid region';
	const invalid = {
		error: {
			code: 'invalid_api_key',
			message: 'Invalid API key',
			param: null,
			type: 'authentication_error'
		}
	};

	it('is accepted where it is good', async () => {
		expect((await ask(CONVERSE, await minted('us-west-2'))).status).toBe(200);
		expect((await ask(CHAT, await minted('us-east-1'))).status).toBe(200);
		expect((await ask(CHAT, LONG_TERM_KEY)).status).toBe(200);
	});

	it.each([
		['missing', undefined, { message: 'Missing Authentication Token' }],
		['garbage', 'sk-123', { Message: garbage }],
		['not base64', 'bedrock-api-key-###', { Message: garbage }],
		[
			'not a signed address',
			`bedrock-api-key-${btoa('bedrock.amazonaws.com/?a=b')}`,
			{ Message: garbage }
		]
	])('that is %s is refused on the runtime', async (_, key, body) => {
		const response = await ask(CONVERSE, key);
		expect(response.status).toBe(403);
		expect(await response.json()).toEqual(body);
	});

	it.each([[undefined], ['sk-123']])('%s is refused on mantle', async (key) => {
		const response = await ask(CHAT, key);
		expect(response.status).toBe(401);
		expect(await response.json()).toEqual(invalid);
	});

	it('is refused after its time', async () => {
		const key = await minted('us-west-2', 600);
		const later = () => Date.now() + 601_000;
		expect((await ask(CONVERSE, key, () => Date.now() + 500_000)).status).toBe(200);
		const response = await ask(CONVERSE, key, later);
		expect(response.status).toBe(403);
		expect(await response.json()).toEqual({ Message: 'Bearer Token has expired' });
	});

	it('is refused in another region, and a loopback host has none', async () => {
		const key = await minted('eu-west-1');
		expect(await readJson(ask(CONVERSE, key))).toEqual({ Message: scoped });
		expect(await readJson(ask(CHAT, key))).toMatchObject({ error: { message: scoped } });
		expect((await ask(`http://localhost:3000/model/${CLAUDE}/converse`, key)).status).toBe(200);
	});
});

describe('the rules of paths and models', () => {
	const unknownOperation = {
		Output: { __type: 'com.amazon.coral.service#UnknownOperationException' },
		Version: '1.0'
	};
	const arn = 'arn:aws:bedrock:us-west-2:123456789012:application-inference-profile';

	it.each([`/model/${arn}/abc123/converse`, '/v1/chat/completions', '/anthropic/v1/messages'])(
		'the runtime does not know %s, and says so in a 200',
		async (path) => {
			const response = await post(newFetch(), `${RUNTIME}${path}`, converseBody('x'));
			expect(response.status).toBe(200);
			expect(await response.json()).toEqual(unknownOperation);
		}
	);

	it('the runtime knows an ARN that is one segment', async () => {
		const response = await post(
			newFetch(),
			`${RUNTIME}/model/${arn}%2Fabc123/converse`,
			converseBody('Hello')
		);
		expect(await response.json()).toMatchObject({ stopReason: 'end_turn' });
	});

	it.each([
		[
			'an unknown model',
			CHAT,
			'nobody.no-such-model',
			404,
			"The model 'nobody.no-such-model' does not exist"
		],
		[
			'a runtime id',
			CHAT,
			'openai.gpt-oss-120b-1:0',
			404,
			"The model 'openai.gpt-oss-120b-1:0' does not exist"
		],
		[
			'a profile id',
			CHAT,
			'us.openai.gpt-6-luna',
			404,
			"The model 'us.openai.gpt-6-luna' does not exist"
		],
		['a missing model', CHAT, undefined, 400, "Missing required parameter: 'model'."],
		[
			'a model of the other prefix',
			CHAT,
			'openai.gpt-6-luna',
			400,
			"The model 'openai.gpt-6-luna' does not support the '/v1/chat/completions' API"
		],
		[
			'a model of the first prefix',
			`${MANTLE}/openai/v1/chat/completions`,
			OSS,
			400,
			`The model '${OSS}' isn't supported on this route`
		],
		[
			'a model without the API',
			RESPONSES,
			'zai.glm-5',
			400,
			"The model 'zai.glm-5' does not support the '/v1/responses' API"
		],
		[
			'a model that the runtime has not',
			`${RUNTIME}/openai/v1/chat/completions`,
			'amazon.nova-pro-v1:0',
			404,
			"The model doesn't exist or doesn't support this API"
		],
		[
			'a model that wants a profile',
			`${RUNTIME}/openai/v1/responses`,
			'openai.gpt-6-luna',
			400,
			'Invocation of model ID openai.gpt-6-luna with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.'
		]
	])('refuses %s', async (_, url, model, status, message) => {
		const response = await post(newFetch(), url, {
			model,
			messages: [{ role: 'user', content: 'x' }],
			...(url.endsWith('responses') && { input: 'x', messages: undefined })
		});
		expect(response.status).toBe(status);
		expect(await response.json()).toMatchObject({
			error: { message, code: status === 404 ? 'not_found' : 'validation_error' }
		});
	});

	it.each([
		['openai.gpt-oss-120b', 'The provided model identifier is invalid.'],
		['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'The provided model identifier is invalid.'],
		[
			'anthropic.claude-opus-5',
			'Invocation of model ID anthropic.claude-opus-5 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.'
		]
	])('refuses %s on Converse', async (model, message) => {
		const response = await post(
			newFetch(),
			`${RUNTIME}/model/${encodeURIComponent(model)}/converse`,
			converseBody('x')
		);
		expect(response.status).toBe(400);
		expect(response.headers.get('x-amzn-errortype')).toMatch(/^ValidationException:/);
		expect(await response.json()).toEqual({ message });
	});

	it('takes the models of both endpoints on a loopback host', async () => {
		for (const model of [
			OSS,
			'openai.gpt-oss-120b-1:0',
			'openai.gpt-6-luna',
			'global.openai.gpt-6-luna'
		]) {
			const response = await post(
				newFetch(),
				'http://127.0.0.1/openai/v1/chat/completions',
				chatBody(model, 'x')
			);
			expect([model, response.status]).toEqual([model, 200]);
		}
		expect(
			(
				await post(
					newFetch(),
					'http://[::1]/v1/chat/completions',
					chatBody('openai.gpt-6-luna', 'x')
				)
			).status
		).toBe(400);
	});

	it('fails for hosts that are not Bedrock', async () => {
		await expect(newFetch()('https://example.com/v1/models')).rejects.toThrow(TypeError);
	});
});

describe('the rules of bodies', () => {
	const native = (body: unknown) => readJson(post(newFetch(), CONVERSE, body));
	const chat = (body: unknown) => readJson(post(newFetch(), CHAT, body));

	it.each([
		['broken JSON', '{', 'The request body is not valid JSON.'],
		['no messages', {}, "Value null at 'messages'"],
		['empty messages', { messages: [] }, "Value '[]' at 'messages'"],
		[
			'an assistant first',
			{ messages: [{ role: 'assistant', content: [{ text: 'x' }] }] },
			'A conversation must start with a user message.'
		],
		[
			'no content',
			{ messages: [{ role: 'user', content: [] }] },
			'The content field in the Message object at messages.0 is empty.'
		],
		[
			'blank text',
			converseBody(' '),
			'The text field in the ContentBlock object at messages.0.content.0 is blank.'
		],
		[
			'a limit of 0',
			converseBody('x', { inferenceConfig: { maxTokens: 0 } }),
			"Value '0' at 'inferenceConfig.maxTokens'"
		],
		[
			'too much heat',
			converseBody('x', { inferenceConfig: { temperature: 2 } }),
			"Value '2' at 'inferenceConfig.temperature'"
		]
	])('Converse refuses %s', async (_, body, message) => {
		expect(await native(body)).toEqual({ message: expect.stringContaining(message) });
	});

	it.each([
		['broken JSON', CHAT, '{', 'Failed to deserialize the JSON body into the target type'],
		['no messages', CHAT, { model: OSS }, "Missing required parameter: 'messages'."],
		['empty messages', CHAT, { model: OSS, messages: [] }, "Invalid 'messages': empty array."],
		[
			'max_tokens for GPT-6',
			`${MANTLE}/openai/v1/chat/completions`,
			chatBody('openai.gpt-6-luna', 'x', { max_tokens: 9 }),
			"Unsupported parameter: 'max_tokens' is not supported with this model"
		],
		['no input', RESPONSES, { model: OSS }, "Missing required parameter: 'input'."],
		['empty input', RESPONSES, { model: OSS, input: [] }, "Invalid 'input': empty array."],
		[
			'a small limit',
			RESPONSES,
			{ model: OSS, input: 'x', max_output_tokens: 15 },
			"Invalid 'max_output_tokens': integer below minimum value."
		],
		[
			'a guardrail on Responses',
			RESPONSES,
			{ model: OSS, input: 'x', guardrailConfig: {} },
			"Unknown parameter: 'guardrailConfig'."
		],
		[
			'background on the runtime',
			`${RUNTIME}/openai/v1/responses`,
			{ model: 'us.openai.gpt-6-luna', input: 'x', background: true },
			'The background parameter is not supported.'
		]
	])('refuses %s', async (_, url, body, message) => {
		const response = await post(newFetch(), url, body);
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({
			error: {
				code: 'validation_error',
				message: expect.stringContaining(message),
				type: 'invalid_request_error'
			}
		});
	});

	it('stops at a limit, with as many tokens as it allows', async () => {
		expect(
			await native(converseBody('Write 90 words.', { inferenceConfig: { maxTokens: 12 } }))
		).toMatchObject({
			stopReason: 'max_tokens',
			usage: { outputTokens: 12 }
		});
		expect(
			await chat(chatBody('qwen.qwen3-32b', 'Write 90 words.', { max_completion_tokens: 3 }))
		).toMatchObject({
			choices: [{ finish_reason: 'length', message: { content: '' } }],
			usage: { completion_tokens: 3 }
		});
	});

	it('stops at a stop sequence', async () => {
		const body = converseBody('A haiku, please.', {
			inferenceConfig: { stopSequences: ['small', ','] },
			additionalModelResponseFieldPaths: ['/stop_sequence']
		});
		expect(await native(body)).toMatchObject({
			stopReason: 'stop_sequence',
			output: { message: { content: [{ text: 'Bytes cross the cold wire' }] } },
			additionalModelResponseFields: { stop_sequence: ',' }
		});
	});

	it('lets a guardrail intervene on Converse and on Chat of the runtime', async () => {
		const guardrailConfig = { guardrailIdentifier: 'gr1', guardrailVersion: '1', trace: 'enabled' };
		expect(await native(converseBody('blockme', { guardrailConfig }))).toMatchObject({
			stopReason: 'guardrail_intervened',
			trace: { guardrail: { inputAssessment: { gr1: {} } } }
		});
		expect(await native(converseBody('blockme'))).toMatchObject({ stopReason: 'end_turn' });
		const headers = { 'X-Amzn-Bedrock-GuardrailIdentifier': 'gr1' };
		const body = chatBody('openai.gpt-oss-20b-1:0', 'blockme');
		const runtime = post(newFetch(), `${RUNTIME}/openai/v1/chat/completions`, body, { headers });
		expect(await readJson(runtime)).toMatchObject({
			choices: [{ finish_reason: 'guardrail_intervened' }]
		});
		const mantle = post(newFetch(), CHAT, chatBody(OSS, 'blockme'), { headers });
		expect(await readJson(mantle)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
	});
});

describe('answers', () => {
	const ask = async (text: string, rest: object = {}): Promise<string> => {
		const model = 'mistral.ministral-3-3b-instruct';
		const body = await readJson(post(newFetch(), CHAT, chatBody(model, text, rest)));
		return (body as { choices: [{ message: { content: string } }] }).choices[0].message.content;
	};

	it.each([1, 7, 300, 5000])('have exactly %i words when asked', async (count) => {
		const text = await ask(`Please write ${count} words about rain.`);
		expect(text.split(/\s+/)).toHaveLength(count);
	});

	it('are Chinese to a Chinese prompt', async () => {
		expect(await ask('你是什么模型')).toMatch(/\p{Script=Han}.*🚀/su);
	});

	it('fit a schema', async () => {
		const schema = {
			type: 'object',
			properties: {
				city: { type: 'string' },
				count: { type: 'integer' },
				tags: { type: 'array', items: { enum: ['red', 'blue'] } }
			}
		};
		const response_format = { type: 'json_schema', json_schema: { name: 'x', schema } };
		expect(JSON.parse(await ask('Something blue in Porto', { response_format }))).toEqual({
			city: 'Lisbon',
			count: 1,
			tags: ['blue']
		});
	});

	it('say that they are simulated, and quote the prompt', async () => {
		const text = await ask('Explain the tides to a child of seven years who likes boats');
		expect(text).toContain('simulator');
		expect(text).toContain('“Explain the tides to a child of seven…”');
	});

	it('remember what the messages say, on Chat and on Converse', async () => {
		const said = 'My name is Alice and I like cats.';
		const asked = 'What is my name and what do I like?';
		const messages = [
			{ role: 'user', content: said },
			{ role: 'assistant', content: 'Hello Alice.' },
			{ role: 'user', content: asked }
		];
		expect(await ask('', { messages })).toBe('Your name is Alice and you like cats.');
		const native = messages.map(({ role, content }) => ({ role, content: [{ text: content }] }));
		expect(await readJson(post(newFetch(), CONVERSE, { messages: native }))).toMatchObject({
			output: { message: { content: [{ text: 'Your name is Alice and you like cats.' }] } }
		});
	});

	it('carry a thought where the endpoint puts it', async () => {
		const mantle = await readJson(post(newFetch(), CHAT, chatBody(OSS, 'Hello')));
		expect(mantle).toMatchObject({
			choices: [
				{
					message: {
						content: 'Hello! How can I help you today?',
						reasoning: 'Just a greeting. Respond politely.'
					}
				}
			]
		});
		const runtime = `${RUNTIME}/openai/v1/chat/completions`;
		const body = chatBody('openai.gpt-oss-120b-1:0', 'Hello', { stream: true });
		const text = await (await post(newFetch(), runtime, body)).text();
		const deltas = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content);
		expect(deltas.join('')).toBe(
			'<reasoning>Just a greeting. Respond politely.</reasoning>Hello! How can I help you today?'
		);
		expect(deltas.some((delta) => delta?.includes('<reasoning>'))).toBe(false);
	});
});

describe('a stored response', () => {
	const storing = () => {
		let time = 1_700_000_000_000;
		const fetch = newFetch({ now: () => time });
		const create = async (rest: object = {}): Promise<string> => {
			const body = await readJson(
				post(fetch, RESPONSES, { model: OSS, input: 'My name is Alice.', ...rest })
			);
			return (body as { id: string }).id;
		};
		const follow = (id: string, url = RESPONSES) =>
			post(fetch, url, { model: OSS, input: 'What is my name?', previous_response_id: id });
		return { fetch, create, follow, pass: (ms: number) => (time += ms) };
	};
	const missing = (id: string) => ({
		error: {
			code: 'not_found',
			message: `Response '${id}' not found.`,
			param: 'previous_response_id',
			type: 'invalid_request_error'
		}
	});

	it('is forgotten after thirty days', async () => {
		const { create, follow, pass } = storing();
		const id = await create();
		pass(30 * DAY - 1);
		expect((await follow(id)).status).toBe(200);
		pass(1);
		const response = await follow(id);
		expect(response.status).toBe(404);
		expect(await response.json()).toEqual(missing(id));
	});

	it('is not kept with store: false', async () => {
		const { create, follow, fetch } = storing();
		const id = await create({ store: false });
		expect(await readJson(follow(id))).toEqual(missing(id));
		expect((await fetch(`${RESPONSES}/${id}`)).status).toBe(404);
	});

	it('is found, and deleted once', async () => {
		const { create, fetch } = storing();
		const id = await create();
		expect(await readJson(fetch(`${RESPONSES}/${id}`))).toMatchObject({
			id,
			object: 'response',
			status: 'completed'
		});
		const remove = () => fetch(`${RESPONSES}/${id}`, { method: 'DELETE' });
		expect(await readJson(remove())).toEqual({ id, object: 'response', deleted: true });
		expect((await remove()).status).toBe(404);
	});

	it('exists in its own region only', async () => {
		const { create, follow } = storing();
		const id = await create();
		expect((await follow(id, RESPONSES.replace('us-east-1', 'us-west-2'))).status).toBe(404);
		expect((await follow(id)).status).toBe(200);
	});
});
