import type { Explain } from './explanation.ts';
import { command, primary, resendWith } from './fixes.ts';
import { says } from './service-words.ts';

/** The model does not go on with a beginning of its answer, so the last message must be the user's. */
export const prefill: Explain = ({ error, draft: { messages } }) => {
	if (!says(error, /assistant message prefill|conversation must end with a user message/i))
		return undefined;
	const rest = messages.slice(0, messages.findLastIndex(({ role }) => role !== 'assistant') + 1);
	const fix = primary(resendWith({ messages: rest }, 'drop-last'));
	const drops = rest.length > 0 && rest.length < messages.length;
	return { code: 'prefill', fixes: [...(drops ? [fix] : []), command('choose-model')] };
};
