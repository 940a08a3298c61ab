import type { ParamPaths } from '../api.ts';

/** Where Responses takes each parameter. */
export const params: ParamPaths = {
	temperature: ['temperature'],
	topP: ['top_p'],
	maxTokens: ['max_output_tokens'],
	verbosity: ['text', 'verbosity'],
	reasoningEffort: ['reasoning', 'effort'],
	reasoningSummary: ['reasoning', 'summary'],
	topLogprobs: ['top_logprobs'],
	parallelToolCalls: ['parallel_tool_calls'],
	maxToolCalls: ['max_tool_calls'],
	store: ['store'],
	background: ['background'],
	truncation: ['truncation'],
	include: ['include'],
	serviceTier: ['service_tier'],
	metadata: ['metadata'],
	user: ['user'],
	safetyIdentifier: ['safety_identifier'],
	promptCacheKey: ['prompt_cache_key'],
	promptCacheMode: ['prompt_cache_options', 'mode'],
	promptCacheTtl: ['prompt_cache_options', 'ttl']
};
