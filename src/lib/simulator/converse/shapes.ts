import {
	any,
	bytes,
	choice,
	decimal,
	flag,
	integer,
	list,
	map,
	object,
	structure,
	text,
	union
} from '../shape.ts';

const cachePoint = structure({ type: choice('default'), ttl: choice('5m', '1h') }, 'type');
const s3Location = structure({ uri: text, bucketOwner: text }, 'uri');
const fileSource = (name: string) => union(name, { bytes, s3Location });
const citations = structure({ enabled: flag }, 'enabled');
const error = structure({ message: text });
const span = structure({ documentIndex: integer, start: integer, end: integer });

const image = structure(
	{ format: choice('gif', 'jpeg', 'png', 'webp'), source: fileSource('ImageSource'), error },
	'format',
	'source'
);

const document = structure(
	{
		format: choice('csv', 'doc', 'docx', 'html', 'md', 'pdf', 'txt', 'xls', 'xlsx'),
		name: text,
		source: union('DocumentSource', {
			bytes,
			s3Location,
			text,
			content: list(union('DocumentContentBlock', { text }))
		}),
		context: text,
		citations
	},
	'name',
	'source'
);

const video = structure(
	{
		format: choice('flv', 'mkv', 'mov', 'mp4', 'mpeg', 'mpg', 'three_gp', 'webm', 'wmv'),
		source: fileSource('VideoSource')
	},
	'format',
	'source'
);

// Many formats a line: a formatter would give each a line of its own.
// prettier-ignore
const audioFormats = [
	'aac', 'flac', 'm4a', 'mka', 'mkv', 'mp3', 'mp4', 'mpeg', 'mpga', 'ogg', 'opus', 'pcm', 'wav', 'webm', 'x-aac'
];

const audio = structure(
	{ format: choice(...audioFormats), source: fileSource('AudioSource'), error },
	'format',
	'source'
);

const searchResult = structure(
	{ source: text, title: text, content: list(structure({ text }, 'text')), citations },
	'source',
	'title',
	'content'
);

const guardContent = union('GuardrailConverseContentBlock', {
	text: structure(
		{ text, qualifiers: list(choice('grounding_source', 'guard_content', 'query')) },
		'text'
	),
	image: structure(
		{
			format: choice('jpeg', 'png'),
			source: union('GuardrailConverseImageSource', { bytes })
		},
		'format',
		'source'
	)
});

const toolUse = structure(
	{ toolUseId: text, name: text, input: any, type: choice('server_tool_use') },
	'toolUseId',
	'name',
	'input'
);

const toolResult = structure(
	{
		toolUseId: text,
		content: list(
			union('ToolResultContentBlock', {
				text,
				json: any,
				image,
				document,
				video,
				searchResult
			})
		),
		status: choice('error', 'success'),
		type: text
	},
	'toolUseId',
	'content'
);

const citationsContent = structure({
	content: list(union('CitationGeneratedContent', { text })),
	citations: list(
		structure({
			title: text,
			source: text,
			sourceContent: list(union('CitationSourceContent', { text })),
			location: union('CitationLocation', {
				web: structure({ url: text, domain: text }),
				documentChar: span,
				documentPage: span,
				documentChunk: span,
				searchResultLocation: structure({
					searchResultIndex: integer,
					start: integer,
					end: integer
				})
			})
		})
	)
});

const reasoningContent = union('ReasoningContentBlock', {
	reasoningText: structure({ text, signature: text }, 'text'),
	redactedContent: bytes
});

const tool = structure({ tool: object }, 'tool');

// In the order in which the service names them.
const content = union('ContentBlock', {
	text,
	image,
	toolUse,
	toolResult,
	document,
	video,
	audio,
	cachePoint,
	guardContent,
	reasoningContent,
	citationsContent,
	searchResult,
	toolAddition: tool,
	toolRemoval: tool
});

const toolSpec = structure(
	{
		name: text,
		description: text,
		inputSchema: union('ToolInputSchema', { json: object }),
		strict: flag
	},
	'name',
	'inputSchema'
);

const toolConfig = structure(
	{
		tools: list(
			union('Tool', { toolSpec, systemTool: structure({ name: text }, 'name'), cachePoint })
		),
		toolChoice: union('ToolChoice', {
			auto: structure({}),
			any: structure({}),
			tool: structure({ name: text }, 'name')
		})
	},
	'tools'
);

const outputConfig = structure({
	textFormat: structure(
		{
			type: choice('json_schema'),
			structure: union('OutputFormatStructure', {
				jsonSchema: structure({ schema: text, name: text, description: text }, 'schema')
			})
		},
		'type',
		'structure'
	),
	effort: choice('low', 'medium', 'high', 'xhigh', 'max')
});

/**
 * The body of Converse and ConverseStream.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export const converseShape = structure(
	{
		messages: list(
			structure(
				{ role: choice('assistant', 'system', 'user'), content: list(content) },
				'role',
				'content'
			)
		),
		system: list(union('SystemContentBlock', { text, guardContent, cachePoint })),
		inferenceConfig: structure({
			maxTokens: integer,
			temperature: decimal,
			topP: decimal,
			stopSequences: list(text)
		}),
		toolConfig,
		guardrailConfig: structure(
			{
				guardrailIdentifier: text,
				guardrailVersion: text,
				trace: choice('disabled', 'enabled', 'enabled_full'),
				streamProcessingMode: choice('async', 'sync')
			},
			'guardrailIdentifier',
			'guardrailVersion'
		),
		additionalModelRequestFields: object,
		additionalModelResponseFieldPaths: list(text),
		promptVariables: map(union('PromptVariableValues', { text })),
		requestMetadata: map(text),
		performanceConfig: structure({ latency: choice('optimized', 'standard') }),
		serviceTier: structure({ type: choice('default', 'flex', 'priority', 'reserved') }, 'type'),
		outputConfig
	},
	'messages'
);
