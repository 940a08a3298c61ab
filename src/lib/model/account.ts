const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The number of the account that an access key id belongs to, as 12 digits, which is written in the id itself; undefined
 * for an id of the older kind (with `I` or `J` after its first four letters), which does not hold it.
 *
 * @see https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
 */
export function accountOf(accessKeyId: string): string | undefined {
	const digits = Array.from(accessKeyId.slice(4, 13), (letter) => base32.indexOf(letter));
	if (digits.length < 9 || digits.includes(-1) || /^....[IJ]/.test(accessKeyId)) return undefined;
	// 45 bits: one that says nothing, 40 of the number, and 4 of what comes after it.
	const bits = digits.reduce((sum, digit) => sum * 32n + BigInt(digit), 0n);
	const account = (bits >> 4n) & 0xff_ffff_ffffn;
	return String(account).padStart(12, '0');
}
