import type { Chain, Draft, Message } from './draft.ts';
import type { RequestSettings, Turn } from './turn.ts';

/** The draft of a request: settings, what the turns of `path` say, and the response that is continued. */
export function draftOf(
	settings: RequestSettings,
	path: readonly Turn[],
	chain: Chain | undefined
): Draft {
	return { ...settings, messages: saidBy(path), ...(chain !== undefined && { chain }) };
}

/** The messages of a path, without those of runs of which nothing came. */
export function saidBy(path: readonly Turn[]): Message[] {
	return path.filter(saysSomething).map(({ message }) => message);
}

/** Whether a turn is more than the place of an answer that did not come. */
export function saysSomething({ message: { from, parts } }: Turn): boolean {
	return from === undefined || parts.length > 0;
}
