import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** What was sent as a key has not the form of one. */
export const keyMalformed: Explain = ({ error }) =>
	says(
		error,
		/invalid api key format|must start with pre-?defined prefix|malformed (api )?(key|token)/i
	)
		? { code: 'key-malformed', fixes: [primary(command('replace-key'))] }
		: undefined;
