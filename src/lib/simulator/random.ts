/** A source of numbers that looks random and repeats exactly for the same seed. */
export interface Random {
	/** A number from 0 up to, but not including, 1. */
	next(): number;
	/** A whole number from `min` to `max`, both included. */
	int(min: number, max: number): number;
	/** One member of a list that is not empty. */
	pick<T>(list: readonly [T, ...T[]]): T;
	/** `length` characters out of `alphabet`. */
	text(alphabet: string, length: number): string;
}

/** Lower-case letters and the digits of base32: the alphabet of response ids. */
export const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** Letters and digits: the alphabet of call ids. */
export const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Starts a generator (mulberry32) for the `turn`-th request of a simulator with this `seed`.
 * Every request has its own, so that requests in flight together do not disturb each other.
 */
export function newRandom(seed: number, turn = 0): Random {
	let state = (Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(turn + 1, 0x85ebca6b)) >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
	return {
		next,
		int,
		pick: (list) => list[int(0, list.length - 1)] ?? list[0],
		text: (alphabet, length) =>
			Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join('')
	};
}

/** A version 4 UUID from `random`, as the services use for request and completion ids. */
export function newUuid(random: Random): string {
	const hex = random.text('0123456789abcdef', 30);
	const variant = random.text('89ab', 1);
	const groups = [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(12, 15)}`,
		`${variant}${hex.slice(15, 18)}`,
		hex.slice(18)
	];
	return groups.join('-');
}
