import { wireNameOf } from '../apis/forms.ts';
import { familyOfModel } from '../catalog/families.ts';
import { numberOf } from '../model/json-text.ts';
import type { Check, Warning } from './check.ts';

/** Fewer tokens than this are often all eaten by reasoning at high effort: the answer is empty. */
const enough = 2000;

const eager = ['high', 'xhigh', 'max'];

/** The effort is not one of the model's, goes not with tools, or leaves no tokens for the answer. */
export const effort: Check = ({ draft, api }) => {
	const { params, model, tools = [] } = draft;
	const { reasoningEffort: value } = params;
	if (typeof value !== 'string' || api.params.reasoningEffort === undefined) return [];
	const family = familyOfModel(model);
	const name = wireNameOf(api, 'reasoningEffort');
	const at = { param: 'reasoningEffort' } as const;
	// No family knows `minimal`.
	const efforts = family?.choices?.reasoningEffort ?? (value === 'minimal' ? ['low'] : undefined);
	if (efforts?.length === 0) {
		const change = { params: { reasoningEffort: undefined } };
		return [{ code: 'no-effort', values: { name, model }, at, fix: { label: 'turn-off', change } }];
	}
	const found: Warning[] = [];
	if (efforts !== undefined && !efforts.includes(value)) {
		const to = nearestOf(efforts, value);
		const change = { params: { reasoningEffort: to } };
		found.push({ code: 'effort', values: { name, value, to }, at, fix: { label: 'set', change } });
	}
	const isChat = api.id === 'chat-completions';
	if (
		isChat &&
		family?.effortWithoutTools === true &&
		tools.some(({ off }) => off !== true) &&
		value !== 'none'
	) {
		const change = { params: { reasoningEffort: 'none' } };
		const values = { name, model, to: 'none' };
		found.push({ code: 'effort-with-tools', values, at, fix: { label: 'set', change } });
	}
	if (eager.includes(value)) {
		for (const limit of ['maxTokens', 'maxCompletionTokens'] as const) {
			const tokens = numberOf(params[limit]);
			if (tokens === undefined || tokens >= enough || api.params[limit] === undefined) continue;
			found.push({
				code: 'eaten',
				values: { name: wireNameOf(api, limit), tokens, effort: value, to: 2 * enough },
				at: { param: limit },
				fix: { label: 'set', change: { params: { [limit]: 2 * enough } } }
			});
		}
	}
	return found;
};

/** The least for what is less than all, the most for what is more. */
function nearestOf(efforts: readonly string[], value: string): string {
	const isEager = eager.includes(value) && value !== 'high';
	return (isEager ? efforts.at(-1) : efforts.find((one) => one !== 'none')) ?? 'low';
}
