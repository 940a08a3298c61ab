import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';
import { says } from './service-words.ts';

/** No such model here: a wrong id, the other endpoint's id, or a profile of another geography. */
export const unknownModel: Explain = ({ error }) =>
	says(
		error,
		/model identifier is invalid|model '.*' does not exist|model doesn't exist|model_not_found/i
	)
		? { code: 'unknown-model', fixes: [primary(command('choose-model'))] }
		: undefined;
