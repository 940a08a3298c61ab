import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The key was made for another Region. */
export const wrongRegion: Explain = ({ error }) =>
	says(error, /credential should be scoped to a valid region/i)
		? { code: 'wrong-region', fixes: [primary(command('replace-key'))] }
		: undefined;
