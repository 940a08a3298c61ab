import type { Explain } from './explanation.ts';

/** The key is not accepted, for whatever reason. */
export const keyRefused: Explain = ({ error }) =>
	error.status === 401 || error.status === 403
		? { code: 'key-refused', fixes: [{ fix: 'replace-key' }, { fix: 'retry' }] }
		: undefined;
