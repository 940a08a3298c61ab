import { describe, expect, it } from 'vitest';
import {
	CHAT,
	chatBody,
	CONVERSE,
	converseBody,
	MANTLE,
	newFetch,
	OSS,
	post,
	readJson,
	RESPONSES,
	RUNTIME
} from './test-kit.ts';

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
