/** What looks like a secret in a text. */
export type SecretKind = 'short-term' | 'long-term' | 'access-key-id';

const patterns: readonly (readonly [SecretKind, RegExp])[] = [
	['short-term', /bedrock-api-key-[\w+/-]{16}/],
	// Not inside a longer word, or it would be found in the base64 of an image.
	['long-term', /(?<![\w+/-])ABSK[\w+/-]{32}/],
	['access-key-id', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/]
];

/** The kinds of secrets that `text` seems to hold: a net under the share dialog, not a proof that there are none. */
export function findSecrets(text: string): SecretKind[] {
	return patterns.filter(([, pattern]) => pattern.test(text)).map(([kind]) => kind);
}

/** Whether `text` seems to hold a secret. */
export function holdsSecret(text: string): boolean {
	return findSecrets(text).length > 0;
}
