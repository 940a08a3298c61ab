/** The locale of the words that the page is built with. */
export const english = 'en-GB';
let locale = english;
/** Of the locale, by digits after the point: to make one takes as long as to write twenty numbers. */
const formats = new Map<number, Intl.NumberFormat>();

/** Writes numbers as `tag` (BCP 47) does from now on. */
export function setLocale(tag: string): void {
	locale = tag;
	formats.clear();
}

/** A number with `digits` after the point, grouped where the language groups: `1,250`. */
export function formatCount(count: number, digits = 0): string {
	let format = formats.get(digits);
	if (format === undefined) {
		const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
		formats.set(digits, (format = new Intl.NumberFormat(locale, options)));
	}
	return format.format(count);
}

/** A length of time in ms: `412 ms` under a second, then `4.66 s`, then `6 min 41 s`, then `2 h 05 min`. */
export function formatDuration(ms: number): string {
	if (ms < 999.5) return `${Math.round(ms)} ms`;
	if (ms < 59_995) return `${formatCount(ms / 1000, 2)} s`;
	const seconds = Math.round(ms / 1000);
	if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
	const minutes = Math.floor(seconds / 60);
	return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Time left in ms, rounded down: `11 h 42 m`, `42 m`, and under a minute `38 s`; 0 and less is `0 s`. */
export function formatTimeLeft(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} m` : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** A number of bytes: `318 B`, `2.6 kB`, `1.2 MB` (1 kB = 1000 B). */
export function formatBytes(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 999_950) return `${formatCount(bytes / 1000, 1)} kB`;
	return `${formatCount(bytes / 1_000_000, 1)} MB`;
}

/** A moment as one names it `now`, both in epoch ms: `14:03` on the same day, then `12 Oct`, then `12 Oct 2025`. */
export function formatMoment(epochMs: number, now: number): string {
	const [date, today] = [new Date(epochMs), new Date(now)];
	if (date.toDateString() === today.toDateString()) return formatClock(epochMs);
	const isThisYear = date.getFullYear() === today.getFullYear();
	const year = isThisYear ? {} : ({ year: 'numeric' } as const);
	return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
}

/** A day that is given as `yyyy-mm-dd`: `20 Nov 2026`. */
export function formatDay(date: string): string {
	const form = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
	return new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, form);
}

/** Time of day in 24 hours: `14:03`. */
export function formatClock(epochMs: number): string {
	const date = new Date(epochMs);
	return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}
