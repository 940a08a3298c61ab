import type { Draft } from '../model/draft.ts';
import { getOwn } from '../model/json.ts';
import type { WarningFix } from './check.ts';

/** A `previous_response_id` that somebody typed beside what the form says. */
export function typedParent({ extra }: Draft): string | undefined {
	const id = getOwn(extra?.responses, 'previous_response_id');
	return typeof id === 'string' ? id : undefined;
}

/** What makes a request that names a response one that does not: without the typed field, or as the form says it. */
export function unchain(draft: Draft): WarningFix {
	if (typedParent(draft) === undefined) return { label: 'reset', reset: true };
	const { previous_response_id: _, ...rest } = draft.extra?.responses ?? {};
	return { label: 'drop-id', change: { extra: { ...draft.extra, responses: rest } } };
}
