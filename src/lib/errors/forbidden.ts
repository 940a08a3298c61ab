import type { Explain } from './explanation.ts';
import { command } from './fixes.ts';

/** A 403 whose words tell no cause: of the key, of a permission, or of something in between. */
export const forbidden: Explain = ({ error }) =>
	error.status === 403
		? {
				code: 'forbidden',
				fixes: [command('replace-key'), command('copy-curl'), command('retry')]
			}
		: undefined;
