import type { ParamPaths } from '../api.ts';

/** Where Chat Completions takes each parameter. */
export const params: ParamPaths = {
	temperature: ['temperature'],
	topP: ['top_p'],
	seed: ['seed'],
	frequencyPenalty: ['frequency_penalty'],
	presencePenalty: ['presence_penalty'],
	logitBias: ['logit_bias'],
	maxTokens: ['max_tokens'],
	maxCompletionTokens: ['max_completion_tokens'],
	stopSequences: ['stop'],
	verbosity: ['verbosity'],
	includeUsage: ['stream_options', 'include_usage'],
	reasoningEffort: ['reasoning_effort'],
	n: ['n'],
	logprobs: ['logprobs'],
	topLogprobs: ['top_logprobs'],
	parallelToolCalls: ['parallel_tool_calls'],
	serviceTier: ['service_tier'],
	metadata: ['metadata'],
	user: ['user'],
	safetyIdentifier: ['safety_identifier'],
	promptCacheKey: ['prompt_cache_key'],
	promptCacheMode: ['prompt_cache_options', 'mode'],
	promptCacheTtl: ['prompt_cache_options', 'ttl'],
	guardrailTagSuffix: ['amazon-bedrock-guardrailConfig', 'tagSuffix']
};
