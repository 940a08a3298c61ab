import { describe, expect, it } from 'vitest';
import type { Fetch } from '../simulator.ts';
import { newSimulator } from '../simulator.ts';
import { chatBody, MANTLE, post, RUNTIME } from '../test-kit.ts';

const OSS = 'openai.gpt-oss-120b';
const GPT = 'openai.gpt-5.6-sol';
const newFetch = (): Fetch => newSimulator({ speed: 0, requireKey: false });

/** What, the model, the body without it, what the service says and which parameter it names. */
type Row = [what: string, model: string, body: object, words: string, param?: string | null];

async function ask(url: string, model: string, body: object) {
	const response = await post(newFetch(), url, { model, ...body });
	return { status: response.status, body: await response.json() };
}

const refusal = (words: string, param: string | null) => ({
	status: 400,
	body: {
		error: {
			code: 'validation_error',
			type: 'invalid_request_error',
			message: expect.stringContaining(words),
			param
		}
	}
});

describe('Chat refuses', () => {
	const user = { role: 'user', content: 'Hi' };
	const call = (id: string) => ({
		id,
		type: 'function',
		function: { name: 'clock', arguments: '{}' }
	});
	const calling = (...ids: string[]) => ({
		role: 'assistant',
		content: null,
		tool_calls: ids.map(call)
	});
	const answer = (tool_call_id: string) => ({ role: 'tool', tool_call_id, content: '12:00' });
	const tools = [{ type: 'function', function: { name: 'clock' } }];
	const unread = 'Failed to deserialize the JSON body into the target type: ';

	const rows: Row[] = [
		[
			'text for messages',
			OSS,
			{ messages: 'Hi' },
			`${unread}messages: invalid type: a string, expected an array`
		],
		[
			'a message that is text',
			OSS,
			{ messages: ['Hi'] },
			`${unread}messages[0]: invalid type: a string, expected an object`
		],
		[
			'a message without a role',
			OSS,
			{ messages: [{ content: 'Hi' }] },
			`${unread}messages[0]: missing field \`role\``
		],
		[
			'an unknown role',
			OSS,
			{ messages: [{ role: 'bot', content: 'Hi' }] },
			`${unread}messages[0].role: unknown variant \`bot\`, expected one of \`developer\`, \`system\`, \`user\`, \`assistant\`, \`tool\``
		],
		[
			'a part of Responses',
			OSS,
			{ messages: [{ role: 'user', content: [{ type: 'input_text', text: 'Hi' }] }] },
			`${unread}messages[0].content[0].type: unknown variant \`input_text\``
		],
		[
			'a user without content',
			OSS,
			{ messages: [{ role: 'user' }] },
			`${unread}messages[0]: missing field \`content\``
		],
		[
			'text as a number',
			OSS,
			{ messages: [user], temperature: '1' },
			`${unread}temperature: invalid type: a string, expected a decimal`
		],
		[
			'a flat tool',
			OSS,
			{ messages: [user], tools: [{ type: 'function', name: 'clock' }] },
			`${unread}tools[0]: missing field \`function\``
		],
		[
			'minimal effort',
			OSS,
			{ messages: [user], reasoning_effort: 'minimal' },
			`${unread}reasoning_effort: unknown variant \`minimal\``
		],
		[
			'a result without a call',
			OSS,
			{ messages: [user, answer('a')] },
			"Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
			'messages.[1].role'
		],
		[
			'a result of another call',
			OSS,
			{ messages: [user, calling('a'), answer('b')] },
			"Invalid parameter: 'tool_call_id' of 'b' not found in 'tool_calls' of previous message.",
			'messages.[2].tool_call_id'
		],
		[
			'a call without a result',
			OSS,
			{ messages: [user, calling('a', 'b'), answer('a'), user] },
			"An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: b",
			'messages.[3].role'
		],
		[
			'a call at the end',
			OSS,
			{ messages: [user, calling('a')] },
			'did not have response messages: a',
			'messages.[2].role'
		],
		[
			'a tool choice without tools',
			OSS,
			{ messages: [user], tool_choice: 'required' },
			"'tool_choice' is only allowed when 'tools' are specified.",
			'tool_choice'
		],
		[
			'two budgets',
			OSS,
			{ messages: [user], max_tokens: 20, max_completion_tokens: 20 },
			"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
			'max_tokens'
		],
		[
			'a budget of nothing',
			OSS,
			{ messages: [user], max_tokens: 0 },
			"Invalid 'max_tokens': integer below minimum value.",
			'max_tokens'
		],
		[
			'no choices',
			OSS,
			{ messages: [user], n: 0 },
			"Invalid 'n': integer below minimum value. Expected a value >= 1, but got 0 instead.",
			'n'
		],
		[
			'too much heat',
			OSS,
			{ messages: [user], temperature: 3 },
			"Invalid 'temperature': decimal above maximum value.",
			'temperature'
		],
		[
			'top_p over 1',
			OSS,
			{ messages: [user], top_p: 2 },
			"Invalid 'top_p': decimal above maximum value.",
			'top_p'
		]
	];
	it.each(rows)('%s', async (_, model, body, words, param = null) => {
		expect(await ask(`${MANTLE}/v1/chat/completions`, model, body)).toEqual(refusal(words, param));
	});

	const strict: Row[] = [
		[
			'max_tokens',
			GPT,
			{ max_tokens: 20 },
			"Unsupported parameter: 'max_tokens' is not supported with this model.",
			'max_tokens'
		],
		[
			'a temperature',
			GPT,
			{ temperature: 0 },
			"Unsupported parameter: 'temperature' is not supported with this model.",
			'temperature'
		],
		[
			'top_p',
			GPT,
			{ top_p: 0.5 },
			"Unsupported parameter: 'top_p' is not supported with this model.",
			'top_p'
		],
		['a tier', GPT, { service_tier: 'flex' }, "unsupported service_tier 'flex'", 'service_tier'],
		[
			'tools with effort',
			GPT,
			{ tools, reasoning_effort: 'low' },
			'Please use /v1/responses instead.',
			'reasoning_effort'
		]
	];
	it.each(strict)('%s for GPT-5.6', async (_, model, body, words, param = null) => {
		const url = `${MANTLE}/openai/v1/chat/completions`;
		expect(await ask(url, model, { messages: [user], ...body })).toEqual(refusal(words, param));
	});

	it('nothing that it does not know, and takes calls with their results', async () => {
		const known = { messages: [user, calling('a', 'b'), answer('b'), answer('a')], tools };
		const url = `${MANTLE}/v1/chat/completions`;
		expect((await ask(url, OSS, { ...known, chat_template_kwargs: {} })).status).toBe(200);
		expect((await ask(url, OSS, { ...chatBody(OSS, 'x'), guardrailConfig: {} })).status).toBe(200);
	});
});

