import { numberOf } from './json-text.ts';
import { isJsonObject, numberKey } from './json.ts';
import type { Json } from './json.ts';
import { paramNames } from './param-names.ts';
import type { ParamName } from './param-names.ts';

/** What a parameter is, whichever API takes it: the control of its kind, what it may be, and where it stands in a form. */
export type ParamRow = {
	group: 'sampling' | 'length' | 'reasoning' | 'model' | 'api';
	/** Parameters that some models refuse beside this one. */
	conflicts?: readonly string[];
} & (
	| { kind: 'number' | 'integer'; min: number; max?: number; initial: number }
	/** A list of texts; `choices` are those that are known. */
	| { kind: 'strings'; max: number; choices?: readonly string[] }
	/** One of some texts, or another that a service may have come to know. */
	| { kind: 'choice'; choices: readonly string[]; initial: string }
	| { kind: 'flag' }
	| { kind: 'text' }
	/** Texts by their names. */
	| { kind: 'pairs'; max: number }
	/** An object that is written as JSON. */
	| { kind: 'object'; initial: string }
);

/**
 * Every parameter that a form offers, by its name in a draft. A name in `param-names.ts`, a row here, a place in the file of each API that takes it
 * (`apis/…/params.ts`), and words where it needs any are all that one more needs.
 */
export const paramTable = {
	/** How freely a model chooses among the next tokens. */
	temperature: {
		...{ group: 'sampling', kind: 'number', min: 0, max: 1, initial: 0.7 },
		conflicts: ['topP']
	},
	/** The share of probability that a next token is taken from. */
	topP: {
		...{ group: 'sampling', kind: 'number', min: 0, max: 1, initial: 0.9 },
		conflicts: ['temperature']
	},
	/** A number with which a service tries to answer the same again. */
	seed: { group: 'sampling', kind: 'integer', min: 0, initial: 1 },
	/** How much tokens that were often used are avoided. */
	frequencyPenalty: { group: 'sampling', kind: 'number', min: -2, max: 2, initial: 0 },
	/** How much tokens that were used at all are avoided. */
	presencePenalty: { group: 'sampling', kind: 'number', min: -2, max: 2, initial: 0 },
	/** What is added to the likelihood of a token, by its id. */
	logitBias: { group: 'sampling', kind: 'object', initial: '{}' },
	/** The longest answer, in tokens. */
	maxTokens: {
		...{ group: 'length', kind: 'integer', min: 1, initial: 2048 },
		conflicts: ['maxCompletionTokens']
	},
	/** The longest answer, by the name under which newer models take it. */
	maxCompletionTokens: {
		...{ group: 'length', kind: 'integer', min: 1, initial: 2048 },
		conflicts: ['maxTokens']
	},
	/** Texts at which an answer ends. */
	stopSequences: { group: 'length', kind: 'strings', max: 4 },
	/** How much a model says. */
	verbosity: {
		...{ group: 'length', kind: 'choice', initial: 'low' },
		choices: ['low', 'medium', 'high']
	},
	/** Whether the last event of a stream reports the usage. */
	includeUsage: { group: 'length', kind: 'flag' },
	/** How much a model thinks before it answers. */
	reasoningEffort: {
		...{ group: 'reasoning', kind: 'choice', initial: 'low' },
		choices: ['none', 'low', 'medium', 'high', 'xhigh', 'max']
	},
	/** How a model's thoughts are summed up. */
	reasoningSummary: {
		...{ group: 'reasoning', kind: 'choice', initial: 'auto' },
		choices: ['auto', 'concise', 'detailed']
	},
	/** How many answers are asked for. */
	n: { group: 'api', kind: 'integer', min: 1, max: 128, initial: 1 },
	/** Whether the likelihood of each token comes with it. */
	logprobs: { group: 'api', kind: 'flag' },
	/** How many of the likeliest tokens come with each. */
	topLogprobs: { group: 'api', kind: 'integer', min: 0, max: 20, initial: 5 },
	/** Whether several tools may be called at once. */
	parallelToolCalls: { group: 'api', kind: 'flag' },
	/** How often the service's own tools may be called. */
	maxToolCalls: { group: 'api', kind: 'integer', min: 1, initial: 5 },
	/** Whether the service keeps the response, so that it can be continued. */
	store: { group: 'api', kind: 'flag' },
	/** Whether the service goes on with the response by itself, to be asked for it later. */
	background: { group: 'api', kind: 'flag' },
	/** What becomes of a conversation that is too long. */
	truncation: {
		...{ group: 'api', kind: 'choice', initial: 'auto' },
		choices: ['auto', 'disabled']
	},
	/** What else comes with the answer. */
	include: {
		...{ group: 'api', kind: 'strings', max: 8 },
		choices: [
			'reasoning.encrypted_content',
			'message.output_text.logprobs',
			'web_search_call.action.sources'
		]
	},
	/** In which order and at which price the request is served. */
	serviceTier: {
		...{ group: 'api', kind: 'choice', initial: 'default' },
		choices: ['default', 'priority', 'flex']
	},
	/** Whether faster machines answer, where there are any. */
	latency: {
		...{ group: 'api', kind: 'choice', initial: 'optimized' },
		choices: ['standard', 'optimized']
	},
	/** What the request is to be found by in the account's logs. */
	metadata: { group: 'api', kind: 'pairs', max: 16 },
	/** Who is asking, by a name that says nothing of the person. */
	user: { group: 'api', kind: 'text' },
	/** Who is asking, for the service's own watch over misuse. */
	safetyIdentifier: { group: 'api', kind: 'text' },
	/** Requests of one key are sooner served from the cache. */
	promptCacheKey: { group: 'api', kind: 'text' },
	/** Whether the service or the request says what is cached. */
	promptCacheMode: {
		...{ group: 'api', kind: 'choice', initial: 'implicit' },
		choices: ['implicit', 'explicit']
	},
	/** How long it is cached. */
	promptCacheTtl: { group: 'api', kind: 'text' },
	/** What marks a user's own words for a guardrail. */
	guardrailTagSuffix: { group: 'api', kind: 'text' },
	/** What fills the places of a stored prompt. */
	promptVariables: { group: 'api', kind: 'object', initial: '{ "name": { "text": "" } }' },
	/** Fields of the model's own answer that are to come with it, as JSON pointers. */
	responseFieldPaths: { group: 'api', kind: 'strings', max: 10 }
} as const satisfies Record<ParamName, ParamRow>;

