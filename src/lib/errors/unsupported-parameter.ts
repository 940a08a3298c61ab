import type { ParamName } from '../model/draft.ts';
import type { Explain } from './explanation.ts';

/** Wire names that services quote in their refusals. */
const wireNames: Record<string, ParamName | undefined> = {
	temperature: 'temperature',
	top_p: 'topP',
	topP: 'topP',
	max_tokens: 'maxTokens',
	maxTokens: 'maxTokens',
	max_output_tokens: 'maxTokens',
	max_completion_tokens: 'maxCompletionTokens',
	stop: 'stopSequences',
	stopSequences: 'stopSequences',
	reasoning_effort: 'reasoningEffort',
	store: 'store'
};

/** The model takes no such parameter, or not two of them together. */
export const unsupportedParameter: Explain = ({ error, draft }) => {
	if (
		!/unsupported (parameter|value)|deprecated for this model|cannot both|is not supported/i.test(
			error.message
		)
	) {
		return undefined;
	}
	const quoted = error.message.match(/\b[a-z]+(?:_[a-z]+)*\b|\b[a-z]+[A-Z]\w+\b/g) ?? [];
	const set = quoted
		.flatMap((word) => wireNames[word] ?? [])
		.filter((name) => draft.params[name] !== undefined);
	// Of two that exclude each other, the one named last.
	const param = set.at(-1);
	if (param === undefined) return undefined;
	return { code: 'unsupported-parameter', fixes: [{ fix: 'turn-off', param }] };
};
