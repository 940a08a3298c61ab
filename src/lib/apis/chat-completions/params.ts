import type { Param } from '../api.ts';
import { maxTokens, reasoningEffort, stopSequences, temperature, topP } from '../params.ts';

/** What the form offers for Chat Completions. */
export const params: readonly Param[] = [
	{ ...temperature, path: ['temperature'], max: 2 },
	{ ...topP, path: ['top_p'] },
	{ ...maxTokens, path: ['max_tokens'] },
	{ ...maxTokens, name: 'maxCompletionTokens', path: ['max_completion_tokens'] },
	{ ...stopSequences, path: ['stop'] },
	{
		name: 'includeUsage',
		path: ['stream_options', 'include_usage'],
		group: 'length',
		kind: 'flag'
	},
	{ ...reasoningEffort, path: ['reasoning_effort'] }
];
