import * as v from 'valibot';
import { readGatewayAddress } from './gateway-address.ts';
import type { AnyKey } from './key.ts';
import type { RecordKind } from './record.ts';

/** A secret as it is stored, apart from what is known about it. */
export interface SecretRecord {
	v: 2;
	/** Id of its key record. */
	key: string;
	secret: string;
	/** Epoch ms, from which on it is deleted and not given out; absent where it does not expire. */
	expiresAt?: number;
}

const common = {
	v: v.literal(2),
	id: v.string(),
	addedAt: v.number(),
	rejectedAt: v.exactOptional(v.number())
};
const region = v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/));

const keySchema = v.variant('kind', [
	v.object({
		kind: v.literal('short-term'),
		...common,
		region,
		issuedAt: v.number(),
		expiresAt: v.number(),
		lastFour: v.string(),
		account: v.exactOptional(v.string()),
		memoryOnly: v.boolean()
	}),
	v.object({ kind: v.literal('long-term'), ...common, region, memoryOnly: v.literal(true) }),
	v.object({
		kind: v.literal('gateway'),
		...common,
		base: v.pipe(v.string(), v.check(isBase)),
		memoryOnly: v.boolean(),
		keyless: v.exactOptional(v.literal(true))
	})
]) satisfies v.GenericSchema<unknown, AnyKey>;

/** The secret is what may stand in a header. */
const secretSchema = v.object({
	v: v.literal(2),
	key: v.string(),
	secret: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/)),
	expiresAt: v.exactOptional(v.number())
}) satisfies v.GenericSchema<unknown, SecretRecord>;

/** What is known about a key. */
export const keyKind: RecordKind<AnyKey> = {
	name: 'key',
	version: 2,
	schema: keySchema,
	migrations: {}
};

/** The text of a key. */
export const secretKind: RecordKind<SecretRecord> = {
	name: 'secret',
	version: 2,
	schema: secretSchema,
	migrations: {}
};

/** Whether `text` is a gateway's base in the form that a typed address becomes. */
function isBase(text: string): boolean {
	const address = readGatewayAddress(text);
	return 'base' in address && address.base === text;
}
