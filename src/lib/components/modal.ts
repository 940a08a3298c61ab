/** Opens a dialog as a modal one for as long as it is mounted; then the focus goes back to where it was. An attachment. */
export function openModal(dialog: HTMLDialogElement): () => void {
	const { activeElement } = document;
	dialog.showModal();
	return () => {
		// The browser gives the focus back itself only while the dialog is in the document: by now it is not.
		dialog.close();
		if (activeElement instanceof HTMLElement) activeElement.focus();
	};
}
