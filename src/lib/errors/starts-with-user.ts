import type { Explain } from './explanation.ts';
import { primary, resendWith } from './fixes.ts';
import { says } from './service-words.ts';

/** The first message must be the user's. */
export const startsWithUser: Explain = ({ error, draft: { messages } }) => {
	if (!says(error, /must start with a user message|first message must (use|have) the .user. role/i))
		return undefined;
	const first = messages.findIndex(({ role }) => role === 'user');
	const fix = resendWith({ messages: messages.slice(first) }, 'drop-first');
	return { code: 'starts-with-user', fixes: first > 0 ? [primary(fix)] : [] };
};
