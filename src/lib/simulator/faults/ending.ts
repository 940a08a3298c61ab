import type { Fault } from './fault.ts';
import { ALL_APIS } from './fault.ts';
import { BLOCKED, REFUSAL } from '../answers/texts.ts';

/** Answers that are whole as far as the protocol goes, and end in an unusual way. */
export const endingFaults: readonly Fault[] = [
	{ ...newFault('max-tokens', 'The answer stops at a limit of 24 tokens.'), twist: 'max-tokens' },
	{ ...newFault('empty', 'The answer has no text.'), twist: 'empty' },
	{ ...newFault('content-filter', 'A content filter stops the answer.'), twist: 'content-filter' },
	{
		...newFault('refusal', 'The model refuses, in a field of its own.'),
		apis: ['chat-completions', 'responses'],
		twist: 'refusal',
		words: REFUSAL
	},
	{
		...newFault('guardrail', 'A guardrail puts its words in place of the answer.'),
		apis: ['converse', 'chat-completions'],
		twist: 'guardrail',
		words: BLOCKED
	}
];

function newFault(name: string, about: string): Fault {
	return { name, apis: ALL_APIS, streamed: false, about, end: 'finished' };
}
