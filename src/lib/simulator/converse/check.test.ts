import { describe, expect, it } from 'vitest';
import { newSimulator } from '../simulator.ts';
import { converseBody, post, RUNTIME } from '../test-kit.ts';

const SONNET_4_5 = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const OPUS_5 = 'us.anthropic.claude-opus-5';
const OSS = 'openai.gpt-oss-120b-1:0';

const PNG = 'iVBORw0KGgo=';
const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const say = (...content: unknown[]) => ({ messages: [user(...content)] });
const image = (format: string, bytes = PNG) => ({ image: { format, source: { bytes } } });
const document = (name: string, source: object = { bytes: PNG }) => ({
	document: { format: 'pdf', name, source }
});
const toolConfig = {
	tools: [{ toolSpec: { name: 'clock', inputSchema: { json: { type: 'object' } } } }]
};
const call = (toolUseId: string, input: unknown = {}) => ({
	toolUse: { toolUseId, name: 'clock', input }
});
const result = (toolUseId: string, rest: object = {}) => ({
	toolResult: { toolUseId, content: [{ text: '12:00' }], ...rest }
});
const hi = { text: 'Hi' };
const keys =
	'text, image, toolUse, toolResult, document, video, audio, cachePoint, guardContent, reasoningContent, citationsContent, searchResult, toolAddition, toolRemoval.';

async function ask(body: unknown, model = SONNET_4_5) {
	const fetch = newSimulator({ speed: 0, requireKey: false });
	const response = await post(
		fetch,
		`${RUNTIME}/model/${encodeURIComponent(model)}/converse`,
		body
	);
	return {
		status: response.status,
		exception: response.headers.get('x-amzn-errortype')?.split(':')[0],
		body: (await response.json()) as { message: string }
	};
}

/** What, the body, and what the service says. */
type Row = [what: string, body: unknown, words: string];

describe('Converse cannot read', () => {
	const rows: Row[] = [
		['text for messages', { messages: 'Hi' }, 'Unexpected field type'],
		[
			'text for a system prompt',
			converseBody('Hi', { system: 'Be brief.' }),
			'Unexpected field type'
		],
		['text for content', { messages: [{ role: 'user', content: 'Hi' }] }, 'Unexpected field type'],
		['a number as text', say({ text: 5 }), 'NUMBER_VALUE can not be converted to a String'],
		[
			'text as a number',
			converseBody('Hi', { inferenceConfig: { temperature: '1' } }),
			'STRING_VALUE can not be converted to a Float'
		],
		[
			'a fraction as an integer',
			converseBody('Hi', { inferenceConfig: { maxTokens: 1.5 } }),
			'NUMBER_VALUE can not be converted to an Integer'
		],
		[
			'a truth value as text',
			converseBody('Hi', { requestMetadata: { a: true } }),
			'TRUE_VALUE can not be converted to a String'
		],
		['a list as text', say({ text: [] }), 'Start of list found where not expected'],
		['an object as text', say({ text: {} }), 'Start of structure or map found where not expected.']
	];
	it.each(rows)('%s', async (_, body, message) => {
		expect(await ask(body)).toEqual({
			status: 400,
			exception: 'SerializationException',
			body: { message }
		});
	});
});

