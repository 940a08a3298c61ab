import { bareModelId } from '../model/model-id.ts';
import type { JsonObject } from '../model/json.ts';
import type { JsonPath } from '../model/json-path.ts';
import type { ParamName } from '../model/param-names.ts';
import type { ParamRow } from '../model/params.ts';

/** What a family of models takes that no API has a field for, and what it takes otherwise than others. */
export interface Family {
	/** Bare ids that belong to it: without the geography of a profile. */
	ids: RegExp;
	/** The page that says so. */
	source: string;
	/** What a parameter may be, least first; none where the family does not know it at all. */
	choices?: { readonly [K in ParamName]?: readonly string[] };
	/** Parameters that it refuses. `maxTokens` only where the API has `maxCompletionTokens` too. */
	refuses?: readonly ParamName[];
	/** Refuses effort beside tools on Chat Completions. */
	effortWithoutTools?: true;
	/** Which forms of Claude's `thinking` it takes. */
	thinking?: readonly ('enabled' | 'adaptive')[];
	/** Fields of its own, in a form's order. */
	fields: readonly FamilyField[];
}

/** A field of a model's own: its place, and the control of its kind. */
export type FamilyField = ParamRow & {
	group: 'reasoning' | 'model';
	/** Below the API's field for fields of the model's own. */
	path: JsonPath;
	/** What has to stand beside it. */
	beside?: JsonObject;
	/** What goes with it when it is turned off; absent: only itself. */
	whole?: JsonPath;
};

const aws = 'https://docs.aws.amazon.com/bedrock/latest/userguide/';

const budget: FamilyField = {
	...{ group: 'reasoning', kind: 'integer', min: 1024, initial: 2048 },
	path: ['thinking', 'budget_tokens'],
	beside: { thinking: { type: 'enabled' } },
	whole: ['thinking']
};
const adaptive: FamilyField = {
	...{ group: 'reasoning', kind: 'choice', choices: ['adaptive'], initial: 'adaptive' },
	path: ['thinking', 'type'],
	whole: ['thinking']
};

function topK(max: number, ...path: JsonPath): FamilyField {
	return { group: 'model', kind: 'integer', min: 0, max, initial: 50, path };
}

const beta: FamilyField = {
	group: 'model',
	kind: 'strings',
	max: 16,
	path: ['anthropic_beta']
};

const gptEffort: FamilyField = {
	...{ group: 'reasoning', kind: 'choice', initial: 'low' },
	choices: ['none', 'low', 'medium', 'high', 'xhigh', 'max'],
	path: ['reasoning', 'effort']
};

/** Converse takes a JSON Schema from these only beside this field. */
const gptStrict: FamilyField = {
	group: 'model',
	kind: 'flag',
	path: ['text', 'format', 'strict']
};

// The first that matches counts.
const families: readonly Family[] = [
	{
		ids: /^anthropic\.claude-(opus-4-[78]|[a-z]+-5|mythos)/,
		source: `${aws}claude-messages-adaptive-thinking.html`,
		choices: { reasoningEffort: ['low', 'medium', 'high', 'xhigh', 'max'] },
		refuses: ['temperature', 'topP'],
		thinking: ['adaptive'],
		fields: [adaptive, beta]
	},
	{
		ids: /^anthropic\.claude-[a-z]+-4-6/,
		source: `${aws}claude-messages-adaptive-thinking.html`,
		choices: { reasoningEffort: ['low', 'medium', 'high', 'max'] },
		thinking: ['enabled', 'adaptive'],
		fields: [adaptive, budget, topK(500, 'top_k'), beta]
	},
	{
		ids: /^anthropic\.claude-(3-7|(opus|sonnet|haiku)-4)/,
		source: `${aws}claude-messages-extended-thinking.html`,
		thinking: ['enabled'],
		fields: [budget, topK(500, 'top_k'), beta]
	},
	{
		ids: /^anthropic\./,
		source: `${aws}model-parameters-anthropic-claude-messages.html`,
		thinking: [],
		fields: [topK(500, 'top_k'), beta]
	},
	{
		ids: /^amazon\.nova-2/,
		source: 'https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html',
		fields: [
			{
				...{ group: 'reasoning', kind: 'choice', initial: 'low' },
				choices: ['low', 'medium', 'high'],
				path: ['reasoningConfig', 'maxReasoningEffort'],
				beside: { reasoningConfig: { type: 'enabled' } },
				whole: ['reasoningConfig']
			},
			topK(128, 'inferenceConfig', 'topK')
		]
	},
	{
		ids: /^amazon\.nova/,
		source: 'https://docs.aws.amazon.com/nova/latest/userguide/using-converse-api.html',
		fields: [topK(128, 'inferenceConfig', 'topK')]
	},
	{
		ids: /^openai\.gpt-oss/,
		source: `${aws}model-parameters-openai.html`,
		choices: { reasoningEffort: ['low', 'medium', 'high'] },
		fields: [
			{
				...{ group: 'reasoning', kind: 'choice', initial: 'low' },
				choices: ['low', 'medium', 'high'],
				path: ['reasoning_effort']
			}
		]
	},
	{
		ids: /^openai\.gpt-5\.6/,
		source: `${aws}model-cards.html`,
		choices: { reasoningEffort: ['none', 'low', 'medium', 'high', 'xhigh', 'max'] },
		refuses: ['topP', 'maxTokens'],
		effortWithoutTools: true,
		fields: [gptEffort, gptStrict]
	},
	{
		ids: /^openai\.gpt-6/,
		source: `${aws}model-cards.html`,
		choices: { reasoningEffort: ['none', 'low', 'medium', 'high', 'xhigh', 'max'] },
		refuses: ['topP', 'maxTokens'],
		fields: [gptEffort, gptStrict]
	},
	{
		ids: /^openai\.gpt-/,
		source: `${aws}model-cards.html`,
		choices: { reasoningEffort: ['none', 'low', 'medium', 'high', 'xhigh'] },
		refuses: ['topP'],
		fields: [gptEffort]
	},
	{
		ids: /^deepseek\./,
		source: `${aws}model-parameters-deepseek.html`,
		choices: { reasoningEffort: [] },
		fields: []
	},
	{
		ids: /^mistral\./,
		source: `${aws}model-parameters-mistral.html`,
		fields: [topK(200, 'top_k')]
	},
	{
		ids: /^cohere\.command/,
		source: `${aws}model-parameters-cohere-command-r-plus.html`,
		fields: [
			topK(500, 'k'),
			{ group: 'model', kind: 'integer', min: 0, initial: 1, path: ['seed'] },
			{
				...{ group: 'model', kind: 'number', min: 0, max: 1, initial: 0 },
				path: ['frequency_penalty']
			},
			{
				...{ group: 'model', kind: 'number', min: 0, max: 1, initial: 0 },
				path: ['presence_penalty']
			}
		]
	}
];

/** The answer to the last question: many parts of the page ask about the one model that is chosen. */
let last: { model: string; family: Family | undefined } | undefined;

/** The family of a model id, also of a profile's and of the ARN of a foundation model; undefined for one that is not known. */
export function familyOfModel(model: string): Family | undefined {
	if (last?.model !== model) last = { model, family: findFamily(model) };
	return last.family;
}

function findFamily(model: string): Family | undefined {
	const name = model.startsWith('arn:') ? model.slice(model.lastIndexOf('/') + 1) : model;
	const bare = bareModelId(name);
	return families.find(({ ids }) => ids.test(bare));
}
