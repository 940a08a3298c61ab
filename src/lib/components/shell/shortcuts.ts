import { isComposing } from '../keys.ts';
import { commands } from './commands.ts';
import type { Command } from './commands.ts';
import type { PageContext } from './shell.svelte.ts';

const byKeys = new Map(
	Object.values<Command>(commands).flatMap((command) =>
		command.keys === undefined ? [] : [[command.keys.toLowerCase(), command] as const]
	)
);

/** Handlers for the window's `keydown` and `paste`. Mod is ⌘ on macOS, Ctrl elsewhere. */
export function shortcuts(page: PageContext) {
	const { playground, shell } = page;

	function keydown(event: KeyboardEvent): void {
		// While an input method composes, its keys are its own.
		if (event.defaultPrevented || isComposing(event)) return;
		if (document.querySelector('dialog[open]') !== null) return;
		if (event.key === 'Escape') {
			if (playground.tabs.current.isBusy) playground.tabs.current.stop();
			else shell.isInspectorDrawn = false;
		}
		if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
		const keys = `mod+${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
		const command = byKeys.get(keys);
		if (command === undefined || command.when?.(page) === false) return;
		event.preventDefault();
		command.run(page);
	}

	function paste(event: ClipboardEvent): void {
		if (event.defaultPrevented || isField(event.composedPath()[0])) return;
		const pasted = event.clipboardData?.getData('text/plain') ?? '';
		if (playground.isFramed || !/bedrock-api-key-|\bABSK[A-Za-z0-9+/]/.test(pasted)) return;
		event.preventDefault();
		shell.open('key', { prefill: pasted });
	}

	return { keydown, paste };
}

/** Whether text can be typed there; an editor's own field may stand in a shadow root. */
function isField(target: EventTarget | undefined): boolean {
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable || target.closest('input, textarea') !== null)
	);
}
