import type { ApiId } from '../../model/draft.ts';
import type { Outcome, RunSummary } from '../../model/run.ts';

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
export function endingOf(end: Outcome['end'] | undefined): Ending | undefined {
	if (end === undefined) return undefined;
	return end === 'finished' || end === 'stopped' || end === 'cut-short' ? end : 'failed';
}

/** Whether `filter` keeps `row`; its text is looked for in the title, the model's id and its name. */
export function matches(row: RunSummary, modelName: string, filter: Filter): boolean {
	const { text, api, ending } = filter;
	if (api !== '' && row.api !== api) return false;
	if (ending !== '' && endingOf(row.end) !== ending) return false;
	if (text.trim() === '') return true;
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
