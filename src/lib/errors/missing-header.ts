import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** No key arrived, though one was sent: something in between took the header away. */
export const missingHeader: Explain = ({ error }) =>
	[400, 401, 403].includes(error.status) &&
	says(
		error,
		/authorization header is missing|missing (the )?(required )?(authorization|authentication)|missing ?authentication ?token|^\s*(\w+ )?not authenticated/i
	)
		? {
				code: 'missing-header',
				fixes: [primary(command('copy-curl')), command('test-connection'), command('retry')]
			}
		: undefined;
