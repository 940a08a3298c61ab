import type { ParamName } from '../../model/params.ts';
import type { Param } from '../api.ts';
import { paramAt } from '../params.ts';

/** What the form offers for Converse. */
export const params: readonly Param[] = (
	['temperature', 'topP', 'maxTokens', 'stopSequences'] satisfies ParamName[]
).map((name) => paramAt(name, ['inferenceConfig', name], { label: name }));
