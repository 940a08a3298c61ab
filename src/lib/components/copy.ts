import { text as page } from '../text/index.ts';

/** What a copy button says: nothing, that it has copied, or that the person has to. */
export type CopyPhase = 'idle' | 'copied' | 'refused';

/** Milliseconds for which a button confirms. */
const shownFor = 1500;
const timers = new WeakMap<HTMLElement, ReturnType<typeof setTimeout>>();

/**
 * Copies `text` for the button that was pressed and says how it went. Where the browser refuses the clipboard, the
 * text is put into a field beside the button, selected, for the person to copy.
 */
export async function copy(
	text: string,
	button: HTMLElement,
	say: (phase: CopyPhase) => void
): Promise<void> {
	clearTimeout(timers.get(button));
	const confirm = () => {
		say('copied');
		timers.set(
			button,
			setTimeout(() => say('idle'), shownFor)
		);
	};
	try {
		await navigator.clipboard.writeText(text);
		confirm();
	} catch {
		// No secure context, or not allowed here. The old way works on a selected field, which stays where it fails too.
		const field = selectedField(text);
		button.after(field);
		field.focus();
		field.select();
		const isCopied = document.execCommand('copy');
		if (isCopied) confirm();
		else say('refused');
		field.addEventListener('blur', () => {
			field.remove();
			if (!isCopied) say('idle');
		});
	}
}

/** A field that is there for the selection, not for the eye. */
function selectedField(text: string): HTMLTextAreaElement {
	const field = document.createElement('textarea');
	field.readOnly = true;
	field.value = text;
	field.setAttribute('aria-label', page.answer.copySource);
	Object.assign(field.style, {
		position: 'absolute',
		width: '1px',
		height: '1px',
		padding: '0',
		border: '0',
		opacity: '0',
		resize: 'none',
		pointerEvents: 'none'
	});
	return field;
}
