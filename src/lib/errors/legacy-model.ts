import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The model is on its way out, and this account has not used it lately. */
export const legacyModel: Explain = ({ error }) =>
	says(error, /marked (by (its |the )?provider )?as legacy|reached (the )?end of (its )?life/i)
		? { code: 'legacy-model', fixes: [primary(command('choose-model'))] }
		: undefined;
