import { getOwn } from '../model/json.ts';
import type { Conversation } from './conversation.svelte.ts';

/**
 * Asks the last question of the branch again with all that was said before it, as it is stored here, in place of the id of a
 * stored response: tool calls, their results and encrypted reasoning go along. Only this once: what the service stores of it
 * is continued again.
 */
export function materialise(conversation: Conversation): Promise<void> {
	const { tree, live } = conversation;
	const last = tree.path.at(-1);
	if (live !== undefined || last === undefined) return Promise.resolve();
	dropTypedParent(conversation);
	const question = last.message.from === undefined ? last.id : last.parent;
	return conversation.ask(question, { chain: undefined });
}

/** Takes out a `previous_response_id` that somebody typed into the body: it is never sent with the history. */
export function dropTypedParent({ editor }: Pick<Conversation, 'editor'>): void {
	const { extra } = editor.settings;
	if (getOwn(extra?.responses, 'previous_response_id') === undefined) return;
	const { previous_response_id: _, ...rest } = extra?.responses ?? {};
	editor.change({ extra: { ...extra, responses: rest } });
}
