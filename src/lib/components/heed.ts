import type { FoundWarning } from '../checks/check.ts';
import type { Conversation } from '../state/conversation.svelte.ts';
import { focusComposer } from './focus.ts';
import type { PageContext } from './shell/shell.svelte.ts';

/** Does what the button of a warning says, in the request or on the page. */
export function heed(warning: FoundWarning, conversation: Conversation, page: PageContext): void {
	const { fix } = warning;
	if (fix === undefined) return;
	if ('wanted' in fix) return page.shell.open('key', { wanted: fix.wanted });
	if (!('go' in fix)) return conversation.heed(warning);
	page.playground.tabs.continueOn(fix.go.api, fix.go.model);
	void focusComposer();
}
