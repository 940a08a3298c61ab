import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The key is not accepted: by the words, or by a 401. */
export const keyRefused: Explain = ({ error }) =>
	error.status === 401 ||
	says(
		error,
		/authentication failed|(invalid|incorrect)[ _](api[ _]key|bearer|token)|security token included in the request is invalid|unrecognized ?client|invalid ?signature|signature does not match/i
	)
		? { code: 'key-refused', fixes: [primary(command('replace-key')), command('retry')] }
		: undefined;
