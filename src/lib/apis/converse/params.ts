import type { Param } from '../api.ts';
import { maxTokens, stopSequences, temperature, topP } from '../params.ts';

/** What the form offers for Converse. */
export const params: readonly Param[] = [
	{ ...temperature, path: ['inferenceConfig', 'temperature'] },
	{ ...topP, path: ['inferenceConfig', 'topP'] },
	{ ...maxTokens, path: ['inferenceConfig', 'maxTokens'] },
	{ ...stopSequences, path: ['inferenceConfig', 'stopSequences'] }
];
