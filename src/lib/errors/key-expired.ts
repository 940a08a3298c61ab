import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The key's time, or that of the session which made it, is over. */
export const keyExpired: Explain = ({ error }) =>
	[400, 401, 403].includes(error.status) &&
	says(
		error,
		/(token|key|credential|session)\w*( included in the request)? (has |is )?expired|expired ?token/i
	)
		? { code: 'key-expired', fixes: [primary(command('replace-key'))] }
		: undefined;
