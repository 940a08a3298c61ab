import { citationsOf } from '../../model/citations.ts';
import type { Part } from '../../model/draft.ts';
import type { Outcome, Run } from '../../model/run.ts';
import { text } from '../../text/index.ts';

// What each API calls an answer that did not come to its own end.
const incomplete = new Set([
	'max_tokens',
	'length',
	'max_output_tokens',
	'incomplete',
	'model_context_window_exceeded'
]);
const refused = new Set([
	'guardrail_intervened',
	'content_filtered',
	'content_filter',
	'malformed_model_output',
	'malformed_tool_use'
]);

/** How a run ended, in words. */
export interface Ending {
	/** `broken`: the bytes are not what they claim to be. */
	tone: 'plain' | 'warn' | 'bad';
	kind: 'stopped' | 'connection' | 'broken' | 'waiting' | 'incomplete';
	/** A word or two before the sentence, in bold. */
	head?: string;
	/** The service's own word. */
	code?: string;
	sentence: string;
	/** What would be next: to ask again, or also to ask the model to go on after what has come. */
	next: 'retry' | 'continue' | 'nothing';
}

/** Whether the model came to its own end, so that the answer is whole. */
export function isWhole(outcome: Outcome): boolean {
	return (
		outcome.end === 'finished' && !incomplete.has(outcome.reason) && !refused.has(outcome.reason)
	);
}

/** Whether nothing of an answer can be read: no part, or white space and nothing else in all of them. */
export function saysNothing(parts: readonly Part[]): boolean {
	return parts.every((part) => {
		if (part.type === 'text' || part.type === 'refusal') {
			return !/\S/.test(part.text) && citationsOf(part).length === 0;
		}
		if (part.type !== 'reasoning') return false;
		return !/\S/.test(part.text) && (part.redacted ?? part.encrypted) === undefined;
	});
}

/**
 * How a run ended, where its answer is not whole and no error card tells; `isBlank`: nothing of it can be read. Undefined
 * for a whole answer, and for what the error card explains.
 */
export function endingOf({ outcome, received }: Run, isBlank: boolean): Ending | undefined {
	const words = text.outcome;
	const next = isBlank ? 'retry' : 'continue';
	switch (outcome?.end) {
		case 'stopped':
			return {
				...{ tone: 'plain', kind: 'stopped', head: words.stopped, next },
				sentence: words.after(received.frames)
			};
		case 'page-closed':
			return {
				...{ tone: 'warn', kind: 'connection', head: words.pageClosed, next },
				sentence: words.pageClosedAt(received.frames)
			};
		case 'cut-short':
			return {
				...{ tone: 'warn', kind: 'connection', head: words.cutShort, next },
				sentence: words.cutShortAt(received.frames, outcome.midFrame)
			};
		case 'bad-frame':
			return {
				...{ tone: 'bad', kind: 'broken', head: words.badFrame[outcome.code], next: 'retry' },
				sentence: words.badFrameAt(received.frames + 1)
			};
		case 'unfinished':
			return {
				...{ tone: 'warn', kind: 'waiting', head: words.unfinishedHead, code: outcome.status },
				sentence: words.unfinished[outcome.status] ?? words.otherUnfinished,
				// One that is still at work would be paid for twice.
				next: outcome.status === 'cancelled' ? 'retry' : 'nothing'
			};
		case 'finished':
			return endingOfFinished(outcome, isBlank);
	}
	return undefined;
}

function endingOfFinished(
	outcome: Outcome & { end: 'finished' },
	isBlank: boolean
): Ending | undefined {
	const words = text.outcome;
	const { reason } = outcome;
	const shown = { tone: 'warn', kind: 'incomplete', code: reason } as const;
	if (isWhole(outcome)) {
		return isBlank ? { ...shown, sentence: words.empty, next: 'retry' } : undefined;
	}
	const sentence = words.reasons[reason] ?? words.otherReason;
	if (refused.has(reason)) return { ...shown, head: words.refused, sentence, next: 'nothing' };
	return { ...shown, head: words.incomplete, sentence, next: isBlank ? 'retry' : 'continue' };
}
