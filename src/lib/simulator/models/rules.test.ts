import { describe, expect, it } from 'vitest';
import {
	CHAT,
	chatBody,
	converseBody,
	MANTLE,
	newFetch,
	OSS,
	post,
	RESPONSES,
	RUNTIME
} from '../test-kit.ts';

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
