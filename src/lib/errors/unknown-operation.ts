import type { Explain } from './explanation.ts';
import { command, primary } from './fixes.ts';

/** The runtime endpoint does not know the path, and says so with status 200. */
export const unknownOperation: Explain = ({ error }) =>
	/UnknownOperation/i.test(`${error.code ?? ''} ${error.raw}`)
		? { code: 'unknown-operation', fixes: [primary(command('choose-model'))] }
		: undefined;
