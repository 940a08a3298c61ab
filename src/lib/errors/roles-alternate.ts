import type { Explain } from './explanation.ts';
import { says } from './service-words.ts';

/** Two messages of one role follow each other. Which of them to join or delete is the person's to say. */
export const rolesAlternate: Explain = ({ error }) =>
	says(error, /(conversation|roles) must alternate/i)
		? { code: 'roles-alternate', fixes: [] }
		: undefined;
