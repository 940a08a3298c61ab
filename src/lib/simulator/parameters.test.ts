import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from './server.ts';
import { startServer } from './server.ts';
import { LONG_TERM_KEY } from './test-kit.ts';

let server: RunningServer;
let bedrock: BedrockRuntimeClient;
let openai: OpenAI;

beforeAll(async () => {
	server = await startServer({ speed: 0 });
	bedrock = new BedrockRuntimeClient({
		region: 'us-west-2',
		endpoint: server.url,
		token: { token: LONG_TERM_KEY },
		authSchemePreference: ['httpBearerAuth'],
		requestHandler: new NodeHttpHandler(),
		maxAttempts: 1
	});
	openai = new OpenAI({ baseURL: `${server.url}/openai/v1`, apiKey: LONG_TERM_KEY, maxRetries: 0 });
});

afterAll(() => server.close());

const SONNET_4_5 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const OPUS_5 = 'us.anthropic.claude-opus-5';
const GPT_6 = 'us.openai.gpt-6-sol';
const OSS = 'openai.gpt-oss-120b';

const closed = {
	...{ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
	additionalProperties: false
};
const open = { type: 'object', properties: { city: { type: 'string' } } };
const shaped = (schema: object): Partial<ConverseCommandInput> => ({
	outputConfig: {
		textFormat: {
			type: 'json_schema',
			structure: { jsonSchema: { schema: JSON.stringify(schema), name: 'n' } }
		}
	}
});
const thinking = (fields: object, config = {}): Partial<ConverseCommandInput> => ({
	additionalModelRequestFields: { thinking: { ...fields } },
	inferenceConfig: config
});

async function converse(modelId: string, rest: Partial<ConverseCommandInput>) {
	const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
	return bedrock.send(new ConverseCommand({ modelId, messages, ...rest }));
}

describe('Converse, as the AWS SDK asks it,', () => {
	const budget = { type: 'enabled', budget_tokens: 2048 };
	it.each<[string, string, Partial<ConverseCommandInput>]>([
		['a schema', SONNET_4_5, shaped(closed)],
		['a budget of thinking', SONNET_4_5, thinking(budget, { maxTokens: 4096 })],
		['adaptive thinking', OPUS_5, thinking({ type: 'adaptive' })],
		['metadata', SONNET_4_5, { requestMetadata: { team: 'a' } }],
		[
			'a schema beside GPT’s own field',
			GPT_6,
			{
				...shaped(closed),
				additionalModelRequestFields: { text: { format: { strict: true } } }
			}
		]
	])('takes %s', async (_, model, rest) => {
		const { output, stopReason } = await converse(model, rest);
		expect(stopReason).toBe('end_turn');
		const text = output?.message?.content?.find((block) => block.text !== undefined)?.text ?? '';
		if (rest.outputConfig) expect(JSON.parse(text)).toEqual({ city: expect.any(String) });
	});

	it.each<[string, string, Partial<ConverseCommandInput>, string]>([
		['an open schema', SONNET_4_5, shaped(open), "'additionalProperties' must be explicitly set"],
		['a schema without GPT’s own field', GPT_6, shaped(closed), 'text.format.strict'],
		['a small budget', SONNET_4_5, thinking({ ...budget, budget_tokens: 5 }), '1024'],
		[
			'a budget over the limit',
			SONNET_4_5,
			thinking(budget, { maxTokens: 2048 }),
			'`max_tokens` must be greater than `thinking.budget_tokens`'
		],
		[
			'temperature with thinking',
			SONNET_4_5,
			thinking(budget, { temperature: 0.5 }),
			'`temperature` may only be set to 1'
		],
		[
			'adaptive thinking of an older Claude',
			SONNET_4_5,
			thinking({ type: 'adaptive' }),
			'adaptive thinking is not supported'
		],
		[
			'a blank stop sequence of Claude',
			SONNET_4_5,
			{ inferenceConfig: { stopSequences: ['\n'] } },
			'must contain non-whitespace'
		],
		[
			'a path that is none',
			SONNET_4_5,
			{ additionalModelResponseFieldPaths: ['stop_sequence'] },
			'must start with a slash'
		],
		[
			'much metadata',
			SONNET_4_5,
			{ requestMetadata: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`k${i}`, ''])) },
			'length less than or equal to 16'
		]
	])('refuses %s', async (_, model, rest, words) => {
		await expect(converse(model, rest)).rejects.toMatchObject({
			name: 'ValidationException',
			message: expect.stringContaining(words)
		});
	});
});

