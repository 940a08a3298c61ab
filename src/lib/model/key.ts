/** What is known about a Bedrock key; the secret's text lives elsewhere. */
export type KeyRecord = KnownKey &
	(
		| {
				kind: 'short-term';
				region: string;
				/** Epoch ms. */
				issuedAt: number;
				/** Epoch ms; an upper bound: the session that made the key may end earlier. */
				expiresAt: number;
				/** Last four characters of the access key id. */
				lastFour: string;
				/** Number of the account that the key spends for; absent where the key does not tell. */
				account?: string;
				/** Whether only this tab holds it. */
				memoryOnly: boolean;
		  }
		/** Never stored. */
		| { kind: 'long-term'; region: string; memoryOnly: true }
	);

/** A gateway: its address, and its key, which may go there and nowhere else. It does not expire. */
export type GatewayKey = KnownKey & {
	kind: 'gateway';
	/** What paths such as `/models` are appended to: as the user typed it, without a final slash. */
	base: string;
	memoryOnly: boolean;
	/** The gateway wants no key, so none is stored and no `Authorization` is sent. */
	keyless?: true;
};

/** Any key there can be. */
export type AnyKey = KeyRecord | GatewayKey;

interface KnownKey {
	v: 2;
	id: string;
	/** Epoch ms. */
	addedAt: number;
	/** Epoch ms of the last 401 or 403 that a request with it got; absent again after a later success. */
	rejectedAt?: number;
}

/** Whether a key may be sent to an address. */
export function mayGoTo(key: AnyKey, url: string): boolean {
	return URL.canParse(url) && originsOf(key).includes(new URL(url).origin);
}

/** Whose key it was, as far as the key tells, without anything of its secret. */
export interface KeyIdentity {
	/** Number of its account. */
	account?: string;
	/** Last four characters of its access key id. */
	lastFour?: string;
}

/** Whose key it is; undefined for one that tells nothing. */
export function identityOf(key: AnyKey | undefined): KeyIdentity | undefined {
	if (key?.kind !== 'short-term') return undefined;
	const { account, lastFour } = key;
	return { lastFour, ...(account !== undefined && { account }) };
}

/** The origins that a key may be sent to: runtime, mantle and control plane of its Region, or a gateway's own. */
export function originsOf(key: AnyKey): string[] {
	if (key.kind === 'gateway') return [new URL(key.base).origin];
	return [
		`https://bedrock-runtime.${key.region}.amazonaws.com`,
		`https://bedrock-mantle.${key.region}.api.aws`,
		`https://bedrock.${key.region}.amazonaws.com`
	];
}
