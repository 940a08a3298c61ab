import type { Outcome } from '../../model/run.ts';

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

/** Whether the model came to its own end, so that the answer is whole. */
export function isWhole(outcome: Outcome): boolean {
	return (
		outcome.end === 'finished' && !incomplete.has(outcome.reason) && !refused.has(outcome.reason)
	);
}

/** Whether the service ended the answer for what it says, not for its length. */
export function isRefused(outcome: Outcome): boolean {
	return outcome.end === 'finished' && refused.has(outcome.reason);
}
