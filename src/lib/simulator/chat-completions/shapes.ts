import {
	choice,
	decimal,
	flag,
	integer,
	list,
	map,
	object,
	openStructure,
	tagged,
	text,
	textOr
} from '../shape.ts';

const part = tagged('type', {
	text: openStructure({ text }, 'text'),
	image_url: openStructure(
		{ image_url: openStructure({ url: text, detail: text }, 'url') },
		'image_url'
	),
	input_audio: openStructure(
		{ input_audio: openStructure({ data: text, format: text }, 'data', 'format') },
		'input_audio'
	),
	file: openStructure({ file: object }, 'file'),
	refusal: openStructure({ refusal: text }, 'refusal')
});

const content = textOr(list(part));
const spoken = openStructure({ content, name: text }, 'content');

const toolCall = tagged('type', {
	function: openStructure(
		{
			id: text,
			function: openStructure({ name: text, arguments: text }, 'name', 'arguments')
		},
		'id',
		'function'
	),
	custom: openStructure({ id: text, custom: object }, 'id', 'custom')
});

const message = tagged('role', {
	developer: spoken,
	system: spoken,
	user: spoken,
	assistant: openStructure({ content, refusal: text, name: text, tool_calls: list(toolCall) }),
	tool: openStructure({ content, tool_call_id: text }, 'content', 'tool_call_id')
});

const tool = tagged('type', {
	function: openStructure(
		{
			function: openStructure(
				{ name: text, description: text, parameters: object, strict: flag },
				'name'
			)
		},
		'function'
	),
	custom: openStructure({ custom: object }, 'custom')
});

const responseFormat = tagged('type', {
	text: openStructure({}),
	json_object: openStructure({}),
	json_schema: openStructure(
		{ json_schema: openStructure({ name: text, schema: object, strict: flag }, 'name') },
		'json_schema'
	)
});

/** The body of Chat Completions, which ignores what it does not know. */
export const chatShape = openStructure(
	{
		model: text,
		messages: list(message),
		stream: flag,
		stream_options: openStructure({ include_usage: flag }),
		temperature: decimal,
		top_p: decimal,
		frequency_penalty: decimal,
		presence_penalty: decimal,
		max_tokens: integer,
		max_completion_tokens: integer,
		n: integer,
		seed: integer,
		stop: textOr(list(text)),
		tools: list(tool),
		tool_choice: textOr(object),
		parallel_tool_calls: flag,
		reasoning_effort: choice('none', 'low', 'medium', 'high', 'xhigh', 'max'),
		response_format: responseFormat,
		service_tier: choice('auto', 'default', 'flex', 'priority'),
		logprobs: flag,
		top_logprobs: integer,
		metadata: map(text),
		logit_bias: map(decimal),
		verbosity: choice('low', 'medium', 'high'),
		prompt_cache_key: text,
		prompt_cache_options: object,
		safety_identifier: text,
		'amazon-bedrock-guardrailConfig': openStructure({ tagSuffix: text }),
		user: text
	},
	'model',
	'messages'
);
