import type { Explain } from './explanation.ts';
import { command, namedParams, primary, turnOff } from './fixes.ts';
import { says } from './service-words.ts';

/** The messages, or they and the room for the answer, are more than the model's context. */
export const contextTooLong: Explain = ({ error, draft }) => {
	if (
		!says(
			error,
			/(input|prompt) is too long|maximum context length|context_length_exceeded|exceeds? (the )?(model's )?(maximum )?context|too many input tokens/i
		)
	)
		return undefined;
	// "input length and `max_tokens` exceed context limit": less room for the answer may be enough.
	const named = /input length and/i.test(error.message) ? namedParams(error.message, draft) : [];
	const [first, ...others] = [...named.map((one) => turnOff(...one)), command('choose-model')];
	return { code: 'context-too-long', fixes: first ? [primary(first), ...others] : [] };
};
