import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';

/** The service or the model failed on its side. */
export const serviceTrouble: Explain = ({ error }) =>
	error.status >= 500 ||
	[408, 424].includes(error.status) ||
	/internal_?server|unavailable|model_?stream|model_?timeout|model_?error|model_?not_?ready|server_error|overloaded/i.test(
		error.code ?? ''
	)
		? { code: 'service-trouble', fixes: [primary(command('retry'))] }
		: undefined;
