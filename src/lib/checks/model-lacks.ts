import { wireNameOf } from '../apis/forms.ts';
import { hasAbility } from '../catalog/abilities.ts';
import { familyOfModel } from '../catalog/families.ts';
import { findModel } from '../catalog/models.ts';
import { attachedTo, warnOf } from './attached.ts';
import type { Check, Warning } from './check.ts';

/** The model is known not to take something that is there: an attachment, tools, or an effort of reasoning. */
export const modelLacks: Check = (checked) => {
	const { draft, api } = checked;
	const { model, tools = [], params } = draft;
	const known = findModel(model);
	if (known === undefined) return [];
	const found: Warning[] = attachedTo(checked)
		.filter(({ part }) => hasAbility(known, part.type) === false)
		.map((attached) => {
			const values = { model, type: attached.part.type };
			return warnOf(attached, { code: 'model-file', values }, 'remove');
		});
	if (known.tools === false && tools.some(({ off }) => off !== true)) {
		const change = { tools: undefined, toolChoice: undefined };
		const fix = { label: 'remove-tools', change };
		found.push({ code: 'model-tools', values: { model }, at: { setting: 'tools' }, fix });
	}
	const { reasoningEffort: effort } = params;
	const isAsked = effort !== undefined && effort !== 'none' && api.params.reasoningEffort;
	// Where its family says which efforts it takes, another rule holds the effort against them.
	const isSaid = familyOfModel(model)?.choices?.reasoningEffort !== undefined;
	if (known.reasoning === false && isAsked && !isSaid) {
		const name = wireNameOf(api, 'reasoningEffort');
		const change = { params: { reasoningEffort: undefined } };
		const at = { param: 'reasoningEffort' } as const;
		const fix = { label: 'turn-off', change };
		found.push({ code: 'model-reasoning', values: { model, name }, at, fix });
	}
	return found;
};
