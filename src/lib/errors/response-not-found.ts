import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The response to continue is gone: deleted, expired, never stored, or another Region's. */
export const responseNotFound: Explain = ({ error, draft }) =>
	draft.chain !== undefined &&
	(error.status === 404 || error.status === 400) &&
	says(error, /response.*not found|previous[ _]response/i)
		? { code: 'response-not-found', fixes: [primary(command('resend-history'))] }
		: undefined;
