import { describe, expect, it } from 'vitest';
import type { ConversationRecord } from '../../model/turn.ts';
import { groupByDay } from './days.ts';

const now = new Date(2026, 10, 21, 14, 30).getTime();

function newRow(...date: [number, number, number, number, number]): ConversationRecord {
	return {
		v: 2,
		id: date.join('-'),
		api: 'converse',
		startedAt: 0,
		changedAt: new Date(...date).getTime(),
		simulated: true,
		model: 'm',
		title: 'A run'
	};
}

describe('groupByDay', () => {
	it.each([
		['today', [2026, 10, 21, 0, 0]],
		['yesterday', [2026, 10, 20, 23, 59]],
		['weekday', [2026, 10, 19, 12, 0]],
		['weekday', [2026, 10, 15, 0, 0]],
		['date', [2026, 10, 14, 23, 59]],
		['date', [2026, 0, 1, 8, 0]],
		['date-with-year', [2025, 11, 31, 8, 0]],
		['date', [2026, 10, 22, 8, 0]]
	] as const)('calls a day %s: %j', (is, [year, month, day, hour, minute]) => {
		expect(groupByDay([newRow(year, month, day, hour, minute)], now)).toMatchObject([{ is }]);
	});

	it('keeps runs of a day together and in their order', () => {
		const rows = [
			newRow(2026, 10, 21, 14, 0),
			newRow(2026, 10, 21, 9, 0),
			newRow(2026, 10, 20, 9, 0)
		];
		expect(groupByDay(rows, now).map((day) => day.rows)).toEqual([rows.slice(0, 2), rows.slice(2)]);
	});

	it('counts by the calendar across a change of the clock', () => {
		// The night to 29 March 2026 has 23 hours in Europe, the one to 25 October 25; elsewhere other ones.
		for (let day = 1; day < 365; day += 1) {
			const morning = new Date(2026, 0, day, 0, 10).getTime();
			const row = newRow(2026, 0, day - 1, 23, 50);
			expect(groupByDay([row], morning)).toMatchObject([{ is: 'yesterday' }]);
		}
	});

	it('has no days without runs', () => {
		expect(groupByDay([], now)).toEqual([]);
	});
});
