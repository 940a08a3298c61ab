import type { ApiId, Draft, Extra, Message, Part } from '../model/draft.ts';
import {
	equalJson,
	getOwn,
	hasFields,
	isJsonObject,
	mergeJson,
	subtractJson
} from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { familyOf } from '../model/model-id.ts';
import type { Loss } from './api.ts';

/**
 * The wire value of `thing`: `words`, the fields that are made from what a draft has names for, laid over the fields that
 * it keeps verbatim for this API.
 */
export function sayWithExtra(api: ApiId, thing: { extra?: Extra }, words: JsonObject): JsonObject {
	const extra = thing.extra?.[api];
	// The words are spread first only so that they stand first in the text.
	return extra === undefined ? words : { ...words, ...mergeJson(extra, words) };
}

/**
 * The whole body of a draft. What was typed into a body and has no word of its own wins over a control that sets the same
 * field: each such field is a loss.
 */
export function sayBody(api: ApiId, draft: Draft, words: JsonObject, losses: Loss[]): JsonObject {
	const typed = draft.extra?.[api];
	if (typed === undefined) return words;
	losses.push(...findOverruled(words, typed, '').map((path): Loss => ({ code: 'typed', path })));
	return mergeJson(words, typed);
}

/** The fields that `words` and `typed` both set, to different values. */
function findOverruled(words: JsonObject, typed: JsonObject, above: string): string[] {
	return Object.entries(typed).flatMap(([key, value]) => {
		const word = getOwn(words, key) as Json | undefined;
		if (word === undefined || equalJson(word, value)) return [];
		const path = above + key;
		return hasFields(word) && hasFields(value) ? findOverruled(word, value, `${path}.`) : [path];
	});
}

/** A part for which a draft has no fields: its wire value is kept as it is. */
export function newOpaquePart(api: ApiId, value: Json): Part & { type: 'opaque' } {
	return { type: 'opaque', api, value };
}

/** A message for which a draft has no fields: its wire value is kept as it is. */
export function newOpaqueMessage(api: ApiId, value: Json): Message {
	return { id: '', role: 'opaque', parts: [newOpaquePart(api, value)] };
}

/** The wire value of a message that was kept as it was; undefined for one of another API, and for any other message. */
export function sayOpaqueMessage(api: ApiId, message: Message): Json | undefined {
	const [only] = message.parts;
	return message.role === 'opaque' && only?.type === 'opaque' && only.api === api
		? only.value
		: undefined;
}

/** The model that gave an answer, also where it was edited since; undefined for what somebody wrote or brought along. */
export function originOf({ from, by }: Message): string | undefined {
	return from?.model ?? by;
}

/** Whether what only the model that gave a message can read may go to `model`: one of its family, or nobody knows. */
export function isRelated(message: Message, model: string): boolean {
	const origin = originOf(message);
	return origin === undefined || familyOf(origin) === familyOf(model);
}

/** The bare string that can stand for `parts`: '' for none, the text of a single text without further fields. */
export function sayBare(api: ApiId, parts: readonly Part[]): string | undefined {
	const [only, ...others] = parts;
	if (only === undefined) return '';
	const bare = only.type === 'text' && only.extra?.[api] === undefined;
	return bare && others.length === 0 ? wholeText(only) : undefined;
}

/** A text with the thoughts in tags that stood before it, as it came. */
export function wholeText({ lead = '', text }: Part & { type: 'text' }): string {
	return lead + text;
}

/**
 * What is lost of the verbatim fields: those kept for other APIs. `sent` are the messages that are in the request.
 */
export function findExtraLosses(api: ApiId, draft: Draft, sent: readonly Message[]): Loss[] {
	const messages = draft.system === undefined ? sent : [draft.system, ...sent];
	const parts = messages.flatMap((message) => message.parts);
	const inner = parts.flatMap((part) => (part.type === 'tool-result' ? part.parts : []));
	const tools = (draft.tools ?? []).flatMap((tool) => {
		return tool.type === 'function' && tool.off !== true ? [tool] : [];
	});
	const holders = [draft, ...tools, ...messages, ...parts, ...inner];
	const found = new Set<ApiId>();
	for (const { extra } of holders) {
		for (const [id, fields] of Object.entries(extra ?? {})) {
			if (id !== api && Object.keys(fields).length > 0) found.add(id as ApiId);
		}
	}
	return Array.from(found, (id) => ({ code: 'extra', api: id }));
}

/**
 * Completes a guess at what `wire` means, so that `say` gives `wire` back: what the guess does not say is kept verbatim in
 * its `extra`. Undefined without a guess, and where even that does not give `wire` back: the caller then keeps all of it,
 * as opaque.
 */
export function completeGuess<T extends { extra?: Extra }>(
	api: ApiId,
	wire: Json,
	guess: T | undefined,
	say: (guess: T) => Json | undefined
): T | undefined {
	if (guess === undefined) return undefined;
	const said = say(guess);
	if (equalJson(said, wire)) return guess;
	if (!isJsonObject(said) || !isJsonObject(wire)) return undefined;
	const whole = { ...guess, extra: { ...guess.extra, [api]: subtractJson(wire, said) } };
	return equalJson(say(whole), wire) ? whole : undefined;
}

/**
 * The draft of a whole body, as {@link completeGuess} makes it; where that does not give the body back, all of it is kept
 * verbatim, so that whatever it is, it is sent as it was.
 */
export function completeBody(
	api: ApiId,
	body: JsonObject,
	guess: Draft,
	say: (guess: Draft) => Json | undefined
): Draft {
	const whole = completeGuess(api, body, guess, say);
	if (whole !== undefined) return whole;
	const { model, endpoint, prefix } = guess;
	return {
		...{ model, messages: [], params: {}, extra: { [api]: body } },
		...(endpoint && { endpoint }),
		...(prefix && { prefix }),
		...(guess.stream !== undefined && { stream: guess.stream })
	};
}

/** Own property `key` of `value` where it is a string. */
export function getString(value: unknown, key: string): string | undefined {
	const found = getOwn(value, key);
	return typeof found === 'string' ? found : undefined;
}

/** The field `type` of a wire value; '' where it has none. */
export function typeOf(value: unknown): string {
	return getString(value, 'type') ?? '';
}
