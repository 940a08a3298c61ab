/** Keeps what hangs below a field inside what is seen of the page, which a keyboard on the screen makes less. An attachment. */
export function fitBelow(box: HTMLElement): () => void {
	const margin = 12;
	const most = parseFloat(getComputedStyle(box).maxHeight);
	const fit = () => {
		const { height, offsetTop } = visualViewport ?? { height: innerHeight, offsetTop: 0 };
		const room = offsetTop + height - box.getBoundingClientRect().top - margin;
		box.style.setProperty('max-height', `${Math.max(160, Math.min(most, room))}px`);
	};
	fit();
	visualViewport?.addEventListener('resize', fit);
	return () => visualViewport?.removeEventListener('resize', fit);
}
