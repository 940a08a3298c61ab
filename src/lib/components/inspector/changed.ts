import type { FamilyField } from '../../catalog/families.ts';
import { equalJson } from '../../model/json.ts';
import type { Json } from '../../model/json.ts';
import { getAt } from '../../model/json-path.ts';
import type { ParamName } from '../../model/param-names.ts';
import type { RequestSettings } from '../../model/turn.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';

/** Whether a parameter differs from what the last run of the branch was sent with. */
export function isParamChanged(conversation: Conversation, name: ParamName): boolean {
	const sent = lastSent(conversation);
	return (
		sent !== undefined && !equalJson(conversation.editor.settings.params[name], sent.params[name])
	);
}

/** Whether another setting differs from what the last run of the branch was sent with. */
export function isChanged(conversation: Conversation, field: keyof RequestSettings): boolean {
	const sent = lastSent(conversation);
	if (sent === undefined) return false;
	const now = conversation.editor.settings[field];
	return !equalJson(now as Json | undefined, sent[field] as Json | undefined);
}

/** Whether a field of the model's own differs from what the last run of the branch was sent with. */
export function isFieldChanged(conversation: Conversation, { path }: FamilyField): boolean {
	const { api, editor } = conversation;
	const sent = lastSent(conversation);
	if (sent === undefined) return false;
	const at = [api.id, api.modelFields ?? '', ...path];
	return !equalJson(getAt(editor.settings.extra, at), getAt(sent.extra, at));
}

function lastSent({ lastRun, runs }: Conversation): RequestSettings | undefined {
	return lastRun && runs.settingsOf(lastRun.sent);
}
