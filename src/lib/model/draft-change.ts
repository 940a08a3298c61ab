import type { Draft, ParamName } from './draft.ts';
import type { Json } from './json.ts';

/** What differs from a draft: undefined removes a field; `params` is laid over the draft's, a parameter at a time. */
export type DraftChange = { [K in Exclude<keyof Draft, 'params'>]?: Draft[K] | undefined } & {
	params?: { [K in ParamName]?: Json | undefined };
};

/** The draft after a change; the one given stays as it is. */
export function applyChange(draft: Draft, { params = {}, ...fields }: DraftChange): Draft {
	return {
		...withoutUndefined({ ...draft, ...fields }),
		params: withoutUndefined({ ...draft.params, ...params })
	} as Draft;
}

function withoutUndefined(fields: object): object {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
