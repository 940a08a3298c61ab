import type { Explain } from './explanation.ts';

/** The response to continue is gone: deleted, expired, never stored, or another Region's. */
export const responseNotFound: Explain = ({ error, draft }) =>
	draft.chain !== undefined &&
	(error.status === 404 || error.status === 400) &&
	/response.*not found|previous[ _]response/i.test(error.message)
		? { code: 'response-not-found', fixes: [{ fix: 'resend-history' }] }
		: undefined;
