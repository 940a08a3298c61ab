import type { Draft } from '../model/draft.ts';
import type { Explain, Fix } from './explanation.ts';
import { namedParams, primary, resendWith, turnOff } from './fixes.ts';
import { says } from './service-words.ts';

/** The model takes no such parameter, or not this value of it. */
export const unsupportedParameter: Explain = ({ error, draft }) => {
	if (
		!says(error, /unsupported (parameter|value)|deprecated for this model|(is|are) not supported/i)
	)
		return undefined;
	const [first] = namedParams(error.message, draft);
	if (first === undefined) return undefined;
	const fix = useCompletionTokens(error.message, draft) ?? turnOff(...first);
	return { code: 'unsupported-parameter', fixes: [primary(fix)] };
};

/** Newer models of Chat Completions name the limit anew, so its value moves. */
function useCompletionTokens(message: string, { params }: Draft): Fix | undefined {
	const word = 'max_completion_tokens';
	const { maxTokens } = params;
	if (maxTokens === undefined || params.maxCompletionTokens !== undefined) return undefined;
	if (!/\bmax_tokens\b.*\bmax_completion_tokens\b/s.test(message)) return undefined;
	const change = { maxTokens: undefined, maxCompletionTokens: maxTokens };
	return resendWith({ params: change }, 'use-instead', word);
}
