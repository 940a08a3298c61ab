import { conflictsOf, paramNames } from '../model/params.ts';
import type { ParamName } from '../model/params.ts';
import { wireName } from './check.ts';
import type { Check, Warning } from './check.ts';

/** Two parameters are set of which some models take only one, as the table of parameters has them. */
export const conflicts: Check = ({ draft: { params }, api }) => {
	const taken = (name: ParamName): boolean => api.params.some((param) => param.name === name);
	return paramNames.filter(taken).flatMap((name, at) => {
		// Said once for a pair, at the later of the two.
		const before = conflictsOf(params, name).filter(
			(other) => taken(other) && paramNames.filter(taken).indexOf(other) < at
		);
		return before.map((other): Warning => {
			return {
				code: 'conflict',
				values: { name: wireName(api, name), other: wireName(api, other) },
				at: { param: name },
				fix: { label: 'turn-off', change: { params: { [name]: undefined } } }
			};
		});
	});
};
