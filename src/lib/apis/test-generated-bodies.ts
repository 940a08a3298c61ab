import type { ApiId } from '../model/draft.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { newRandom } from '../simulator/random.ts';
import { pick } from './test-mutation.ts';

// Bodies with every field that the three APIs have by their documentation, each now and then of another type or absent,
// beside fields that nobody has heard of. As in a body that was read, a number with digits to keep is `{ $number }`.
// Made from a seed by plain functions: fast-check's own values cost thirty times as much here.

/** Gives numbers from 0 to below 1. */
type Random = () => number;
type Make = (random: Random) => Json;

const oneOf =
	(...values: readonly Json[]): Make =>
	(random) =>
		pick(values, random);
const anyOf =
	(...makes: readonly Make[]): Make =>
	(random) =>
		pick(makes, random)(random);

const text = oneOf('', ' ', 'Hi', 'Hi', 'Hello', 'a\nb', '你好', '<think>x</think>y', '{}');
const id = oneOf('a', 'b', 'call_1', 't1', '');
const flag = oneOf(true, false);
const digits = ['1.0', '0.50', '9007199254740993', '1e400', '-0', '1E3'];
const number = anyOf(oneOf(0, 1, 0.7, 16, -1, 4096), (random) => ({
	$number: pick(digits, random)
}));
const base64 = oneOf('iVBORw0KGgo=', '', 'AA==', 'not base64');

const nested: Make = (random) => {
	let deep: Json = 1;
	for (let i = Math.floor(random() * 60); i >= 0; i--) deep = i % 2 === 0 ? [deep] : { a: deep };
	return deep;
};
const plain = oneOf(null, true, false, '', 'x', [], {}, [[]], [null], { a: 1 }, { text: 'x' });
const any = anyOf(plain, plain, number, nested);

const isRare = (random: Random): boolean => random() < 0.03;
const odd =
	(make: Make): Make =>
	(random) =>
		(isRare(random) ? any : make)(random);

const names = ['x', 'unknown', '__proto__', 'constructor', '$$number', 'type', 'id'];

/** An object of which any of these fields may be absent but those of `always`. */
function object(fields: Readonly<Record<string, Make>>, always: readonly string[] = []): Make {
	const makes = Object.entries(fields);
	return (random) => {
		const made: [string, Json][] = [];
		for (const [name, make] of makes) {
			if (always.includes(name) || random() < 0.3) made.push([name, odd(make)(random)]);
		}
		if (isRare(random)) made.push([pick(names, random), any(random)]);
		return Object.fromEntries(made);
	};
}

/** An object with exactly one of these fields, as unions of Converse are. */
function union(fields: Readonly<Record<string, Make>>): Make {
	return anyOf(...Object.entries(fields).map(([name, one]) => object({ [name]: one }, [name])));
}

/** One of several objects told apart by their `type`. */
function typed(kinds: Readonly<Record<string, Record<string, Make>>>): Make {
	const objects = Object.entries(kinds).map(([type, fields]) =>
		object({ type: oneOf(type), ...fields }, ['type', ...Object.keys(fields).slice(0, 2)])
	);
	return anyOf(...objects);
}

function list(make: Make, maxLength = 3): Make {
	return (random) =>
		Array.from({ length: Math.floor(random() * (maxLength + 1)) }, () => odd(make)(random));
}

const dictionary = (make: Make): Make => object({ a: make, b: make });

