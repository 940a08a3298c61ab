import type { ConverseRequest } from '@aws-sdk/client-bedrock-runtime';
import type OpenAI from 'openai';
import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';

/** A body that an SDK's types have checked; JSON has no undefined and no classes, so the copy is exact. */
function asJson(body: unknown): Json {
	return JSON.parse(JSON.stringify(body)) as Json;
}

const weather = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const png = 'iVBORw0KGgo=';

// Typed by the SDK, so that these are requests a service accepts.
const converseBody: Omit<ConverseRequest, 'modelId'> = {
	system: [
		{ text: 'Answer briefly.' },
		{ guardContent: { text: { text: 'guarded', qualifiers: ['guard_content'] } } },
		{ cachePoint: { type: 'default', ttl: '1h' } }
	],
	messages: [
		{
			role: 'user',
			content: [
				{ text: 'What is the weather in Paris?' },
				{ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png' } } } },
				{
					document: {
						format: 'txt',
						name: 'Notes',
						source: { text: 'Bring an umbrella.' },
						citations: { enabled: true }
					}
				},
				{ audio: { format: 'mp3', source: { s3Location: { uri: 's3://bucket/a.mp3' } } } },
				{ audio: { format: 'mpeg', source: { s3Location: { uri: 's3://bucket/a' } } } },
				{ video: { format: 'three_gp', source: { s3Location: { uri: 's3://bucket/v' } } } },
				{ guardContent: { text: { text: 'guarded' } } },
				{ cachePoint: { type: 'default' } }
			]
		},
		{
			role: 'assistant',
			content: [
				{ reasoningContent: { reasoningText: { text: 'I look it up.', signature: 'c2ln' } } },
				{ text: 'One moment.' },
				{ toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Paris', days: [1, 2.5] } } },
				{ toolUse: { toolUseId: 't2', name: 'clock', input: {} } }
			]
		},
		{
			role: 'user',
			content: [
				{
					toolResult: {
						toolUseId: 't1',
						content: [{ json: { rain: true } }, { text: 'wet' }],
						status: 'success'
					}
				},
				{ toolResult: { toolUseId: 't2', content: [], status: 'error' } },
				{
					toolResult: {
						toolUseId: 't3',
						content: [
							{ text: 'A map' },
							{
								image: {
									format: 'webp',
									source: { s3Location: { uri: 's3://b/m', bucketOwner: '1' } }
								}
							},
							{
								document: { format: 'md', name: 'Map', source: { s3Location: { uri: 's3://b/n' } } }
							}
						]
					}
				}
			]
		}
	],
	inferenceConfig: { maxTokens: 512, temperature: 0, topP: 1, stopSequences: ['END', '\n\n'] },
	toolConfig: {
		tools: [
			{
				toolSpec: { name: 'weather', description: 'Looks it up', inputSchema: { json: weather } }
			},
			{ cachePoint: { type: 'default' } }
		],
		toolChoice: { tool: { name: 'weather' } }
	},
	guardrailConfig: { guardrailIdentifier: 'gr1', guardrailVersion: '2', trace: 'enabled_full' },
	additionalModelRequestFields: { thinking: { type: 'adaptive' }, top_k: 5 },
	additionalModelResponseFieldPaths: ['/stop_sequence'],
	requestMetadata: { team: 'a' },
	performanceConfig: { latency: 'optimized' },
	serviceTier: { type: 'flex' },
	promptVariables: { city: { text: 'Paris' } },
	outputConfig: {
		textFormat: {
			type: 'json_schema',
			structure: {
				jsonSchema: { schema: '{"type": "object"}', name: 'w', description: 'Weather' }
			}
		}
	}
};

const chatBody: OpenAI.ChatCompletionCreateParams = {
	model: 'openai.gpt-5.6-sol',
	messages: [
		{ role: 'developer', content: [{ type: 'text', text: 'Answer briefly.' }], name: 'house' },
		{ role: 'system', content: 'A second one.' },
		{
			role: 'user',
			name: 'ann',
			content: [
				{ type: 'text', text: 'Compare' },
				{ type: 'image_url', image_url: { url: `data:image/png;base64,${png}`, detail: 'low' } },
				{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
				{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA' } }
			]
		},
		{
			role: 'assistant',
			content: null,
			refusal: null,
			tool_calls: [
				{
					id: 'call_1',
					type: 'function',
					function: { name: 'weather', arguments: '{ "city":  "Paris" }' }
				},
				{ id: 'call_2', type: 'function', function: { name: 'clock', arguments: '{"cut' } }
			]
		},
		{ role: 'tool', tool_call_id: 'call_1', content: 'wet' },
		{ role: 'tool', tool_call_id: 'call_2', content: [{ type: 'text', text: 'noon' }] },
		{ role: 'tool', tool_call_id: 'call_3', content: [] },
		{ role: 'assistant', content: 'Partly.', refusal: 'Not more.' },
		{
			role: 'assistant',
			content: [
				{ type: 'text', text: 'A' },
				{ type: 'refusal', refusal: 'No' }
			],
			tool_calls: [{ id: 'c', type: 'custom', custom: { name: 'shell', input: 'ls' } }]
		},
		{ role: 'assistant', content: '', audio: { id: 'audio_1' } },
		{ role: 'user', content: '' }
	],
	stream: true,
	stream_options: { include_usage: true, include_obfuscation: false },
	temperature: 0,
	top_p: 0.5,
	max_tokens: 5,
	max_completion_tokens: 4096,
	stop: 'END',
	n: 2,
	reasoning_effort: 'xhigh',
	response_format: {
		type: 'json_schema',
		json_schema: { name: 'w', strict: true, schema: weather }
	},
	tools: [
		{ type: 'function', function: { name: 'weather', parameters: weather } },
		{ type: 'function', function: { name: 'clock', description: 'Tells it', strict: true } },
		{ type: 'custom', custom: { name: 'shell' } }
	],
	tool_choice: { type: 'function', function: { name: 'weather' } },
	parallel_tool_calls: false,
	logit_bias: { '50256': -100 },
	seed: 7,
	frequency_penalty: 0.5,
	presence_penalty: -0.5,
	logprobs: true,
	top_logprobs: 2,
	user: 'u1',
	safety_identifier: 's1',
	prompt_cache_key: 'k1',
	verbosity: 'low',
	service_tier: 'priority',
	metadata: { team: 'a' }
};

const responsesBody: OpenAI.Responses.ResponseCreateParams = {
	model: 'openai.gpt-6-luna',
	instructions: 'Answer briefly.',
	input: [
		{ role: 'developer', content: 'House rules.' },
		{ type: 'message', role: 'user', content: 'Hello' },
		{
			role: 'user',
			content: [
				{ type: 'input_text', text: 'Compare' },
				{ type: 'input_image', image_url: `data:image/png;base64,${png}`, detail: 'auto' },
				{ type: 'input_file', filename: 'a.pdf', file_data: 'AA' }
			]
		},
		{
			type: 'reasoning',
			id: 'rs_1',
			summary: [{ type: 'summary_text', text: 'I look it up.' }],
			encrypted_content: 'gAAAA'
		},
		{ type: 'reasoning', id: 'rs_2', summary: [] },
		{
			type: 'reasoning',
			id: 'rs_3',
			summary: [
				{ type: 'summary_text', text: 'One' },
				{ type: 'summary_text', text: 'Two' }
			],
			encrypted_content: 'gBBBB'
		},
		{ type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{ "city": "Paris"}' },
		{ type: 'function_call_output', call_id: 'call_1', output: '{"rain":true}' },
		{
			type: 'function_call_output',
			call_id: 'call_2',
			id: 'fco_1',
			status: 'completed',
			output: [
				{ type: 'input_text', text: 'A map' },
				{ type: 'input_image', image_url: 'https://example.com/map.png', detail: 'auto' },
				{ type: 'input_file', file_url: 'https://example.com/map.pdf' },
				{ type: 'input_file', file_id: 'file_1' }
			]
		},
		{
			type: 'message',
			id: 'msg_1',
			role: 'assistant',
			status: 'completed',
			content: [
				{ type: 'output_text', text: 'Wet.', annotations: [] },
				{ type: 'refusal', refusal: 'Not more.' }
			]
		},
		{ role: 'assistant', content: 'Anything else?' },
		{ type: 'item_reference', id: 'msg_0' },
		{ type: 'mcp_approval_response', approval_request_id: 'a', approve: true },
		{ role: 'user', content: '' }
	],
	previous_response_id: 'resp_1',
	include: ['reasoning.encrypted_content'],
	max_output_tokens: 512,
	metadata: { team: 'a' },
	parallel_tool_calls: true,
	reasoning: { effort: 'low', summary: 'auto' },
	store: false,
	user: 'u1',
	safety_identifier: 's1',
	prompt_cache_key: 'k1',
	top_logprobs: 3,
	stream: false,
	temperature: 0.2,
	text: {
		verbosity: 'low',
		format: { type: 'json_schema', name: 'w', schema: weather, strict: true }
	},
	tool_choice: 'auto',
	tools: [
		{ type: 'function', name: 'weather', parameters: weather, strict: false },
		{ type: 'mcp', server_label: 'l', connector_id: 'connector_gmail', require_approval: 'never' },
		{ type: 'web_search', search_context_size: 'low' }
	],
	top_p: 1,
	truncation: 'auto'
};

/** A body of each API with everything in it. */
export const fullBodies: Record<ApiId, Json> = {
	converse: asJson(converseBody),
	'chat-completions': asJson(chatBody),
	responses: asJson({ ...responsesBody, max_tool_calls: 3 })
};
