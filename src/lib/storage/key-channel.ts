const channelName = 'bedrock-playground-key';

let channel: BroadcastChannel | undefined;

/**
 * Calls `onchange` when another tab has saved, forgotten or marked a stored key; `loadKey` then says what is left.
 * One watcher a page. Returns what stops it.
 */
export function watchKey(onchange: () => void): () => void {
	const mine = openChannel();
	channel = mine;
	if (mine !== undefined) mine.onmessage = () => onchange();
	return () => {
		mine?.close();
		if (channel === mine) channel = undefined;
	};
}

/** Tells the other tabs that there is something to load, and nothing else. */
export function announce(): void {
	// Through the watcher's own channel, because a channel does not hear itself.
	const through = channel ?? openChannel();
	through?.postMessage('changed');
	if (through !== channel) through?.close();
}

function openChannel(): BroadcastChannel | undefined {
	try {
		return new BroadcastChannel(channelName);
	} catch {
		// Where storage is blocked so is this; then there is no stored key to tell about.
		return undefined;
	}
}