/** Parameters that are set; one that is absent is not sent. */
export type Params = { [K in ParamName]?: Json };

/** Whether a form can show `value` for a parameter of this kind. */
export function fitsKind(kind: ParamRow['kind'], value: unknown): value is Json {
	switch (kind) {
		case 'number':
		case 'integer':
			return numberOf(value) !== undefined;
		case 'strings':
			return Array.isArray(value) && value.every((item) => typeof item === 'string');
		case 'choice':
		case 'text':
			return typeof value === 'string';
		case 'flag':
			return typeof value === 'boolean';
		case 'pairs':
			return isObject(value) && Object.values(value).every((item) => typeof item === 'string');
		case 'object':
			return isObject(value);
	}
}

/** A number that was kept as its text is none. */
function isObject(value: unknown): value is object {
	return isJsonObject(value) && !Object.hasOwn(value, numberKey);
}

/** The names of parameters whose values are of another kind than they should be, as in a link that somebody wrote. */
export function findMisfits(params: Params): ParamName[] {
	return paramNames.filter((name) => {
		const value = params[name];
		return value !== undefined && !fitsKind(paramTable[name].kind, value);
	});
}

/** The parameters that are set and that some models refuse beside `name`; none where `name` is not set. */
export function conflictsOf(params: Params, name: ParamName): ParamName[] {
	const row: ParamRow = paramTable[name];
	if (params[name] === undefined) return [];
	return paramNames.filter((one) => row.conflicts?.includes(one) && params[one] !== undefined);
}

/** The fewest tokens of an answer that every API takes: Responses refuses fewer. */
export const fewestTokens = 16;

/** The parameter that asks for no more. */
export const smallestBudget: Params = { maxTokens: fewestTokens };
