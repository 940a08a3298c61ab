import { wireNameOf } from '../apis/forms.ts';
import { paramNames } from '../model/param-names.ts';
import { conflictsOf } from '../model/params.ts';
import type { Check, Warning } from './check.ts';

/** Two parameters are set of which some models take only one, as the table of parameters has them. */
export const conflicts: Check = ({ draft: { params }, api }) => {
	const names = paramNames.filter((name) => api.params[name] !== undefined);
	return names.flatMap((name, at) => {
		// Said once for a pair, at the later of the two.
		const before = conflictsOf(params, name).filter((other) => names.slice(0, at).includes(other));
		return before.map((other): Warning => ({
			code: 'conflict',
			values: { name: wireNameOf(api, name), other: wireNameOf(api, other) },
			at: { param: name },
			fix: { label: 'turn-off', change: { params: { [name]: undefined } } }
		}));
	});
};
