import type { ApiId } from '../../model/draft.ts';
import type { ConversationRecord } from '../../model/turn.ts';

/** The ways to end that the list can be narrowed to. */
export type Ending = 'finished' | 'stopped' | 'cut-short' | 'failed';

/** What of the list is shown; '' means all. */
export interface Filter {
	text: string;
	api: ApiId | '';
	ending: Ending | '';
}

/** A text around its first match; `hit` is '' where there is none. */
export interface Marked {
	before: string;
	hit: string;
	after: string;
}

/** Which of the four ways a run's end is; undefined while it has none. */
export function endingOf(end: ConversationRecord['end']): Ending | undefined {
	if (end === undefined || end === 'draft') return undefined;
	// The page went away before the end came: what is there is cut short.
	if (end === 'page-closed') return 'cut-short';
	return end === 'finished' || end === 'stopped' || end === 'cut-short' ? end : 'failed';
}

/**
 * Whether `filter` keeps `row`. Its text is looked for in the title, the model's id and its name; `isFound` says that
 * it was found in what was said there.
 */
export function matches(
	row: ConversationRecord,
	modelName: string,
	filter: Filter,
	isFound = false
): boolean {
	const { text, api, ending } = filter;
	if (api !== '' && row.api !== api) return false;
	if (ending !== '' && endingOf(row.end) !== ending) return false;
	if (text.trim() === '' || isFound) return true;
	return [row.title, modelName, row.model].some((one) => mark(one, text).hit !== '');
}

/** `text` cut around the first place where `wanted` occurs, whatever the case. */
export function mark(text: string, wanted: string): Marked {
	const literal = wanted.trim().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	// A pattern, because lower case can have another length than the text itself.
	const found = literal === '' ? null : new RegExp(literal, 'iu').exec(text);
	if (found === null) return { before: text, hit: '', after: '' };
	const [hit] = found;
	return {
		before: text.slice(0, found.index),
		hit,
		after: text.slice(found.index + hit.length)
	};
}
