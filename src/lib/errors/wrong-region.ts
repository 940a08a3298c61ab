import type { Explain } from './explanation.ts';

/** The key was made for another Region. */
export const wrongRegion: Explain = ({ error }) =>
	/credential should be scoped to a valid region/i.test(error.message)
		? { code: 'wrong-region', fixes: [{ fix: 'replace-key' }] }
		: undefined;
