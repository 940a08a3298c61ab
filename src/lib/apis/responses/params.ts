import type { Param } from '../api.ts';
import { maxTokens, reasoningEffort, temperature, topP } from '../params.ts';

/** What the form offers for Responses. */
export const params: readonly Param[] = [
	{ ...temperature, path: ['temperature'], max: 2 },
	{ ...topP, path: ['top_p'] },
	{ ...maxTokens, path: ['max_output_tokens'], min: 16 },
	{ ...reasoningEffort, path: ['reasoning', 'effort'] },
	{ name: 'store', path: ['store'], group: 'storage', kind: 'flag' }
];
