import { familyOfModel } from '../../catalog/families.ts';
import type { FamilyField } from '../../catalog/families.ts';
import type { FoundWarning } from '../../checks/check.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { equalJson, mergeJson } from '../../model/json.ts';
import { getAt, setAt } from '../../model/json-path.ts';
import type { JsonPath } from '../../model/json-path.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';

/** The fields of its own that the model at hand takes; none where its family is not known, or the API takes none. */
export function fieldsOf(
	{ api, editor }: Conversation,
	group: FamilyField['group']
): readonly FamilyField[] {
	if (api.modelFields === undefined) return [];
	const family = familyOfModel(editor.settings.model);
	return family?.fields.filter((field) => field.group === group) ?? [];
}

/** What the body is given beside what the form has words for. */
export function extraOf({ api, editor }: Conversation): JsonObject {
	return editor.settings.extra?.[api.id] ?? {};
}

/** Replaces it; nothing is kept of an empty one. */
export function setExtra({ api, editor }: Conversation, fields: JsonObject): void {
	const { [api.id]: _, ...others } = editor.settings.extra ?? {};
	const isEmpty = Object.keys(fields).length === 0;
	const extra = isEmpty ? others : { ...others, [api.id]: fields };
	editor.change({ extra: Object.keys(extra).length === 0 ? undefined : extra });
}

/** The value of a field of the model's own; undefined: it is not sent. */
export function fieldValue(conversation: Conversation, { path }: FamilyField): Json | undefined {
	return getAt(extraOf(conversation), pathOf(conversation, path));
}

/** Sets a field of the model's own, with what has to stand beside it; undefined sends it no more. */
export function setField(
	conversation: Conversation,
	{ path, beside = {}, whole = path }: FamilyField,
	value: Json | undefined
): void {
	const extra = extraOf(conversation);
	if (value === undefined)
		return setExtra(conversation, setAt(extra, pathOf(conversation, whole), undefined));
	const field = conversation.api.modelFields;
	const around = field === undefined ? beside : { [field]: beside };
	setExtra(conversation, setAt(mergeJson(extra, around), pathOf(conversation, path), value));
}

function pathOf({ api }: Conversation, path: JsonPath): JsonPath {
	return api.modelFields === undefined ? path : [api.modelFields, ...path];
}

/**
 * The warnings about a field of the model's own, each at the first row that has to do with it; without a field those that
 * no row has, for the row that holds them all.
 */
export function warningsAt(
	conversation: Conversation,
	field: FamilyField | undefined
): readonly FoundWarning[] {
	const own = conversation.api.modelFields;
	const rows = [...fieldsOf(conversation, 'reasoning'), ...fieldsOf(conversation, 'model')];
	return conversation.next.warningsAtField(([first, ...path]) => {
		return first === own && rows.find((row) => isAlong(row.path, path)) === field;
	});
}

/** Whether one path leads to the other, or to what is in it. */
function isAlong(path: readonly string[], other: readonly string[]): boolean {
	const length = Math.min(path.length, other.length);
	return equalJson(path.slice(0, length), other.slice(0, length));
}