describe('Converse refuses', () => {
	const enumOf = (value: string, at: string) =>
		`1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: Member must satisfy enum value set: [`;
	const rows: Row[] = [
		[
			'an unknown field',
			converseBody('Hi', { stream: true }),
			'Malformed input request: #: extraneous key [stream] is not permitted, please reformat your input and try again.'
		],
		[
			'an unknown field inside',
			converseBody('Hi', { inferenceConfig: { topK: 5 } }),
			'Malformed input request: #/inferenceConfig: extraneous key [topK] is not permitted'
		],
		[
			'an unknown block',
			say({ input_text: 'Hi' }),
			`ContentBlock object at messages.0.content.0 must set one of the following keys: ${keys}`
		],
		[
			'a block in the shape of another API',
			say({ type: 'text', text: 'Hi' }),
			'Malformed input request: #/messages/0/content/0: extraneous key [type] is not permitted'
		],
		[
			'two keys in one block',
			say({ text: 'Hi', ...image('png') }),
			`ContentBlock object at messages.0.content.0 must set only one of the following keys: ${keys}`
		],
		[
			'an unknown role',
			{ messages: [{ role: 'tool', content: [hi] }] },
			enumOf('tool', 'messages.0.role')
		],
		[
			'two users in a row',
			{ messages: [user(hi), user(hi)] },
			'A conversation must alternate between user and assistant roles.'
		],
		[
			'an assistant first',
			{ messages: [assistant(hi), user(hi)] },
			'A conversation must start with a user message.'
		],
		[
			'blank text in a system prompt',
			converseBody('Hi', { system: [{ text: ' ' }] }),
			'The text field in the SystemContentBlock object at system.0 is blank.'
		],
		[
			'an unknown image format',
			say(hi, image('bmp')),
			enumOf('bmp', 'messages.0.content.1.image.format')
		],
		[
			'an image that is not base64',
			say(hi, image('png', 'data:image/png;base64,AAAA')),
			'The format of the value at messages.0.content.1.image.source.bytes is invalid. Provide a base64-encoded string'
		],
		[
			'an image over 3.75 MB',
			say(hi, image('png', 'A'.repeat(5_242_884))),
			'image exceeds 5 MB maximum: 5242884 bytes > 5242880 bytes'
		],
		[
			'an image that is too wide',
			say(hi, image('gif', Buffer.from('GIF89a\x41\x1f\x14\0\0\0', 'latin1').toString('base64'))),
			'image dimensions exceed max allowed size: 8000 pixels'
		],
		[
			'an image of another format than its bytes',
			say(hi, image('jpeg', PNG)),
			'specified using the image/jpeg media type, but the image appears to be a image/png image'
		],
		[
			'21 images',
			say(hi, ...Array.from({ length: 21 }, () => image('png'))),
			"You can't include more than 20 images in a request."
		],
		[
			'an image of the assistant',
			{ messages: [user(hi), assistant(image('png')), user(hi)] },
			'The image field at messages.1.content.0.image can only be included in messages with the user role.'
		],
		[
			'a document without text beside it',
			say(document('Report')),
			'A text block must be included when using documents. Add a text block and retry your request.'
		],
		[
			'six documents over the whole history',
			{
				messages: [
					user(hi, ...['a', 'b', 'c'].map((name) => document(name))),
					assistant(hi),
					user(hi, ...['d', 'e', 'f'].map((name) => document(name)))
				]
			},
			"You can't include more than 5 documents in a request."
		],
		[
			'two documents of one name',
			say(hi, document('Report'), document('Report')),
			"Messages can't contain duplicate document names. Rename the document and retry your request."
		],
		[
			'a document with a dot in its name',
			say(hi, document('report.pdf')),
			'The document file name can only contain alphanumeric characters,'
		],
		[
			'a document over 4.5 MB',
			say(hi, document('Report', { bytes: 'A'.repeat(6_291_460) })),
			"at 'messages.0.content.1.document.source.bytes' failed to satisfy constraint: Member must have length less than or equal to 4718592"
		],
		[
			'a document of text without citations',
			say(hi, document('Report', { text: 'Grass is green.' })),
			'DocumentSource object at messages.0.content.1.document.source must set one of the following keys: bytes, s3Location.'
		],
		[
			'tool blocks without toolConfig',
			{ messages: [user(hi), assistant(call('a')), user(result('a'))] },
			'The toolConfig field must be defined when using toolUse and toolResult content blocks.'
		],
		[
			'a call without its result',
			{ toolConfig, messages: [user(hi), assistant(call('a'), call('b')), user(result('a'))] },
			'Expected toolResult blocks at messages.2.content for the following Ids: b'
		],
		[
			'a call at the end',
			{ toolConfig, messages: [user(hi), assistant(call('a'))] },
			'Expected toolResult blocks at messages.2.content for the following Ids: a'
		],
		[
			'a result without its call',
			{ toolConfig, messages: [user(hi), assistant(hi), user(result('a'))] },
			'The number of toolResult blocks at messages.2.content exceeds the number of toolUse blocks of previous turn.'
		],
		[
			'the input of a call that is text',
			{ toolConfig, messages: [user(hi), assistant(call('a', '{')), user(result('a'))] },
			'The format of the value at messages.1.content.0.toolUse.input is invalid. Provide a json object for the field and try again.'
		],
		[
			'a result that is a list',
			{
				toolConfig,
				messages: [user(hi), assistant(call('a')), user(result('a', { content: [{ json: [1] }] }))]
			},
			'The format of the value at messages.2.content.0.toolResult.content.0.json is invalid. Provide a json object for the field and try again.'
		],
		[
			'an error without content',
			{
				toolConfig,
				messages: [
					user(hi),
					assistant(call('a')),
					user(result('a', { content: [], status: 'error' }))
				]
			},
			'The content field at messages.2.content.0.toolResult cannot be empty when status value is error.'
		],
		[
			'a call id with other signs',
			{ toolConfig, messages: [user(hi), assistant(call('a b')), user(result('a b'))] },
			"Value 'a b' at 'messages.1.content.0.toolUse.toolUseId' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.:-]+"
		],
		[
			'no tools in toolConfig',
			converseBody('Hi', { toolConfig: { tools: [] } }),
			"Value '[]' at 'toolConfig.tools' failed to satisfy constraint: Member must have length greater than or equal to 1"
		],
		[
			'a choice of no tool',
			converseBody('Hi', { toolConfig: { ...toolConfig, toolChoice: { none: {} } } }),
			'ToolChoice object at toolConfig.toolChoice must set one of the following keys: auto, any, tool.'
		],
		[
			'a schema that is not JSON',
			converseBody('Hi', {
				outputConfig: {
					textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{', name: 'x' } } }
				}
			}),
			'The format of the value at outputConfig.textFormat.structure.jsonSchema.schema is invalid.'
		],
		[
			'temperature with topP for Claude 4.5',
			converseBody('Hi', { inferenceConfig: { temperature: 1, topP: 1 } }),
			'The model returned the following errors: `temperature` and `top_p` cannot both be specified for this model. Please use only one.'
		]
	];
	it.each(rows)('%s', async (_, body, words) => {
		expect(await ask(body)).toEqual({
			status: 400,
			exception: 'ValidationException',
			body: { message: expect.stringContaining(words) }
		});
	});

	const families: [what: string, model: string, body: unknown, words: string][] = [
		[
			'temperature for Claude Opus 5',
			OPUS_5,
			converseBody('Hi', { inferenceConfig: { temperature: 1 } }),
			'The model returned the following errors: `temperature` is deprecated for this model.'
		],
		[
			'enabled thinking for Claude Opus 5',
			OPUS_5,
			converseBody('Hi', {
				additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } }
			}),
			'"thinking.type.enabled" is not supported for this model.'
		],
		[
			'the beginning of an answer for Claude Opus 5',
			OPUS_5,
			{ messages: [user(hi), assistant(hi)] },
			'The model returned the following errors: This model does not support assistant message prefill. The conversation must end with a user message.'
		],
		[
			'a signature for a model that signs nothing',
			OSS,
			{
				messages: [
					user(hi),
					assistant({ reasoningContent: { reasoningText: { text: 'x', signature: 'y' } } }),
					user(hi)
				]
			},
			"This model doesn't support the reasoningContent.reasoningText.signature field."
		]
	];
	it.each(families)('%s', async (_, model, body, words) => {
		expect(await ask(body, model)).toMatchObject({
			status: 400,
			body: { message: expect.stringContaining(words) }
		});
	});
});

