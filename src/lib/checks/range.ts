import { paramsOf } from '../apis/forms.ts';
import { numberOf } from '../model/json-text.ts';
import type { Check } from './check.ts';

/** A number is outside what the API takes. */
export const range: Check = ({ draft: { params }, api }) => {
	return paramsOf(api).flatMap((param) => {
		if (param.kind !== 'number' && param.kind !== 'integer') return [];
		const { name, label, min, max = Infinity } = param;
		const value = numberOf(params[name]);
		if (value === undefined || (value >= min && value <= max)) return [];
		const nearest = Math.min(max, Math.max(min, value));
		return [
			{
				code: max === Infinity ? 'too-small' : 'outside',
				values: { name: label, min, max, to: nearest },
				at: { param: name },
				fix: { label: 'set', change: { params: { [name]: nearest } } }
			}
		];
	});
};
