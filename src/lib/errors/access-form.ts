import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** The maker wants a form about the use before its models can be called. */
export const accessForm: Explain = ({ error }) =>
	says(error, /use case details (have not been submitted|form)/i)
		? { code: 'access-form', fixes: [primary(command('choose-model')), command('retry')] }
		: undefined;
