import { wireNameOf } from '../apis/forms.ts';
import { familyOfModel } from '../catalog/families.ts';
import { numberOf } from '../model/json-text.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { getAt, setAt } from '../model/json-path.ts';
import type { JsonPath } from '../model/json-path.ts';
import type { Check, Checked, Warning } from './check.ts';

/** The least budget that Claude takes. */
const least = 1024;

/**
 * What does not go with Claude's thinking, or is not the form of it that the model takes.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
 */
export const thinking: Check = (checked) => {
	const { draft, api } = checked;
	const { model, extra = {} } = draft;
	const value = getAt(extra[api.id], [api.modelFields ?? '', 'thinking']);
	const forms = familyOfModel(model)?.thinking;
	if (api.modelFields === undefined || forms === undefined || !isJsonObject(value)) return [];
	const type = value.type;
	if (type === 'disabled') return [];
	const wrong = findForm(checked, value, forms);
	if (wrong !== undefined) return [wrong];
	return [...findBudget(checked, value), ...findSampling(checked)];
};

function findForm(
	checked: Checked,
	value: Json,
	forms: readonly ('enabled' | 'adaptive')[]
): Warning | undefined {
	const { model } = checked.draft;
	const type = getAt(value, ['type']);
	const budget = getAt(value, ['budget_tokens']);
	const isAdaptive = type === 'adaptive';
	if (isAdaptive && forms.includes('adaptive')) {
		if (budget === undefined) return undefined;
		const fix = changeThinking(checked, { type: 'adaptive' });
		return {
			code: 'budget-with-adaptive',
			at: atField(checked, 'budget_tokens'),
			fix: { label: 'drop-budget', change: fix }
		};
	}
	if (type === 'enabled' && forms.includes('enabled')) return undefined;
	const [form] = forms;
	if (form === undefined) {
		const fix = changeThinking(checked, undefined);
		return {
			code: 'no-thinking',
			values: { model },
			at: atField(checked),
			fix: { label: 'drop-thinking', change: fix }
		};
	}
	const right: Json =
		form === 'adaptive' ? { type: form } : { type: form, budget_tokens: budget ?? 2 * least };
	return {
		code: 'thinking-form',
		values: { model, form },
		at: atField(checked, 'type'),
		fix: { label: 'use-thinking', change: changeThinking(checked, right) }
	};
}

function findBudget({ draft, api }: Checked, value: Json): Warning[] {
	const budget = numberOf(getAt(value, ['budget_tokens']));
	const limit = numberOf(draft.params.maxTokens);
	if (budget === undefined) return [];
	const name = 'thinking.budget_tokens';
	if (budget < least) {
		const right = { type: 'enabled', budget_tokens: least };
		const change = changeThinking({ draft, api }, right);
		const values = { name, min: least, to: least };
		const at = atField({ api }, 'budget_tokens');
		return [{ code: 'too-small', values, at, fix: { label: 'set', change } }];
	}
	if (limit === undefined || limit > budget) return [];
	const to = budget + 2 * least;
	const max = wireNameOf(api, 'maxTokens');
	return [
		{
			code: 'budget',
			values: { name, budget, max, limit, to },
			at: { param: 'maxTokens' },
			fix: { label: 'set-max', change: { params: { maxTokens: to } } }
		}
	];
}

function findSampling({ draft: { params, extra }, api }: Checked): Warning[] {
	const { temperature, topP } = params;
	const found: Warning[] = [];
	const refuse = (param: 'temperature' | 'topP'): number =>
		found.push({
			code: 'with-thinking',
			values: { name: wireNameOf(api, param) },
			at: { param },
			fix: { label: 'turn-off', change: { params: { [param]: undefined } } }
		});
	if (temperature !== undefined && temperature !== 1) refuse('temperature');
	const share = numberOf(topP);
	if (share !== undefined && share < 0.95) refuse('topP');
	const field = api.modelFields ?? '';
	const own = extra?.[api.id] ?? {};
	if (getAt(own, [field, 'top_k']) !== undefined) {
		const change = { extra: { ...extra, [api.id]: setAt(own, [field, 'top_k'], undefined) } };
		const values = { name: 'top_k' };
		const at = { field: [field, 'top_k'] as const };
		found.push({ code: 'with-thinking', values, at, fix: { label: 'turn-off', change } });
	}
	return found;
}

/** The place of `thinking`, or of a field of it. */
function atField({ api }: Pick<Checked, 'api'>, ...below: string[]): { field: JsonPath } {
	return { field: [api.modelFields ?? '', 'thinking', ...below] };
}

function changeThinking({ draft, api }: Pick<Checked, 'draft' | 'api'>, value: Json | undefined) {
	const own = draft.extra?.[api.id] ?? {};
	const path = [api.modelFields ?? '', 'thinking'] as const;
	return { extra: { ...draft.extra, [api.id]: setAt(own, path, value) } };
}
