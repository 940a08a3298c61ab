/** What is known about a secret; the secret's text lives elsewhere. */
export type KeyRecord = {
	v: 1;
	id: string;
	/** Epoch ms. */
	addedAt: number;
	/** Epoch ms of the last 401 or 403 that a request with it got. */
	rejectedAt?: number;
} & (
	| {
			kind: 'short-term';
			region: string;
			/** Epoch ms. */
			issuedAt: number;
			/** Epoch ms; an upper bound: the session that made the key may end earlier. */
			expiresAt: number;
			/** Last four characters of the access key id. */
			lastFour: string;
			/** Whether only this tab holds it. */
			memoryOnly: boolean;
	  }
	/** Never stored. */
	| { kind: 'long-term'; region: string; memoryOnly: true }
);
