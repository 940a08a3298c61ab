/** Whether a key belongs to an input method that composes a word: Enter picks it and Escape drops it, for nobody else. */
export function isComposing(event: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
	return event.isComposing || event.keyCode === 229;
}

/** Whether the page is used by touch: there Enter writes a line, and the keyboard on the screen hides half of it. */
export function isTouch(): boolean {
	// On a server, where tests draw components, there is no `matchMedia` and no touch.
	return typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;
}

/** Whether a key that was pressed in the composer sends what is written there. */
export function isSendKey(
	event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>,
	touch: boolean
): boolean {
	return event.key === 'Enter' && !event.shiftKey && !isComposing(event) && !touch;
}
