import { describe, expect, it } from 'vitest';
import { keyKind, secretKind } from './key-schema.ts';
import type { SecretRecord } from './key-schema.ts';
import { originsOf } from './key.ts';
import type { AnyKey, GatewayKey, KeyRecord } from './key.ts';
import { parseRecord } from './record.ts';

/** Every field there is, so that one added to the type and forgotten in the schema fails here. */
type Full<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

const known = { v: 2, id: 'k', addedAt: 1, rejectedAt: 2 } as const;
const short: Full<Extract<KeyRecord, { kind: 'short-term' }>> = {
	...{ ...known, kind: 'short-term', region: 'us-gov-west-1', issuedAt: 3, expiresAt: 4 },
	...{ lastFour: 'MPLE', account: '029608264753', memoryOnly: false }
};
const long: Full<Extract<KeyRecord, { kind: 'long-term' }>> = {
	...{ ...known, kind: 'long-term', region: 'us-west-2', memoryOnly: true }
};
const gateway: Full<GatewayKey> = {
	...{ ...known, kind: 'gateway', base: 'http://localhost:4000/v1', memoryOnly: false },
	keyless: true
};

describe('a key record', () => {
	it.each([short, long, gateway])('of kind $kind keeps every field', (record) => {
		expect(parseRecord(keyKind, record)).toEqual({ ok: record });
	});

	it.each([
		['no expiry', { ...short, expiresAt: undefined }],
		['a Region that is a host', { ...short, region: 'evil.test/' }],
		['a long-term key that is stored', { ...long, memoryOnly: false }],
		['a gateway of another scheme', { ...gateway, base: 'javascript:alert(1)' }],
		['a gateway without encryption', { ...gateway, base: 'http://x.test' }],
		[
			'a gateway at one of Bedrock’s hosts',
			{ ...gateway, base: 'https://bedrock-mantle.us-west-2.api.aws' }
		],
		['a gateway with a password', { ...gateway, base: 'https://a:b@x.test' }],
		['a gateway with a query', { ...gateway, base: 'https://x.test/?a' }],
		['an older version', { ...short, v: 1 }]
	])('is not made of one with %s', (_, value) => {
		expect(parseRecord(keyKind, value)).toEqual({ broken: true });
	});

	it.each<[AnyKey, string[]]>([
		[
			{ ...short, region: 'eu-west-1' },
			[
				'https://bedrock-runtime.eu-west-1.amazonaws.com',
				'https://bedrock-mantle.eu-west-1.api.aws',
				'https://bedrock.eu-west-1.amazonaws.com'
			]
		],
		[gateway, ['http://localhost:4000']]
	])('says where it may go', (record, origins) => {
		expect(originsOf(record)).toEqual(origins);
	});
});

it('has a secret that a header can carry', () => {
	const secret: Full<SecretRecord> = { v: 2, key: 'k', secret: 's', expiresAt: 4 };
	expect(parseRecord(secretKind, secret)).toEqual({ ok: secret });
	expect(parseRecord(secretKind, { ...secret, secret: 'a\nb' })).toEqual({ broken: true });
});
