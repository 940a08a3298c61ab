import { focusComposer } from './focus.ts';
import { isComposing } from './keys.ts';

/**
 * Opens a dialog as a modal one for as long as it is mounted; then the focus goes back to where it was, or to
 * where the next message is written. An attachment.
 */
export function openModal(dialog: HTMLDialogElement): () => void {
	const { activeElement } = document;
	dialog.showModal();
	return () => {
		// The browser gives the focus back itself only while the dialog is in the document: by now it is not.
		dialog.close();
		const isThere = activeElement?.isConnected === true && activeElement !== document.body;
		if (isThere && activeElement instanceof HTMLElement) activeElement.focus();
		else void focusComposer();
	};
}

/** Escape that drops a word of an input method does not close the dialog: its `keydown`. */
export function keepFromComposing(event: KeyboardEvent): void {
	if (event.code === 'Escape' && isComposing(event)) event.preventDefault();
}
