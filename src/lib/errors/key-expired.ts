import type { Explain } from './explanation.ts';

/** The key's time, or that of the session which made it, is over. */
export const keyExpired: Explain = ({ error }) =>
	(error.status === 401 || error.status === 403) && /expired/i.test(error.message)
		? { code: 'key-expired', fixes: [{ fix: 'replace-key' }] }
		: undefined;
