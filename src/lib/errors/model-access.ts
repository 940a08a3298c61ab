import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The account as a whole has no access to this model. */
export const modelAccess: Explain = ({ error }) =>
	says(
		error,
		/(don't|do not|doesn't|does not) have access to the model|model access is denied|is not available for this account/i
	)
		? { code: 'model-access', fixes: [primary(command('choose-model')), command('retry')] }
		: undefined;
