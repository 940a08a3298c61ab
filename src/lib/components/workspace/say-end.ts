import type { Part } from '../../model/draft.ts';
import type { Run } from '../../model/run.ts';
import { text } from '../../text/index.ts';
import { endingOf, saysNothing } from './endings.ts';
import { describeFailure } from './failure.ts';

/** How a run ended, in a line for screen readers. */
export function sayEnd(run: Run, answer: readonly Part[]): string {
	const words = text.workspace.said;
	const failure = describeFailure(run, undefined);
	if (failure !== undefined) return words.error(failure.headline);
	if (run.outcome?.end === 'stopped') return words.stopped;
	if (run.outcome?.end === 'cut-short') return words.cutShort;
	const ending = endingOf(run, saysNothing(answer));
	if (ending === undefined) return words.complete(run.usage?.output);
	return [ending.head, ending.sentence].filter((one) => one !== undefined).join('. ');
}
