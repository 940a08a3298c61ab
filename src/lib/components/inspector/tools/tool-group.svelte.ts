import type { Conversation } from '../../../state/conversation.svelte.ts';

/** What is open of a conversation's tools: it stays so when the Settings tab is drawn anew. */
export class ToolGroup {
	/** The tool whose form is open, by its place. */
	open: number | undefined = $state();
	isImporting = $state(false);
	/** What was imported last. */
	said = $state('');
}

const groups = new WeakMap<Conversation, ToolGroup>();

/** The one of a conversation. */
export function groupOf(conversation: Conversation): ToolGroup {
	const known = groups.get(conversation);
	if (known !== undefined) return known;
	const group = new ToolGroup();
	groups.set(conversation, group);
	return group;
}
