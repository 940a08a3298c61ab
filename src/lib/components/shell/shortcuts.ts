/** What keys and a paste outside any field can do. */
export interface Actions {
	/** Stops what runs, else closes what lies over the page. */
	escape: () => void;
	send: () => void;
	history: () => void;
	inspector: () => void;
	startAnew: () => void;
	/** What was pasted looks like a key. */
	pasteKey: (pasted: string) => void;
}

/** Handlers for the window's `keydown` and `paste`. Mod is ⌘ on macOS, Ctrl elsewhere. */
export function shortcuts(actions: Actions) {
	function keydown(event: KeyboardEvent): void {
		if (event.defaultPrevented || event.isComposing) return;
		if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) actions.escape();
		if (!(event.metaKey || event.ctrlKey) || event.altKey) return;
		const name = `${event.shiftKey ? 'shift ' : ''}${event.key.toLowerCase()}`;
		const action = {
			enter: actions.send,
			b: actions.history,
			j: actions.inspector,
			'shift o': actions.startAnew
		}[name];
		if (action === undefined || document.querySelector('dialog[open]') !== null) return;
		event.preventDefault();
		action();
	}

	function paste(event: ClipboardEvent): void {
		if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return;
		const pasted = event.clipboardData?.getData('text/plain') ?? '';
		if (!/bedrock-api-key-|\bABSK[A-Za-z0-9+/]/.test(pasted)) return;
		event.preventDefault();
		actions.pasteKey(pasted);
	}

	return { keydown, paste };
}
