import { text as page } from '../../text/index.ts';
import { copy, type CopyPhase } from '../copy.ts';
import { textOfCode } from './code.ts';

const words = page.answer;
const names: Record<CopyPhase, string> = {
	idle: words.copyCode,
	copied: words.copied,
	refused: words.copySelected
};

/** Copies the code whose button was pressed, anywhere below. */
export function copyCode(event: MouseEvent): void {
	const target = event.target instanceof Element ? event.target : undefined;
	const button = target?.closest<HTMLButtonElement>('button.copy');
	const code = button?.closest('figure')?.querySelector('code');
	if (!button || !code) return;
	void copy(textOfCode(code), button, (phase) => {
		button.classList.toggle('copied', phase === 'copied');
		button.title = names[phase];
		button.setAttribute('aria-label', names[phase]);
	});
}
