import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The account may not call models at all, whatever the key's permissions. */
export const operationNotAllowed: Explain = ({ error }) =>
	says(error, /operation not allowed/i)
		? { code: 'operation-not-allowed', fixes: [primary(command('replace-key'))] }
		: undefined;