describe('Converse takes', () => {
	const rows: [what: string, body: unknown][] = [
		[
			'20 images and 5 documents',
			say(
				hi,
				...Array.from({ length: 20 }, () => image('png')),
				...'abcde'.split('').map((name) => document(name))
			)
		],
		['an underscore in a document name', say(hi, document('my_report'))],
		[
			'a call and its result',
			{ toolConfig, messages: [user(hi), assistant(call('a')), user(result('a'))] }
		],
		[
			'a system message in the middle',
			{ messages: [user(hi), { role: 'system', content: [hi] }, assistant(hi), user(hi)] }
		],
		['the beginning of an answer for Claude 4.5', { messages: [user(hi), assistant(hi)] }],
		[
			'a call of a server tool with its result in one message',
			{
				toolConfig,
				messages: [
					user(hi),
					assistant(
						{
							toolUse: {
								toolUseId: 's',
								name: 'nova_grounding',
								input: {},
								type: 'server_tool_use'
							}
						},
						result('s'),
						hi
					),
					user(hi)
				]
			}
		],
		[
			'null for what is not set',
			converseBody('Hi', { system: null, inferenceConfig: { topP: null } })
		],
		[
			'a document of text with citations',
			say(hi, {
				document: {
					format: 'txt',
					name: 'Grass',
					source: { text: 'Grass is green.' },
					citations: { enabled: true }
				}
			})
		]
	];
	it.each(rows)('%s', async (_, body) => {
		expect((await ask(body)).status).toBe(200);
	});
});
