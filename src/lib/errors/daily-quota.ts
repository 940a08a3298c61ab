import type { Explain } from './explanation.ts';
import { changeRegion, command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The day's tokens are used up. Unlike throttling, waiting a moment does not help. */
export const dailyQuota: Explain = ({ error, draft }) =>
	says(error, /(tokens|requests) per day|daily (token |request )?(quota|limit)/i)
		? { code: 'daily-quota', fixes: [primary(command('choose-model')), changeRegion(draft)] }
		: undefined;
