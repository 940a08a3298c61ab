import { paramsOf } from '../apis/forms.ts';
import type { Check, Warning } from './check.ts';

/** A stop sequence is there twice, says nothing, or is one too many. */
export const stopSequences: Check = ({ draft: { params }, api }) => {
	const name = 'stopSequences';
	const param = paramsOf(api).find((one) => one.name === name);
	const { [name]: given } = params;
	if (param?.kind !== 'strings' || !Array.isArray(given)) return [];
	const list = given.filter((one) => typeof one === 'string');
	const { label, max } = param;
	const warn = (code: string, to: string[], fix: string, sequence = ''): Warning => ({
		code,
		values: { name: label, max, sequence },
		at: { param: name },
		fix: { label: fix, change: { params: { [name]: to.length > 0 ? to : undefined } } }
	});
	const unique = [...new Set(list)];
	const twice = list.find((one, i) => list.indexOf(one) !== i);
	const spoken = list.filter((one) => one.trim() !== '');
	const found: Warning[] = [];
	if (twice !== undefined) found.push(warn('stop-twice', unique, 'drop-repeated', twice));
	if (spoken.length < list.length) found.push(warn('stop-blank', spoken, 'drop-blank'));
	if (unique.length > max) found.push(warn('too-many', unique.slice(0, max), 'keep-first'));
	return found;
};
