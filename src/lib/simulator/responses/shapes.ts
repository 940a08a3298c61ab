import {
	any,
	choice,
	decimal,
	flag,
	integer,
	list,
	map,
	object,
	openStructure,
	structure,
	tagged,
	text,
	textOr
} from '../shape.ts';

const type = text;
const open = openStructure({});
const breakpoint = { prompt_cache_breakpoint: object };

const inputPart = tagged('type', {
	input_text: structure({ type, text, ...breakpoint }, 'text'),
	input_image: structure({ type, detail: text, file_id: text, image_url: text, ...breakpoint }),
	input_file: structure({
		type,
		detail: text,
		file_data: text,
		file_id: text,
		file_url: text,
		filename: text,
		...breakpoint
	}),
	input_audio: openStructure({ input_audio: object }, 'input_audio')
});

const outputPart = tagged('type', {
	output_text: structure(
		{ type, text, annotations: list(object), logprobs: list(any), ...breakpoint },
		'text'
	),
	refusal: structure({ type, refusal: text }, 'refusal')
});

const told = { type, role: text, id: text, status: text, phase: text };
const heard = structure({ ...told, content: textOr(list(inputPart)) }, 'content');
const said = structure({ ...told, content: textOr(list(outputPart)) }, 'content');
const message = tagged('role', { assistant: said, system: heard, developer: heard, user: heard });

const functionCall = structure(
	{
		type,
		id: text,
		call_id: text,
		name: text,
		arguments: text,
		namespace: text,
		caller: object,
		status: text
	},
	'call_id',
	'name',
	'arguments'
);

const functionCallOutput = structure(
	{
		type,
		id: text,
		call_id: text,
		output: textOr(list(inputPart)),
		caller: object,
		name: text,
		status: text
	},
	'call_id',
	'output'
);

// What the simulator does not look into is told by its name only.
const item = tagged(
	'type',
	{
		message,
		function_call: functionCall,
		function_call_output: functionCallOutput,
		reasoning: openStructure({ summary: list(object), encrypted_content: text }, 'summary'),
		item_reference: openStructure({ id: text }, 'id'),
		web_search_call: open,
		mcp_list_tools: open,
		mcp_call: open,
		mcp_approval_request: open,
		mcp_approval_response: structure(
			{ type, id: text, approval_request_id: text, approve: flag, reason: text },
			'approval_request_id',
			'approve'
		),
		custom_tool_call: open,
		custom_tool_call_output: open,
		file_search_call: open,
		code_interpreter_call: open,
		image_generation_call: open,
		computer_call: open,
		computer_call_output: open,
		local_shell_call: open,
		local_shell_call_output: open,
		shell_call: open,
		shell_call_output: open,
		apply_patch_call: open,
		apply_patch_call_output: open,
		tool_search_call: open,
		tool_search_output: open,
		compaction: open
	},
	'message'
);

const webSearch = openStructure({ external_web_access: flag });

const tool = tagged('type', {
	function: structure(
		{ type, name: text, description: text, parameters: object, strict: flag },
		'name'
	),
	web_search: webSearch,
	web_search_preview: webSearch,
	mcp: openStructure({ server_label: text, connector_id: text, server_url: text }, 'server_label'),
	custom: openStructure({ name: text }, 'name'),
	file_search: open,
	code_interpreter: open,
	image_generation: open,
	computer_use_preview: open,
	local_shell: open,
	shell: open,
	apply_patch: open,
	tool_search: open
});

const format = tagged('type', {
	text: structure({ type }),
	json_object: structure({ type }),
	json_schema: structure(
		{ type, name: text, schema: object, strict: flag, description: text },
		'name',
		'schema'
	)
});

/**
 * The body of Responses, which refuses what it does not know.
 *
 * @see https://platform.openai.com/docs/api-reference/responses/create
 */
export const responsesShape = structure(
	{
		model: text,
		input: textOr(list(item)),
		instructions: text,
		previous_response_id: text,
		conversation: any,
		store: flag,
		stream: flag,
		stream_options: object,
		background: flag,
		max_output_tokens: integer,
		max_tool_calls: integer,
		parallel_tool_calls: flag,
		tools: list(tool),
		tool_choice: textOr(object),
		text: structure({ format, verbosity: choice('low', 'medium', 'high') }),
		reasoning: structure({
			effort: choice('none', 'low', 'medium', 'high', 'xhigh', 'max'),
			summary: choice('auto', 'concise', 'detailed'),
			generate_summary: text,
			context: text
		}),
		include: list(
			choice(
				'file_search_call.results',
				'web_search_call.results',
				'web_search_call.action.sources',
				'message.input_image.image_url',
				'computer_call_output.output.image_url',
				'code_interpreter_call.outputs',
				'reasoning.encrypted_content',
				'message.output_text.logprobs'
			)
		),
		metadata: map(text),
		truncation: choice('auto', 'disabled'),
		temperature: decimal,
		top_p: decimal,
		top_logprobs: integer,
		service_tier: choice('auto', 'default', 'flex', 'priority', 'ultrafast'),
		prompt: object,
		prompt_cache_key: text,
		prompt_cache_options: object,
		prompt_cache_retention: text,
		context_management: any,
		moderation: any,
		user: text,
		safety_identifier: text
	},
	'model'
);
