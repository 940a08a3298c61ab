import * as v from 'valibot';
import type { ApiId, Draft, Extra, Message, ParamName, Part } from './draft.ts';
import { jsonObjectSchema, jsonSchema, parseWith } from './json-schema.ts';

/** The name of a wire API. */
export const apiIdSchema = v.picklist([
	'converse',
	'chat-completions',
	'responses'
]) satisfies v.GenericSchema<unknown, ApiId>;

const maybeString = v.exactOptional(v.string());
const maybeJson = v.exactOptional(jsonSchema);
const maybeObject = v.exactOptional(jsonObjectSchema);

const extra = v.exactOptional(
	v.object({
		converse: maybeObject,
		'chat-completions': maybeObject,
		responses: maybeObject
	} satisfies Record<ApiId, unknown>) satisfies v.GenericSchema<unknown, Extra>
);

/** The shape of a {@link Part}. */
export const partSchema = v.variant('type', [
	v.object({ type: v.literal('text'), text: v.string(), lead: v.exactOptional(v.string()), extra }),
	v.object({
		type: v.literal('reasoning'),
		text: v.string(),
		signature: maybeString,
		redacted: maybeString,
		encrypted: maybeString,
		extra
	}),
	v.object({ type: v.literal('refusal'), text: v.string(), extra }),
	v.object({
		type: v.literal('tool-call'),
		id: v.string(),
		name: v.string(),
		input: v.string(),
		extra
	}),
	v.object({ type: v.literal('opaque'), api: apiIdSchema, value: jsonSchema, extra })
]) satisfies v.GenericSchema<unknown, Part>;

const messageSchema = v.object({
	id: v.string(),
	role: v.picklist(['system', 'developer', 'user', 'assistant', 'tool', 'opaque']),
	parts: v.array(partSchema),
	as: v.exactOptional(v.picklist(['list', 'bare'])),
	from: v.exactOptional(v.object({ run: v.string(), model: v.string() })),
	extra
}) satisfies v.GenericSchema<unknown, Message>;

/** The shape of a {@link Draft}: what it does not name has no way in, such as a host, a header or a key. */
export const draftSchema = v.object({
	model: v.string(),
	endpoint: v.exactOptional(v.picklist(['runtime', 'mantle'])),
	prefix: v.exactOptional(v.picklist(['/v1', '/openai/v1'])),
	stream: v.exactOptional(v.boolean()),
	system: v.exactOptional(messageSchema),
	messages: v.array(messageSchema),
	params: v.object({
		temperature: maybeJson,
		topP: maybeJson,
		maxTokens: maybeJson,
		maxCompletionTokens: maybeJson,
		stopSequences: maybeJson,
		reasoningEffort: maybeJson,
		includeUsage: maybeJson,
		store: maybeJson
	} satisfies Record<ParamName, unknown>),
	guardrail: v.exactOptional(v.object({ id: v.string(), version: v.string(), trace: maybeString })),
	chain: v.exactOptional(
		v.object({
			responseId: v.string(),
			covers: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
			run: maybeString
		})
	),
	extra
}) satisfies v.GenericSchema<unknown, Draft>;

/** A draft out of storage, a link or a file; undefined for anything else. Fields that it does not know are dropped. */
export function parseDraft(value: unknown): Draft | undefined {
	return parseWith(draftSchema, value);
}

/** The name of a wire API; undefined for anything else. */
export function parseApiId(value: unknown): ApiId | undefined {
	return parseWith(apiIdSchema, value);
}
