import type { ApiId } from '../model/draft.ts';
import type { Json } from '../model/json.ts';

/** One body of one API. */
export interface Case {
	name: string;
	api: ApiId;
	body: Json;
}

/** Bodies with what is rare, empty or of another type than it should be. */
export const oddBodies: Case[] = [
	...[
		{ type: 'json_object' },
		{ type: 'json_object', more: 1 },
		{ type: 'text' },
		{ type: 'json_schema' },
		{ type: 'json_schema', json_schema: { name: 'n', strict: null, schema: { type: 'object' } } },
		{ type: 'json_schema', json_schema: { schema: 'text', description: 5, more: true } }
	].map((response_format): Case => ({
		name: `the answer as ${JSON.stringify(response_format)}`,
		api: 'chat-completions',
		body: { messages: [], response_format } as Json
	})),
	...[
		{ format: { type: 'json_object' }, verbosity: 'low' },
		{ format: { type: 'json_schema', schema: { minimum: 1 }, strict: 'yes' } },
		{ format: { type: 'json_schema', name: 'n' } },
		{ format: null }
	].map((text): Case => ({
		name: `the answer as ${JSON.stringify(text)}`,
		api: 'responses',
		body: { input: 'a', text } as Json
	})),
	...['{\n  "type" : "object"}', 'not JSON', ''].map((schema): Case => ({
		name: `a schema that is ${JSON.stringify(schema)}`,
		api: 'converse',
		body: {
			outputConfig: {
				effort: 'low',
				textFormat: { type: 'json_schema', structure: { jsonSchema: { schema, name: 'n' } } }
			}
		}
	})),
	{
		name: 'inline bytes, redacted reasoning, a system turn, prompt variables',
		api: 'converse',
		body: {
			messages: [
				{
					role: 'user',
					content: [
						{ image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } },
						{ text: '' },
						{ text: 'a', guardContent: { text: { text: 'b' } } }
					]
				},
				{ role: 'system', content: [{ text: 'From now on in French.' }] },
				{
					role: 'assistant',
					content: [
						{ reasoningContent: { redactedContent: 'cmVk' } },
						{ reasoningContent: { reasoningText: { text: '' } } },
						{ toolUse: { toolUseId: 't', name: 'n', input: 'text', type: 'server_tool_use' } },
						{ toolUse: { toolUseId: 't', name: 'n', input: null } },
						{ toolUse: { toolUseId: 't', name: 'n' } }
					]
				},
				{ role: 'assistant', content: [] },
				{ role: 'user' },
				{ content: [{ text: 'no role' }] },
				null
			],
			promptVariables: { k: { text: 'v' } },
			guardrailConfig: {
				guardrailIdentifier: 'g',
				guardrailVersion: '1',
				streamProcessingMode: 'sync'
			}
		}
	},
	{ name: 'empty lists', api: 'converse', body: { messages: [], system: [], inferenceConfig: {} } },
	{ name: 'an empty body', api: 'converse', body: {} },
	{
		name: 'a list for tools, a bare string for stop',
		api: 'chat-completions',
		body: { stop: 'x', tools: [] }
	},
	{
		name: 'odd messages',
		api: 'chat-completions',
		body: {
			model: '',
			messages: [
				{ role: 'system', content: 5 },
				{ role: 'assistant' },
				{ role: 'assistant', content: null },
				{ role: 'assistant', content: [], tool_calls: [] },
				{ role: 'assistant', tool_calls: [{ id: 1 }] },
				{ role: 'assistant', content: '', reasoning_content: 'why', reasoning: 'why' },
				{ role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
				{ role: 'function', name: 'f', content: '1' },
				{ role: 'user', content: ['a', null, [], { type: 'text', text: 'b', cache_control: {} }] },
				{ role: 'user', content: 'hi', tool_calls: [], refusal: 'x' },
				'text',
				[]
			],
			stream: null,
			stream_options: null,
			'amazon-bedrock-guardrailConfig': { tagSuffix: 'xyz' }
		}
	},
	{
		name: 'only a system message',
		api: 'chat-completions',
		body: { messages: [{ role: 'system', content: '' }] }
	},
	{ name: 'an empty list of messages', api: 'chat-completions', body: { messages: [] } },
	{ name: 'a bare string', api: 'responses', body: { model: 'm', input: 'Hello' } },
	{ name: 'an empty string', api: 'responses', body: { input: '', instructions: '' } },
	{ name: 'an empty list', api: 'responses', body: { input: [], instructions: null } },
	{
		name: 'odd items',
		api: 'responses',
		body: {
			input: [
				{ role: 'user', content: [] },
				{ role: 'user', content: null },
				{ role: 'assistant', content: [{ type: 'input_text', text: 'a' }, { type: 'new' }, 'b'] },
				{ role: 'user', content: [{ type: 'new' }, { type: 'output_text', text: 'a' }] },
				{ role: 'tool', content: 'x' },
				{ role: 'user', content: 'x', call_id: 'c', name: 'n', arguments: '{}' },
				{ call_id: 'c', name: 'n', arguments: '{}' },
				{ type: 'custom_tool_call', call_id: 'c', name: 'n', input: 'ls' },
				{ type: 'reasoning', encrypted_content: 'e' },
				{ type: 'reasoning', encrypted_content: null, summary: [] },
				{ type: 'compaction', encrypted_content: 'e', summary: [] },
				7
			],
			previous_response_id: null,
			reasoning: null,
			max_output_tokens: '16'
		}
	}
];
