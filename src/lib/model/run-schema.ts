import * as v from 'valibot';
import { apiIdSchema, chainSchema } from './draft-schema.ts';
import type { ServiceError, Usage } from './event.ts';
import { jsonObjectSchema, jsonSchema, stringsSchema } from './json-schema.ts';
import type { RecordKind } from './record.ts';
import { responseStates } from './response-state.ts';
import type { Outcome, Run, RunTimes } from './run.ts';

const maybeString = v.exactOptional(v.string());
const maybeNumber = v.exactOptional(v.number());

const requestSchema = v.object({
	method: v.picklist(['GET', 'POST', 'DELETE']),
	url: v.string(),
	headers: v.pipe(
		stringsSchema,
		v.check((headers) => !Object.keys(headers).some((name) => /^authorization$/i.test(name)))
	)
}) satisfies v.GenericSchema<unknown, Run['request']>;

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
	v.object({ end: v.literal('page-closed') }),
	v.object({ end: v.literal('unfinished'), status: v.string() }),
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
		cause: v.picklist(['offline', 'withheld', 'policy', 'redirect', 'closed', 'relay', 'no-answer'])
	})
]) satisfies v.GenericSchema<unknown, Outcome>;

const timesSchema = v.object({
	headers: maybeNumber,
	firstToken: maybeNumber,
	firstText: maybeNumber,
	end: maybeNumber
}) satisfies v.GenericSchema<unknown, RunTimes>;

const runSchema = v.object({
	v: v.literal(2),
	id: v.string(),
	api: apiIdSchema,
	conversation: v.string(),
	turn: v.string(),
	asked: maybeString,
	startedAt: v.number(),
	key: maybeString,
	identity: v.exactOptional(v.object({ account: maybeString, lastFour: maybeString })),
	simulated: v.boolean(),
	request: requestSchema,
	body: v.object({ length: v.number(), crc: v.number() }),
	sent: v.string(),
	chain: v.exactOptional(chainSchema),
	draftModel: v.string(),
	status: maybeNumber,
	headers: v.exactOptional(stringsSchema),
	responseId: maybeString,
	model: maybeString,
	usage: v.exactOptional(usageSchema),
	details: v.exactOptional(jsonObjectSchema),
	notes: v.exactOptional(
		v.array(v.picklist(['after-end', 'second-end', 'error-after-end', 'key-hidden']))
	),
	times: timesSchema,
	received: v.object({ frames: v.number(), bytes: v.number() }),
	outcome: v.exactOptional(outcomeSchema),
	ends: v.exactOptional(stringsSchema),
	service: v.exactOptional(v.object({ state: v.picklist(responseStates), at: v.number() }))
}) satisfies v.GenericSchema<unknown, Run>;

/** The facts about a run. */
export const runKind: RecordKind<Run> = {
	name: 'run',
	version: 2,
	schema: runSchema,
	migrations: {}
};

/**
 * A run whose counts are numbers that can be stored: one that is not finite (`1e999`) is left out, and `raw` has it as
 * text.
 */
export function withFiniteUsage(run: Run): Run {
	if (run.usage === undefined) return run;
	const { raw, ...counts } = run.usage;
	const finite = Object.entries(counts).filter(([, count]) => Number.isFinite(count));
	return { ...run, usage: { ...Object.fromEntries(finite), raw } };
}
