import type { Draft, Message } from '../model/draft.ts';
import { textOf } from '../model/draft.ts';
import { pathTo } from '../model/path.ts';
import type { Check, History } from './check.ts';
import { typedParent, unchain } from './typed-parent.ts';

/**
 * A stored response is continued, and messages that it remembers go along too: the model would read them twice. Only of
 * what was typed: the form never sends both.
 */
export const mixedHistory: Check = ({ draft, history }) => {
	const id = draft.chain?.responseId ?? typedParent(draft);
	if (history === undefined || id === undefined) return [];
	const known = rememberedBy(id, history);
	const isTwice = ({ role, parts }: Message): boolean =>
		role === 'assistant' && (known === undefined || known.has(textOf(parts)));
	if (!sentBy(draft).some(isTwice)) return [];
	return [{ code: 'mixed-history', values: { id: id.slice(-5) }, fix: unchain(draft) }];
};

/** The messages that go with the id. */
function sentBy({ chain, messages }: Draft): readonly Message[] {
	return messages.slice(messages.findIndex(({ id }) => id === chain?.after) + 1);
}

/** The texts of the answers that the service remembers with a response; undefined for one that nobody here knows. */
function rememberedBy(id: string, { runs, turns }: History): ReadonlySet<string> | undefined {
	const run = [...runs.values()].find(({ responseId }) => responseId === id);
	if (run === undefined) return undefined;
	const answers = pathTo(turns, run.turn).filter(({ message }) => message.role === 'assistant');
	return new Set(answers.map(({ message }) => textOf(message.parts)));
}
