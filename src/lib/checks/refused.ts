import { wireNameOf } from '../apis/forms.ts';
import { familyOfModel } from '../catalog/families.ts';
import type { Check, Warning } from './check.ts';

/** The model's family is known to refuse a parameter, or to take it by another name. */
export const refused: Check = ({ draft: { params, model }, api }) => {
	return (familyOfModel(model)?.refuses ?? []).flatMap((name): Warning[] => {
		const value = params[name];
		if (value === undefined || api.params[name] === undefined) return [];
		const values = { name: wireNameOf(api, name), model };
		const at = { param: name };
		if (name !== 'maxTokens') {
			const change = { params: { [name]: undefined } };
			return [{ code: 'refused', values, at, fix: { label: 'turn-off', change } }];
		}
		// The other name is known to Chat Completions only.
		if (api.params.maxCompletionTokens === undefined) return [];
		const to = wireNameOf(api, 'maxCompletionTokens');
		const kept = params.maxCompletionTokens ?? value;
		const change = { params: { maxTokens: undefined, maxCompletionTokens: kept } };
		return [{ code: 'renamed', values: { ...values, to }, at, fix: { label: 'use', change } }];
	});
};
