import * as v from 'valibot';
import { apiIdSchema, draftSchema, partSchema } from './draft-schema.ts';
import type { ServiceError, Usage } from './event.ts';
import { jsonSchema, parseWith, stringsSchema } from './json-schema.ts';
import type { HttpRequest } from './request.ts';
import type { Outcome, Run, RunSummary, RunTimes } from './run.ts';

const maybeString = v.exactOptional(v.string());
const maybeNumber = v.exactOptional(v.number());

const requestSchema = v.object({
	method: v.picklist(['GET', 'POST', 'DELETE']),
	url: v.string(),
	headers: v.pipe(
		stringsSchema,
		v.check((headers) => !Object.keys(headers).some((name) => /^authorization$/i.test(name)))
	),
	body: maybeString
}) satisfies v.GenericSchema<unknown, HttpRequest>;

const usageSchema = v.object({
	input: maybeNumber,
	output: maybeNumber,
	reasoning: maybeNumber,
	cacheRead: maybeNumber,
	cacheWrite: maybeNumber,
	raw: jsonSchema
}) satisfies v.GenericSchema<unknown, Usage>;

const errorSchema = v.object({
	status: v.number(),
	code: maybeString,
	message: v.string(),
	requestId: maybeString,
	raw: v.string()
}) satisfies v.GenericSchema<unknown, ServiceError>;

const outcomeSchema = v.variant('end', [
	v.object({ end: v.literal('finished'), reason: v.string() }),
	v.object({ end: v.literal('stopped') }),
	v.object({ end: v.literal('cut-short'), midFrame: v.boolean() }),
	v.object({
		end: v.literal('bad-frame'),
		code: v.picklist(['crc', 'too-large', 'bad-length', 'bad-header', 'not-a-stream'])
	}),
	v.object({
		end: v.picklist(['stream-error', 'http-error', 'error-in-200']),
		error: errorSchema
	}),
	v.object({
		end: v.literal('not-an-answer'),
		status: v.number(),
		contentType: v.string(),
		text: v.string()
	}),
	v.object({
		end: v.literal('unreachable'),
		host: v.string(),
		cause: v.picklist(['offline', 'withheld', 'policy', 'redirect', 'no-answer'])
	})
]) satisfies v.GenericSchema<unknown, Outcome>;

const timesSchema = v.object({
	headers: maybeNumber,
	firstToken: maybeNumber,
	firstText: maybeNumber,
	end: maybeNumber
}) satisfies v.GenericSchema<unknown, RunTimes>;

/** The shape of a {@link Run}. */
export const runSchema = v.object({
	v: v.literal(1),
	id: v.string(),
	api: apiIdSchema,
	conversation: v.string(),
	parent: maybeString,
	startedAt: v.number(),
	key: maybeString,
	simulated: v.boolean(),
	request: requestSchema,
	draft: draftSchema,
	status: maybeNumber,
	headers: v.exactOptional(stringsSchema),
	parts: v.array(partSchema),
	responseId: maybeString,
	model: maybeString,
	usage: v.exactOptional(usageSchema),
	trace: v.exactOptional(jsonSchema),
	times: timesSchema,
	received: v.object({ events: v.number(), bytes: v.number() }),
	outcome: v.exactOptional(outcomeSchema)
}) satisfies v.GenericSchema<unknown, Run>;

/** The shape of a {@link RunSummary}. */
export const runSummarySchema = v.object({
	v: v.literal(1),
	id: v.string(),
	api: apiIdSchema,
	conversation: v.string(),
	startedAt: v.number(),
	simulated: v.boolean(),
	model: v.string(),
	title: v.string(),
	end: v.exactOptional(
		v.picklist(outcomeSchema.options.flatMap(({ entries: { end } }) => endsOf(end)))
	),
	status: maybeNumber
}) satisfies v.GenericSchema<unknown, RunSummary>;

/** A run out of storage or a recording; undefined for anything else, another version too. */
export function parseRun(value: unknown): Run | undefined {
	return parseWith(runSchema, value);
}

/** A run's summary out of storage; undefined for anything else, another version too. */
export function parseRunSummary(value: unknown): RunSummary | undefined {
	return parseWith(runSummarySchema, value);
}

function endsOf(
	schema: (typeof outcomeSchema.options)[number]['entries']['end']
): readonly Outcome['end'][] {
	return 'options' in schema ? schema.options : [schema.literal];
}
