import type { WarningFix } from '../checks/check.ts';
import type { Conversation } from '../state/conversation.svelte.ts';
import type { PageContext } from './shell/shell.svelte.ts';

/** Does what the button of a warning says, in the request or on the page. */
export function heed(fix: WarningFix, conversation: Conversation, { shell }: PageContext): void {
	if ('wanted' in fix) shell.open('key', { wanted: fix.wanted });
	else conversation.heed(fix);
}
