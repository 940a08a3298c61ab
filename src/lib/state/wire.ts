import type { RequestApi } from '../apis/api.ts';
import '../apis/builders.ts';
import type { Draft, Message } from '../model/draft.ts';
import { readJson } from '../model/json-text.ts';
import { getOwn } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import type { Target } from '../model/request.ts';

/**
 * A message as a request to `model` would say it: one value of the list that the API sends, or a list where it makes
 * several of it or none.
 */
export function wireOf(message: Message, api: RequestApi, model: string, target: Target): Json {
	const only: Draft = { model, params: {}, messages: [message], mend: false };
	const body = readJson(api.build(only, target).request.body ?? '{}');
	const said = (getOwn(body, api.messages) ?? []) as Json;
	return Array.isArray(said) && said.length === 1 ? (said[0] ?? null) : said;
}
