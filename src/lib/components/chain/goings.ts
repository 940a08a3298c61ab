import { tick } from 'svelte';
import type { ResponseNode } from '../../model/response-node.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { focusComposer, focusTurn } from '../focus.ts';
import type { PageContext } from '../shell/shell.svelte.ts';

/**
 * Ends the branch that is shown with a response: the next message continues it, or goes with the history where the service
 * can't. What followed it stays in a branch of its own. Nothing is sent.
 */
export function goOn(
	{ turn }: ResponseNode,
	conversation: Conversation,
	{ shell }: PageContext
): void {
	if (conversation.live !== undefined) return;
	conversation.branch.fork(turn.id);
	if (conversation.editor.resend) conversation.editor.resend = false;
	shell.panel = 'chat';
	void focusComposer();
}

/** Shows an answer in the transcript, on its branch. */
export async function openRun(
	{ turn }: ResponseNode,
	conversation: Conversation,
	{ shell }: PageContext
): Promise<void> {
	if (!conversation.tree.path.some(({ id }) => id === turn.id)) conversation.show(turn.id);
	shell.panel = 'chat';
	await tick();
	document.querySelector(`[data-turn="${turn.id}"]`)?.scrollIntoView({ block: 'start' });
	// A turn that was far away is built once it is near.
	await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
	await focusTurn(turn.id);
}