const schema = oneOf(
	{ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
	{ type: 'object', additionalProperties: false, properties: {} },
	{},
	true
);
const strings = list(text);
const metadata = dictionary(text);

const s3 = object({ uri: oneOf('s3://b/k'), bucketOwner: id }, ['uri']);
const source = union({ bytes: base64, s3Location: s3, text, content: list(object({ text })) });
const file = (...formats: string[]) =>
	object({ format: oneOf(...formats), source }, ['format', 'source']);
const cachePoint = object({ type: oneOf('default'), ttl: oneOf('5m', '1h') }, ['type']);
const guarded = union({
	text: object({ text, qualifiers: list(oneOf('query', 'guard_content')) }, ['text']),
	image: file('png', 'jpeg')
});
const citations = object({ enabled: flag });
const document = object(
	{ format: oneOf('pdf', 'txt', 'md'), name: text, source, context: text, citations },
	['format', 'name', 'source']
);
const searchResult = object({
	source: text,
	title: text,
	content: list(object({ text })),
	citations
});
const image = file('png', 'jpeg', 'gif', 'webp');
const video = file('mp4', 'three_gp', 'mov');
const blocks = {
	...{ text, image, document, video, cachePoint, searchResult },
	audio: file('mp3', 'wav', 'mpeg'),
	toolUse: object({ toolUseId: id, name: id, input: any, type: oneOf('server_tool_use') }, [
		'toolUseId',
		'name',
		'input'
	]),
	toolResult: object(
		{
			...{ toolUseId: id, status: oneOf('success', 'error'), type: text },
			content: list(union({ text, json: any, image, document, video, searchResult }))
		},
		['toolUseId', 'content']
	),
	reasoningContent: union({
		reasoningText: object({ text, signature: base64 }, ['text']),
		redactedContent: base64
	}),
	guardContent: guarded,
	citationsContent: object({ content: list(object({ text })), citations: list(any) }),
	toolAddition: object({ tool: any }),
	toolRemoval: object({ tool: any })
};

const converse = object(
	{
		messages: list(
			object({ role: oneOf('user', 'assistant', 'system'), content: list(union(blocks), 4) }, [
				'role',
				'content'
			]),
			4
		),
		system: list(union({ text, guardContent: guarded, cachePoint })),
		inferenceConfig: object({
			...{ maxTokens: number, temperature: number, topP: number, stopSequences: strings }
		}),
		toolConfig: object({
			tools: list(
				union({
					toolSpec: object(
						{ name: id, description: text, inputSchema: object({ json: schema }), strict: flag },
						['name', 'inputSchema']
					),
					systemTool: object({ name: oneOf('nova_grounding') }),
					cachePoint
				})
			),
			toolChoice: union({ auto: object({}), any: object({}), tool: object({ name: id }) })
		}),
		guardrailConfig: object({
			...{
				guardrailIdentifier: id,
				guardrailVersion: id,
				trace: oneOf('enabled', 'disabled')
			},
			streamProcessingMode: oneOf('sync', 'async')
		}),
		additionalModelRequestFields: object({
			...{ top_k: number, reasoning: object({ effort: text }), anthropic_beta: strings },
			thinking: object({ type: oneOf('enabled', 'adaptive'), budget_tokens: number })
		}),
		additionalModelResponseFieldPaths: strings,
		promptVariables: dictionary(union({ text })),
		requestMetadata: metadata,
		performanceConfig: object({ latency: oneOf('standard', 'optimized') }),
		serviceTier: object({ type: oneOf('default', 'flex', 'priority') }),
		outputConfig: object({
			effort: oneOf('low', 'max'),
			textFormat: object({
				type: oneOf('json_schema'),
				structure: object({
					jsonSchema: object({ schema: oneOf('{}', '{'), name: id, description: text })
				})
			})
		})
	},
	['messages']
);

const described = { name: id, description: text, parameters: schema, strict: flag };
const tier = oneOf('auto', 'default', 'flex', 'priority');
const effort = oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max');
const dataUrl = oneOf('data:image/png;base64,iVBORw0KGgo=', 'https://a.test/b.png', 's3://b/k', '');
const verbosity = oneOf('low', 'high');
const shared = {
	...{ model: id, stream: flag, temperature: number, top_p: number, metadata, service_tier: tier },
	...{ parallel_tool_calls: flag, store: flag, user: text, safety_identifier: text },
	...{ prompt_cache_key: text, top_logprobs: number },
	prompt_cache_options: object({ mode: oneOf('implicit', 'explicit'), ttl: text })
};

const chatContent = anyOf(
	text,
	oneOf(null),
	list(
		typed({
			text: { text, cache_control: object({ type: text }) },
			refusal: { refusal: text },
			image_url: {
				image_url: object({ url: dataUrl, detail: oneOf('auto', 'low') }, ['url'])
			},
			input_audio: { input_audio: object({ data: base64, format: oneOf('mp3', 'wav') }) },
			file: { file: object({ file_data: base64, filename: text, file_id: id }) }
		})
	)
);

const chat = object(
	{
		...shared,
		messages: list(
			object(
				{
					role: oneOf('system', 'developer', 'user', 'assistant', 'tool', 'function'),
					...{ content: chatContent, name: id, refusal: text, tool_call_id: id, reasoning: text },
					...{ reasoning_content: text, audio: object({ id }) },
					tool_calls: list(
						object(
							{
								...{ id, type: oneOf('function', 'custom') },
								function: object({ name: id, arguments: oneOf('{}', '{"a":', '') })
							},
							['id', 'type', 'function']
						)
					),
					function_call: object({ name: id, arguments: text })
				},
				['role', 'content']
			),
			4
		),
		...{ max_tokens: number, max_completion_tokens: number, n: number, seed: number },
		...{ frequency_penalty: number, presence_penalty: number, logprobs: flag, verbosity },
		logit_bias: dictionary(number),
		stop: anyOf(text, strings),
		reasoning_effort: effort,
		stream_options: object({ include_usage: flag, include_obfuscation: flag }),
		response_format: typed({
			text: {},
			json_object: {},
			json_schema: { json_schema: object({ name: id, schema, strict: flag, description: text }) }
		}),
		tools: list(
			typed({
				function: { function: object(described, ['name']) },
				custom: { custom: object({ name: id }) }
			})
		),
		tool_choice: anyOf(
			oneOf('auto', 'none', 'required'),
			typed({ function: { function: object({ name: id }, ['name']) } })
		),
		...{
			functions: list(object(described)),
			function_call: text,
			modalities: strings,
			prediction: any
		},
		...{
			web_search_options: object({}),
			'amazon-bedrock-guardrailConfig': object({ tagSuffix: text })
		}
	},
	['messages']
);

const input = typed({
	input_text: { text },
	output_text: { text, annotations: list(any), logprobs: list(any) },
	refusal: { refusal: text },
	input_image: { image_url: dataUrl, detail: oneOf('auto', 'high'), file_id: id },
	input_file: { file_data: dataUrl, filename: text, file_url: dataUrl, file_id: id },
	input_audio: { input_audio: object({ data: base64, format: text }) }
});
const status = oneOf('completed', 'incomplete', 'in_progress');
const turn = object(
	{
		role: oneOf('system', 'developer', 'user', 'assistant'),
		content: anyOf(text, list(input)),
		...{ type: oneOf('message'), id, status, phase: text }
	},
	['role', 'content']
);
const item = typed({
	function_call: {
		call_id: id,
		name: id,
		arguments: oneOf('{}', '{"a":', ''),
		id,
		status
	},
	function_call_output: { call_id: id, output: anyOf(text, list(input)), id, status },
	reasoning: {
		summary: list(typed({ summary_text: { text } })),
		...{ encrypted_content: base64, content: list(typed({ reasoning_text: { text } })), id, status }
	},
	mcp_call: { id, name: id, arguments: text, output: text, server_label: text },
	mcp_list_tools: { id, tools: list(any), server_label: text },
	web_search_call: { id, action: any, status },
	item_reference: { id },
	custom_tool_call: { call_id: id, name: id, input: text }
});

const responses = object(
	{
		...shared,
		input: anyOf(text, list(anyOf(turn, item), 4)),
		...{ instructions: text, previous_response_id: id, background: flag, include: strings },
		...{ max_output_tokens: number, max_tool_calls: number, conversation: id, prompt: any },
		reasoning: object({ effort, summary: oneOf('auto', 'concise', 'detailed') }),
		text: object({
			verbosity,
			format: typed({ text: {}, json_object: {}, json_schema: { name: id, schema, strict: flag } })
		}),
		tools: list(
			typed({
				function: described,
				web_search: { external_web_access: flag, filters: any },
				mcp: {
					server_label: id,
					connector_id: text,
					require_approval: text,
					allowed_tools: strings
				},
				custom: { name: id, format: any }
			})
		),
		tool_choice: anyOf(
			oneOf('auto', 'none', 'required'),
			typed({
				function: { name: id },
				web_search: {},
				allowed_tools: { mode: text, tools: list(any) }
			})
		),
		...{
			truncation: oneOf('auto', 'disabled'),
			context_management: any,
			stream_options: any
		}
	},
	['input']
);

const bodies: Readonly<Record<ApiId, Make>> = { converse, 'chat-completions': chat, responses };

/** A body of an API, made from a seed. */
export function newBody(api: ApiId, seed: number): JsonObject {
	return bodies[api](newRandom(seed).next) as JsonObject;
}
