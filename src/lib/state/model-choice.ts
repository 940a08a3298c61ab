import { conflictsOf, withoutFiles } from '../catalog/abilities.ts';
import { findModel } from '../catalog/models.ts';
import { servingOf } from '../catalog/serving.ts';
import type { Serving } from '../catalog/serving.ts';
import type { Conflict } from '../model/ability.ts';
import type { DraftChange } from '../model/draft-change.ts';
import { fileTypes, isFilePart } from '../model/draft.ts';
import type { Conversation } from './conversation.svelte.ts';

/** What has to be settled before a model is taken: its API is another, or it can't take what is there. */
export type Question =
	| { kind: 'serving'; model: string; serving: Exclude<Serving, string> }
	| { kind: 'conflicts'; model: string; conflicts: readonly Conflict[] };

/** What to ask before a conversation gets a model; undefined where nothing speaks against it. */
export function questionOf(
	conversation: Conversation,
	model: string,
	region: string
): Question | undefined {
	const { endpoint } = conversation.target;
	// What a gateway has and takes it says itself.
	const serving =
		endpoint === 'gateway' ? 'unknown' : servingOf(model, conversation.api.id, region);
	if (typeof serving !== 'string') return { kind: 'serving', model, serving };
	const conflicts = conflictsOf(conversation.next.draft, model);
	return conflicts.length === 0 ? undefined : { kind: 'conflicts', model, conflicts };
}

/**
 * Gives a conversation another model and leaves out what of it that can't take. What was overruled for the model before
 * says nothing about this one: where it goes follows from it, unless nobody knows it or a gateway is in use.
 */
export function takeModel(
	conversation: Conversation,
	model: string,
	leftOut: readonly Conflict[] = []
): void {
	leaveOut(conversation, leftOut);
	const isGateways = conversation.target.endpoint === 'gateway';
	const endpoint = isGateways || findModel(model) === undefined ? {} : { endpoint: undefined };
	conversation.editor.change({ model, prefix: undefined, ...endpoint });
}

/** Takes out of a conversation what a model can't take: messages that lose something get a version beside them. */
function leaveOut(conversation: Conversation, conflicts: readonly Conflict[]): void {
	const { editor } = conversation;
	const found = conflicts.map(({ ability }) => ability);
	const types = fileTypes.filter((type) => found.includes(type));
	const change: DraftChange = {};
	if (found.includes('tools')) Object.assign(change, { tools: undefined, toolChoice: undefined });
	if (found.includes('reasoning')) change.params = { reasoningEffort: undefined };
	if (types.length > 0) {
		editor.parts = editor.parts.filter((part) => !isFilePart(part) || !types.includes(part.type));
		change.messages = withoutFiles(conversation.next.draft.messages, types);
	}
	if (conflicts.length > 0) conversation.apply(change);
}
