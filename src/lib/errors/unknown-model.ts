import type { Explain } from './explanation.ts';

/** No such model here: a wrong id, the other endpoint's id, or a profile of another geography. */
export const unknownModel: Explain = ({ error }) =>
	/model identifier is invalid|model '.*' does not exist|model doesn['’]t exist/i.test(
		error.message
	)
		? { code: 'unknown-model', fixes: [{ fix: 'choose-model' }] }
		: undefined;
