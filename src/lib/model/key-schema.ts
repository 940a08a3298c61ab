import * as v from 'valibot';
import { parseWith } from './json-schema.ts';
import type { KeyRecord } from './key.ts';

/** A secret as it is stored, apart from what is known about it. */
export interface SecretRecord {
	v: 1;
	/** Id of its key record. */
	key: string;
	secret: string;
}

const common = {
	v: v.literal(1),
	id: v.string(),
	addedAt: v.number(),
	rejectedAt: v.exactOptional(v.number()),
	region: v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/))
};

/** The shape of a {@link KeyRecord}. */
export const keySchema = v.variant('kind', [
	v.object({
		kind: v.literal('short-term'),
		...common,
		issuedAt: v.number(),
		expiresAt: v.number(),
		lastFour: v.string(),
		memoryOnly: v.boolean()
	}),
	v.object({ kind: v.literal('long-term'), ...common, memoryOnly: v.literal(true) })
]) satisfies v.GenericSchema<unknown, KeyRecord>;

/** The shape of a {@link SecretRecord}: the secret is what may stand in a header. */
export const secretSchema = v.object({
	v: v.literal(1),
	key: v.string(),
	secret: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/))
}) satisfies v.GenericSchema<unknown, SecretRecord>;

/** A key record out of storage; undefined for anything else, another version too. */
export function parseKeyRecord(value: unknown): KeyRecord | undefined {
	return parseWith(keySchema, value);
}

/** A secret out of storage; undefined for anything else, another version too. */
export function parseSecretRecord(value: unknown): SecretRecord | undefined {
	return parseWith(secretSchema, value);
}
