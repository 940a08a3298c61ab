import * as v from 'valibot';
import { apiIds, fileTypes } from './draft.ts';
import type { ApiId, Chain, Draft, Extra, Message, Output, Part, Tool } from './draft.ts';
import { fileSourceSchema } from './file-schema.ts';
import { jsonObjectSchema, jsonSchema, parseWith } from './json-schema.ts';
import { paramNames } from './param-names.ts';
import { endpoints } from './request.ts';

/** The name of a wire API. */
export const apiIdSchema = v.picklist(apiIds) satisfies v.GenericSchema<unknown, ApiId>;

const maybeString = v.exactOptional(v.string());
const maybeTrue = v.exactOptional(v.literal(true));
const maybeJson = v.exactOptional(jsonSchema);
const maybeObject = v.exactOptional(jsonObjectSchema);

const extra = v.exactOptional(
	v.object(v.entriesFromList(apiIds, maybeObject)) satisfies v.GenericSchema<unknown, Extra>
);

/** The shape of a {@link Part}. */
export const partSchema: v.GenericSchema<unknown, Part> = v.variant('type', [
	v.object({
		type: v.literal('text'),
		text: v.string(),
		lead: maybeString,
		json: maybeTrue,
		extra
	}),
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
		type: v.picklist(fileTypes),
		mime: v.string(),
		name: maybeString,
		source: fileSourceSchema,
		extra
	}),
	v.object({
		type: v.literal('tool-call'),
		id: v.string(),
		name: v.string(),
		input: v.string(),
		extra
	}),
	v.object({
		type: v.literal('tool-result'),
		id: v.string(),
		parts: v.array(v.lazy((): v.GenericSchema<unknown, Part> => partSchema)),
		status: v.exactOptional(v.picklist(['success', 'error'])),
		extra
	}),
	v.object({ type: v.literal('opaque'), api: apiIdSchema, value: jsonSchema, extra })
]);

/** The shape of a {@link Message}. */
export const messageSchema = v.object({
	id: v.string(),
	role: v.picklist(['system', 'developer', 'user', 'assistant', 'tool', 'opaque']),
	parts: v.array(partSchema),
	as: v.exactOptional(v.picklist(['list', 'bare'])),
	from: v.exactOptional(v.object({ run: v.string(), model: v.string() })),
	by: maybeString,
	extra
}) satisfies v.GenericSchema<unknown, Message>;

/** The shape of a {@link Chain}. */
export const chainSchema = v.object({
	responseId: v.string(),
	after: v.string()
}) satisfies v.GenericSchema<unknown, Chain>;

const toolSchema = v.variant('type', [
	v.object({
		type: v.literal('function'),
		name: v.string(),
		description: maybeString,
		schema: maybeJson,
		strict: v.exactOptional(v.boolean()),
		off: maybeTrue,
		extra
	}),
	v.object({ type: v.literal('opaque'), api: apiIdSchema, value: jsonSchema, off: maybeTrue })
]) satisfies v.GenericSchema<unknown, Tool>;

const outputSchema = v.variant('type', [
	v.object({ type: v.literal('object') }),
	v.object({
		type: v.literal('schema'),
		name: maybeString,
		description: maybeString,
		schema: v.string(),
		strict: v.exactOptional(v.boolean())
	})
]) satisfies v.GenericSchema<unknown, Output>;

/** The shape of a {@link Draft}: what it does not name has no way in, such as a host, a header or a key. */
export const draftSchema = v.object({
	model: v.string(),
	endpoint: v.exactOptional(v.picklist(endpoints)),
	prefix: v.exactOptional(v.picklist(['/v1', '/openai/v1'])),
	stream: v.exactOptional(v.boolean()),
	system: v.exactOptional(messageSchema),
	messages: v.array(messageSchema),
	params: v.object(v.entriesFromList(paramNames, maybeJson)),
	tools: v.exactOptional(v.array(toolSchema)),
	toolChoice: v.exactOptional(
		v.union([v.picklist(['auto', 'none', 'required']), v.object({ name: v.string() })])
	),
	output: v.exactOptional(outputSchema),
	guardrail: v.exactOptional(
		v.object({ id: v.string(), version: v.string(), trace: maybeString, processing: maybeString })
	),
	chain: v.exactOptional(chainSchema),
	mend: v.exactOptional(v.literal(false)),
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
