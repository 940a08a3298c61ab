import type { Param } from '../api.ts';
import { paramAt } from '../params.ts';

/** What the form offers for Chat Completions. */
export const params: readonly Param[] = [
	paramAt('temperature', ['temperature'], { max: 2 }),
	paramAt('topP', ['top_p']),
	paramAt('maxTokens', ['max_tokens']),
	paramAt('maxCompletionTokens', ['max_completion_tokens']),
	paramAt('stopSequences', ['stop']),
	paramAt('includeUsage', ['stream_options', 'include_usage']),
	paramAt('reasoningEffort', ['reasoning_effort'])
];
