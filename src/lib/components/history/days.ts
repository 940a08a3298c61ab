import type { ConversationRecord } from '../../model/turn.ts';

/** Conversations of one day, or of no day that is near. */
export interface Day {
	/** How the day is best called: by name while that is clear, else by date. */
	is: 'today' | 'yesterday' | 'weekday' | 'date' | 'date-with-year';
	/** Local midnight at its start, epoch ms; the day's key. */
	start: number;
	rows: ConversationRecord[];
}

const DAY = 24 * 60 * 60 * 1000;

/** Groups `rows`, newest first, by local day, in their order. Days are counted in the calendar, not in hours. */
export function groupByDay(rows: readonly ConversationRecord[], now: number): Day[] {
	const days: Day[] = [];
	for (const row of rows) {
		const start = new Date(row.changedAt).setHours(0, 0, 0, 0);
		const last = days.at(-1);
		if (last?.start === start) last.rows.push(row);
		else days.push({ is: nameOf(row.changedAt, now), start, rows: [row] });
	}
	return days;
}

function nameOf(time: number, now: number): Day['is'] {
	const ago = dayNumber(now) - dayNumber(time);
	// A clock that was set back makes runs of the future: they are dated.
	if (ago === 0) return 'today';
	if (ago === 1) return 'yesterday';
	if (ago > 1 && ago < 7) return 'weekday';
	return new Date(time).getFullYear() === new Date(now).getFullYear() ? 'date' : 'date-with-year';
}

/** Days since 1970 of the local date; a day of 23 or 25 hours counts as one. */
function dayNumber(time: number): number {
	const date = new Date(time);
	return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY;
}
