import type { Draft } from '../model/draft.ts';
import { readJson } from '../model/json-text.ts';
import { getOwn, hasFields } from '../model/json.ts';
import type { JsonObject } from '../model/json.ts';
import type { Target } from '../model/request.ts';
import type { Api, RequestApi } from './api.ts';
import './builders.ts';

/** The fields of a draft's body that the form has no control for, by their paths: `logit_bias`, `inferenceConfig.topK`. */
export function findKept(api: RequestApi, draft: Draft, target: Target): string[] {
	const { extra, ...form } = draft;
	const typed = extra?.[api.id];
	if (typed === undefined) return [];
	const { request } = api.build({ ...form, messages: [] }, target);
	return pathsOf(typed, readJson(request.body ?? '{}') as JsonObject, '');
}

/** Objects of which the form says a part are gone into. */
function pathsOf(typed: JsonObject, said: JsonObject, above: string): string[] {
	return Object.entries(typed).flatMap(([key, value]) => {
		const word = getOwn(said, key);
		const path = above + key;
		return hasFields(word) && hasFields(value) ? pathsOf(value, word, `${path}.`) : [path];
	});
}

/** How many things of a draft an API has no words for: fields of the body, messages and their parts. */
export function countUnknown({ id }: Api, { extra, messages, tools = [] }: Draft): number {
	const unknown = messages.flatMap(({ parts }) => parts.filter(({ type }) => type === 'opaque'));
	const whole = tools.filter(({ type }) => type === 'opaque');
	return Object.keys(extra?.[id] ?? {}).length + unknown.length + whole.length;
}
