import type { Explain } from './explanation.ts';
import { getOwn } from '../model/json.ts';
import { command, primary } from './fixes.ts';
import { refusesParent } from './named-parameter.ts';
import { says } from './service-words.ts';

/**
 * The response to continue can't be used: deleted, expired, never stored, another Region's, not finished. The parameter that
 * is named tells it; words only where a server names none.
 */
export const responseNotFound: Explain = ({ error, draft }) => {
	const typed = getOwn(draft.extra?.responses, 'previous_response_id');
	if (draft.chain === undefined && typed === undefined) return undefined;
	const isSaid =
		(error.status === 404 || error.status === 400) &&
		says(error, /response.*not found|previous[ _]response/i);
	return refusesParent(error) || isSaid
		? { code: 'response-not-found', fixes: [primary(command('resend-history'))] }
		: undefined;
};
