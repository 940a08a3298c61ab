import type { Explain } from './explanation.ts';

/** Too much at once. */
export const throttled: Explain = ({ error }) =>
	error.status === 429 || /throttl/i.test(error.code ?? '')
		? { code: 'throttled', fixes: [{ fix: 'retry' }] }
		: undefined;
