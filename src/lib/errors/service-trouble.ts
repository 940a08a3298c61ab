import type { Explain } from './explanation.ts';

/** The service or the model failed on its side. */
export const serviceTrouble: Explain = ({ error }) =>
	error.status >= 500 ||
	[408, 424].includes(error.status) ||
	/internalServer|unavailable|modelStream|modelTimeout/i.test(error.code ?? '')
		? { code: 'service-trouble', fixes: [{ fix: 'retry' }] }
		: undefined;