describe('Responses refuses', () => {
	const say = (...content: object[]) => ({ input: [{ role: 'user', content }] });
	const call = { type: 'function_call', call_id: 'a', name: 'clock', arguments: '{}' };
	const output = { type: 'function_call_output', call_id: 'a', output: '12:00' };

	const rows: Row[] = [
		[
			'an unknown parameter',
			OSS,
			{ input: 'x', max_tokens: 20 },
			"Unknown parameter: 'max_tokens'.",
			'max_tokens'
		],
		['a stop sequence', OSS, { input: 'x', stop: ['.'] }, "Unknown parameter: 'stop'.", 'stop'],
		[
			'an unknown member of a message',
			OSS,
			{ input: [{ role: 'user', content: 'x', name: 'y' }] },
			"Unknown parameter: 'input[0].name'.",
			'input[0].name'
		],
		[
			'a number for input',
			OSS,
			{ input: 5 },
			"Invalid type for 'input': expected an array, but got an integer instead.",
			'input'
		],
		[
			'a number for a limit',
			OSS,
			{ input: 'x', max_output_tokens: '20' },
			"Invalid type for 'max_output_tokens': expected an integer, but got a string instead.",
			'max_output_tokens'
		],
		[
			'a role of Chat',
			OSS,
			{ input: [{ role: 'tool', content: 'x' }] },
			"Invalid value: 'tool'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
			'input[0].role'
		],
		[
			'an unknown item',
			OSS,
			{ input: [{ type: 'note' }] },
			"Invalid value: 'note'. Supported values are: 'message', 'function_call',",
			'input[0].type'
		],
		[
			'a part of Chat',
			OSS,
			say({ type: 'text', text: 'x' }),
			"Invalid value: 'text'. Supported values are: 'input_text', 'input_image', 'input_file', and 'input_audio'.",
			'input[0].content[0].type'
		],
		[
			'input as the assistant’s words',
			OSS,
			{
				input: [
					{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] },
					{ role: 'user', content: 'x' }
				]
			},
			"Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
			'input[0].content[0].type'
		],
		[
			'a nested tool',
			OSS,
			{ input: 'x', tools: [{ type: 'function', function: { name: 'clock' } }] },
			"Unknown parameter: 'tools[0].function'.",
			'tools[0].function'
		],
		[
			'a call without an id',
			OSS,
			{ input: [{ ...call, call_id: undefined }] },
			"Missing required parameter: 'input[0].call_id'.",
			'input[0].call_id'
		],
		[
			'a result without its call',
			OSS,
			{ input: [output] },
			'No tool call found for function call output with call_id a.',
			'input'
		],
		[
			'a call without its result',
			OSS,
			{ input: [call] },
			'No tool output found for function call a.',
			'input'
		],
		[
			'a small limit',
			OSS,
			{ input: 'x', max_output_tokens: 15 },
			"Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 15 instead.",
			'max_output_tokens'
		],
		[
			'minimal effort',
			OSS,
			{ input: 'x', reasoning: { effort: 'minimal' } },
			"Invalid value: 'minimal'.",
			'reasoning.effort'
		],
		[
			'a schema without a name',
			OSS,
			{ input: 'x', text: { format: { type: 'json_schema', schema: {} } } },
			"Missing required parameter: 'text.format.name'.",
			'text.format.name'
		],
		[
			'a required tool of gpt-oss',
			OSS,
			{ input: 'x', tool_choice: 'required' },
			"Invalid value for 'tool_choice': 'required' is not supported with this model.",
			'tool_choice'
		],
		[
			'a background that is not stored',
			OSS,
			{ input: 'x', background: true, store: false },
			"Background mode requires 'store' to be true.",
			'background'
		],
		[
			'a server of MCP by its address',
			OSS,
			{ input: 'x', tools: [{ type: 'mcp', server_label: 'a', server_url: 'https://a.example' }] },
			"Unsupported parameter: 'tools[0].server_url' is not supported.",
			'tools[0].server_url'
		],
		[
			'a search of gpt-oss',
			OSS,
			{ input: 'x', tools: [{ type: 'web_search' }] },
			`Tool type 'web_search' is not supported for model '${OSS}'`,
			'tools[0]'
		]
	];
	it.each(rows)('%s', async (_, model, body, words, param = null) => {
		expect(await ask(`${MANTLE}/v1/responses`, model, body)).toEqual(refusal(words, param));
	});

	it('the tools of the service on the runtime', async () => {
		const body = { input: 'x', tools: [{ type: 'web_search' }] };
		const model = 'us.openai.gpt-6-luna';
		expect(await ask(`${RUNTIME}/openai/v1/responses`, model, body)).toEqual(
			refusal(`Tool type 'web_search' is not supported for model '${model}'`, 'tools[0]')
		);
	});

	it('a result whose call is in no response of its chain', async () => {
		const fetch = newFetch();
		const url = `${MANTLE}/v1/responses`;
		const send = async (body: object) => {
			const response = await post(fetch, url, { model: OSS, ...body });
			return {
				status: response.status,
				body: (await response.json()) as { id: string; output: { call_id?: string }[] }
			};
		};
		const tools = [{ type: 'function', name: 'get_weather', parameters: { type: 'object' } }];
		const first = await send({ input: 'What is the weather?', tools });
		const call_id = first.body.output.at(-1)?.call_id;
		const chained = { previous_response_id: first.body.id, tools };
		expect(await send({ input: 'Go on.', ...chained })).toEqual(
			refusal(`No tool output found for function call ${call_id}.`, 'input')
		);
		const other = { type: 'function_call_output', call_id: 'call_x', output: '1' };
		expect(await send({ input: [other], ...chained })).toEqual(
			refusal('No tool call found for function call output with call_id call_x.', 'input')
		);
		const right = { ...other, call_id };
		expect((await send({ input: [right], ...chained })).status).toBe(200);
	});
});
