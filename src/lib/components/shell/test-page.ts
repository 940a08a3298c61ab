import type { Conversation } from '../../state/conversation.svelte.ts';
import type { Page } from '../../state/test-kit.ts';

/**
 * The HTML of a page of a state test, as a server draws it: without the texts of answers, which only a browser fills in.
 * The parts that a browser loads when they are wanted are there.
 */
export async function drawPage({ playground }: Page): Promise<string> {
	// All of it of the page's own modules, as a browser loads them.
	const later = await import('../later.ts');
	for (const load of [later.loadHistory, later.loadShared]) await later.partOf<unknown>(load);
	const { draw } = await import('../workspace/test-render.ts');
	const { default: WholePage } = await import('./Page.svelte');
	return draw(WholePage, { playground });
}

/** The HTML of the turns of a conversation of such a page, where {@link drawPage} has none. */
export async function drawTurns({ playground }: Page, conversation: Conversation): Promise<string> {
	const { draw } = await import('../workspace/test-render.ts');
	const { default: Turns } = await import('../workspace/TurnsOfTest.svelte');
	return draw(Turns, { playground, conversation });
}
