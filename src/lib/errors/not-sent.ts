import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';

/** The request can't be written, so it never left; `code` is a `RequestFault`. */
export const notSent: Explain = ({ error }) =>
	error.status === 0
		? {
				code: 'not-sent',
				values: { fault: error.code },
				fixes: error.code === 'bad-key' ? [primary(command('replace-key'))] : []
			}
		: undefined;
