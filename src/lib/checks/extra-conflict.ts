import { wireNameOf } from '../apis/forms.ts';
import { getAt } from '../model/json-path.ts';
import { equalJson } from '../model/json.ts';
import { paramNames } from '../model/param-names.ts';
import type { Check } from './check.ts';

/** What was typed into the body and a switch of the form speak of one field. The switch wins until one of them goes. */
export const extraConflict: Check = ({ draft: { params, extra = {} }, api }) => {
	const typed = extra[api.id];
	if (typed === undefined) return [];
	return paramNames.flatMap((name) => {
		const path = api.params[name];
		const value = params[name];
		const other = path && getAt(typed, path);
		if (path === undefined || value === undefined || other === undefined) return [];
		if (equalJson(other, value)) return [];
		return [
			{
				code: 'typed-too',
				values: { name: wireNameOf(api, name), value: JSON.stringify(other) },
				at: { param: name },
				fix: { label: 'use-typed', change: { params: { [name]: undefined } } }
			}
		];
	});
};