describe('the OpenAI APIs, as the openai package asks them,', () => {
	const messages = [{ role: 'user' as const, content: 'Hello' }];
	const chat = (rest: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>) =>
		openai.chat.completions.create({ model: OSS, messages, ...rest });
	const respond = (rest: Partial<OpenAI.Responses.ResponseCreateParamsNonStreaming>) =>
		openai.responses.create({ model: OSS, input: 'Hello', ...rest });
	const schemaOf = (schema: Record<string, unknown>, strict: boolean) => ({
		type: 'json_schema' as const,
		...{ name: 'n', schema, strict }
	});
	const format = (schema: Record<string, unknown>, strict = true) => ({
		type: 'json_schema' as const,
		json_schema: { name: 'n', schema, strict }
	});

	it('take their parameters', async () => {
		const { choices } = await chat({
			...{ seed: 1, frequency_penalty: 0.5, presence_penalty: -0.5, logit_bias: { 1: 5 }, n: 2 },
			...{ logprobs: true, top_logprobs: 2, user: 'u', verbosity: 'low', service_tier: 'flex' },
			...{ metadata: { team: 'a' }, prompt_cache_key: 'k', safety_identifier: 's' }
		});
		expect(choices).toHaveLength(2);
		const response = await respond({
			...{ metadata: { team: 'a' }, truncation: 'auto', top_logprobs: 2, user: 'u' },
			...{ text: { verbosity: 'low' }, include: ['reasoning.encrypted_content'], store: false },
			...{ prompt_cache_key: 'k', safety_identifier: 's', max_tool_calls: 3 }
		});
		expect(response.status).toBe('completed');
	});

	it('answer by a schema, strict or not', async () => {
		const city = { city: expect.any(String) };
		const strict = await chat({ response_format: format(closed) });
		expect(JSON.parse(strict.choices[0]?.message.content ?? '')).toEqual(city);
		const loose = await respond({ text: { format: schemaOf(open, false) } });
		expect(JSON.parse(loose.output_text)).toEqual(city);
	});

	it.each<[string, Parameters<typeof chat>[0], string]>([
		['an open schema', { response_format: format(open) }, "'additionalProperties' is required"],
		[
			'a property that is not required',
			{ response_format: format({ ...closed, required: [] }) },
			"Missing 'city'"
		],
		['a large penalty', { presence_penalty: 2.5 }, "Invalid 'presence_penalty'"],
		['likely tokens alone', { top_logprobs: 2 }, "'logprobs' must be set to true"],
		['five stop sequences', { stop: ['a', 'b', 'c', 'd', 'e'] }, 'maximum length 4'],
		['usage of no stream', { stream_options: { include_usage: true } }, "'stream' is enabled"],
		['parallel calls of no tool', { parallel_tool_calls: true }, "'tools' are specified"]
	])('refuse on Chat %s', async (_, rest, words) => {
		await expect(chat(rest)).rejects.toMatchObject({
			status: 400,
			message: expect.stringContaining(words)
		});
	});

	it.each<[string, Parameters<typeof respond>[0], string]>([
		['an open schema', { text: { format: schemaOf(open, true) } }, "'additionalProperties' is"],
		['many likely tokens', { top_logprobs: 21 }, "Invalid 'top_logprobs'"],
		['parallel calls of no tool', { parallel_tool_calls: false }, "'tools' are specified"]
	])('refuse on Responses %s', async (_, rest, words) => {
		await expect(respond(rest)).rejects.toMatchObject({
			status: 400,
			message: expect.stringContaining(words)
		});
	});
});
