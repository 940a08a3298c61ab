import { tick } from 'svelte';
import { text } from '../text/index.ts';
import { isTouch } from './keys.ts';
import { painted } from './painted.ts';

/** The element that had the focus last. */
let last: Element | undefined;

/** Notes where the focus is, for `regainFocus`: a handler for the window's `focusin`. */
export function noteFocus({ target }: { target: EventTarget | null }): void {
	if (target instanceof Element) last = target;
}

/** Puts the focus where the next message is written; by touch to the transcript, so that no keyboard comes up. */
export async function focusComposer(): Promise<void> {
	await tick();
	const { message, transcript } = text.workspace;
	const places = [`textarea[aria-label="${message}"]`, `[role=log][aria-label="${transcript}"]`];
	// A modal dialog keeps the focus to itself: there its own first field is the place.
	places.push('dialog[open] :is(input, button)');
	for (const place of isTouch() ? places.slice(1) : places) {
		const element = document.querySelector<HTMLElement>(place);
		element?.focus();
		if (element !== null && document.activeElement === element) return;
	}
}

/**
 * Puts the focus into a turn that was drawn anew: to the button that has the name of the one that had it, else to its
 * first one, else where the next message is written.
 */
export async function focusTurn(id: string): Promise<void> {
	const name = document.activeElement?.getAttribute('aria-label') ?? '';
	await tick();
	const turn = document.querySelector(`[data-turn="${id}"]`);
	const buttons = [...(turn?.querySelectorAll<HTMLElement>('button') ?? [])];
	const same = buttons.find((button) => button.getAttribute('aria-label') === name);
	const button = same ?? buttons.find((one) => one.checkVisibility());
	if (button === undefined) return focusComposer();
	button.focus();
	button.scrollIntoView({ block: 'nearest' });
}

/**
 * After what had the focus has gone from the page or can't be pressed any more, puts it to `preferred`, else where the
 * next message is written, so that it is never on the body. Whoever took the focus away by a click keeps it so.
 */
export async function regainFocus(preferred?: () => HTMLElement | null | undefined): Promise<void> {
	await tick();
	if (await isLost()) {
		preferred?.()?.focus();
		if (await isLost()) await focusComposer();
	}
}

/** Whether what had the focus is gone or can't be pressed, and nothing else has taken the focus. */
async function isLost(): Promise<boolean> {
	const former = last;
	if (former === undefined || isTaken(former)) return false;
	if (!former.isConnected || former.matches(':disabled')) return true;
	// Only a layout tells whether it is seen. Asked for at once it would be one more beside that of the next frame.
	await painted();
	return former === last && !former.checkVisibility() && !isTaken(former);
}

/** Whether the focus is on something else by now. */
function isTaken(from: Element): boolean {
	const { activeElement, body } = document;
	return activeElement !== null && activeElement !== body && activeElement !== from;
}
