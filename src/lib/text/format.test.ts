import { describe, expect, it } from 'vitest';
import { formatBytes, formatClock, formatDuration, formatTimeLeft } from './format.ts';

describe('formatDuration', () => {
	it.each([
		[0, '0 ms'],
		[412.4, '412 ms'],
		[999.4, '999 ms'],
		[999.5, '1.00 s'],
		[4660, '4.66 s'],
		[59_994, '59.99 s'],
		[59_995, '1 min 0 s'],
		[401_000, '6 min 41 s'],
		[7_500_000, '2 h 05 min']
	])('writes %d ms as %s', (ms, words) => expect(formatDuration(ms)).toBe(words));
});

describe('formatTimeLeft', () => {
	it.each([
		[-5, '0 s'],
		[38_999, '38 s'],
		[60_000, '1 m'],
		[42 * 60_000, '42 m'],
		[(11 * 60 + 42) * 60_000 + 59_999, '11 h 42 m'],
		[43_200_000, '12 h 0 m']
	])('writes %d ms as %s', (ms, words) => expect(formatTimeLeft(ms)).toBe(words));
});

describe('formatBytes', () => {
	it.each([
		[0, '0 B'],
		[318, '318 B'],
		[2600, '2.6 kB'],
		[999_949, '999.9 kB'],
		[999_950, '1.0 MB'],
		[12_400_000, '12.4 MB']
	])('writes %d as %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));
});

describe('formatClock', () => {
	it('writes the time of day with two digits each', () => {
		expect(formatClock(new Date(2026, 10, 21, 4, 3).getTime())).toBe('04:03');
	});
});
