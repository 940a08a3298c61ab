/**
 * The names of all parameters, in the order of a form: one name for what each API may call otherwise. What each is stands
 * in `params.ts`, which a first visit does not load.
 */
export const paramNames = [
	'temperature',
	'topP',
	'seed',
	'frequencyPenalty',
	'presencePenalty',
	'logitBias',
	'maxTokens',
	'maxCompletionTokens',
	'stopSequences',
	'verbosity',
	'includeUsage',
	'reasoningEffort',
	'reasoningSummary',
	'n',
	'logprobs',
	'topLogprobs',
	'parallelToolCalls',
	'maxToolCalls',
	'store',
	'background',
	'truncation',
	'include',
	'serviceTier',
	'latency',
	'metadata',
	'user',
	'safetyIdentifier',
	'promptCacheKey',
	'promptCacheMode',
	'promptCacheTtl',
	'guardrailTagSuffix',
	'promptVariables',
	'responseFieldPaths'
] as const;

export type ParamName = (typeof paramNames)[number];
