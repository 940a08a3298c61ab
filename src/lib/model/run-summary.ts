import { textOf } from './draft.ts';
import type { Message } from './draft.ts';
import type { Outcome } from './run.ts';

/** Characters. */
const longestTitle = 80;

/** Title of a conversation: first words of the first user message on one line, whole where they fit, else cut at a space and marked with `…`. */
export function titleOf(messages: readonly Message[]): string {
	const first = messages.find((message) => message.role === 'user');
	const text = textOf(first?.parts ?? []).trimStart();
	// Enough for the title however much white space is in it, and a long prompt is not walked through.
	const characters = [...text.slice(0, 1000).replace(/\s+/g, ' ').trim()];
	if (characters.length <= longestTitle) return characters.join('').toWellFormed();
	const cut = characters.slice(0, longestTitle - 1).join('');
	return `${/^.*\S(?= )/.exec(cut)?.[0] ?? cut}…`;
}

/** Status of an answer that was no success; what failed inside a 200 has none. */
export function failedStatus(outcome: Outcome): number | undefined {
	if (outcome.end === 'http-error') return outcome.error.status;
	return outcome.end === 'not-an-answer' ? outcome.status : undefined;
}

/** Whether a run failed in a way that an error card tells, with or without a part of an answer before. */
export function isFailure(outcome: Outcome | undefined): boolean {
	switch (outcome?.end) {
		case 'http-error':
		case 'error-in-200':
		case 'stream-error':
		case 'not-an-answer':
		case 'unreachable':
			return true;
		case 'finished':
		case 'stopped':
		case 'page-closed':
		case 'unfinished':
		case 'cut-short':
		case 'bad-frame':
		case undefined:
			return false;
	}
}
