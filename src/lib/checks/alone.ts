import { wireNameOf } from '../apis/forms.ts';
import type { Check, Warning } from './check.ts';

/** A parameter is set that the OpenAI APIs take only beside something else. */
export const alone: Check = ({ draft: { params, stream, tools = [] }, api }) => {
	const found: Warning[] = [];
	const needs = (name: 'topLogprobs' | 'includeUsage' | 'parallelToolCalls', code: string) => {
		if (params[name] === undefined || api.params[name] === undefined) return;
		found.push({
			code,
			values: { name: wireNameOf(api, name) },
			at: { param: name },
			fix: { label: 'turn-off', change: { params: { [name]: undefined } } }
		});
	};
	if (stream !== true) needs('includeUsage', 'needs-stream');
	if (!tools.some(({ off }) => off !== true)) needs('parallelToolCalls', 'needs-tools');
	if (api.params.logprobs !== undefined && params.logprobs !== true)
		needs('topLogprobs', 'needs-logprobs');
	return found;
};
