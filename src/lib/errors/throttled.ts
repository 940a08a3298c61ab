import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** Too much at once. */
export const throttled: Explain = ({ error }) =>
	(error.status === 429 && !says(error, /modelNotReady/i)) ||
	says(error, /throttl|too many requests|rate.?limit/i)
		? { code: 'throttled', fixes: [primary(command('retry'))] }
		: undefined;
