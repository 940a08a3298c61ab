import type { Explain } from './explanation.ts';

/** The runtime endpoint does not know the path, and says so with status 200. */
export const unknownOperation: Explain = ({ error }) =>
	/UnknownOperation/.test(`${error.code ?? ''} ${error.raw}`)
		? { code: 'unknown-operation', fixes: [{ fix: 'choose-model' }] }
		: undefined;
