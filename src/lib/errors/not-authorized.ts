import type { Explain } from './explanation.ts';

/** The key is good, but its owner lacks a permission or access to the model. */
export const notAuthorized: Explain = ({ error }) =>
	/not authorized|access denied|don['’]t have access|AccessDenied/i.test(
		`${error.message} ${error.code ?? ''}`
	) && error.status === 403
		? { code: 'not-authorized', fixes: [{ fix: 'retry' }, { fix: 'choose-model' }] }
		: undefined;
