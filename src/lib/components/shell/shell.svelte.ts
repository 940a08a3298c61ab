import { createContext } from 'svelte';
import type { Playground } from '../../state/playground.svelte.ts';
import type { DialogId, DialogProps } from './dialogs.ts';

/** What fills the page on a phone. */
export type Panel = 'chat' | 'settings' | 'code' | 'chain' | 'history';

/** What of the page is open, and nothing about requests. */
export class Shell {
	panel: Panel = $state('chat');
	/** Where the history has no column of its own, whether it lies over the page. */
	isHistoryDrawn = $state(false);
	/** Where the inspector has no column of its own, whether it lies over the page. */
	isInspectorDrawn = $state(false);
	dialog: { id: DialogId; props: DialogProps } | undefined = $state.raw();

	/** Opens a dialog in place of any other. */
	open(id: DialogId, props: DialogProps = {}): void {
		this.dialog = { id, props };
	}

	close(): void {
		this.dialog = undefined;
	}
}

/** The page as its parts see it. */
export interface PageContext {
	playground: Playground;
	shell: Shell;
}

/** Whoever is below the page gets it without being handed it through everything between. */
export const [getPage, setPage] = createContext<PageContext>();
