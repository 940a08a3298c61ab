import type { WarningFix } from '../checks/check.ts';
import type { Conversation } from '../state/conversation.svelte.ts';
import { focusComposer } from './focus.ts';
import type { PageContext } from './shell/shell.svelte.ts';

/** Does what the button of a warning says, in the request or on the page. */
export function heed(fix: WarningFix, conversation: Conversation, page: PageContext): void {
	if ('wanted' in fix) return page.shell.open('key', { wanted: fix.wanted });
	if (!('go' in fix)) return conversation.heed(fix);
	page.playground.continueOn(fix.go.api, fix.go.model);
	void focusComposer();
}
