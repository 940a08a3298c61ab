import type { Param } from '../api.ts';
import { paramAt } from '../params.ts';

/** What the form offers for Responses. */
export const params: readonly Param[] = [
	paramAt('temperature', ['temperature'], { max: 2 }),
	paramAt('topP', ['top_p']),
	paramAt('maxTokens', ['max_output_tokens'], { min: 16 }),
	paramAt('reasoningEffort', ['reasoning', 'effort']),
	paramAt('store', ['store'])
];
