import type { GroupId, ModelOption, OptionGroup } from './options.ts';

/** A line of the list. */
export type Row =
	| { kind: 'head'; key: string; group: GroupId | 'elsewhere'; height: number }
	| { kind: 'model'; key: string; option: ModelOption; isElsewhere: boolean; height: number }
	/** Something to do: use what was typed, or ask the services. */
	| { kind: 'typed' | 'read'; key: string; height: number };

/** Heights in rem, the same that the style has. */
const heights = { head: 1.875, model: 2.75, command: 2.25 };

/** What is drawn of a list: the rows from `first` to before `end`, and the rem above and below them. */
export interface Window {
	first: number;
	end: number;
	above: number;
	below: number;
}

/** The list as rows: each group under its head, then what other tabs have, then what can be done beside choosing. */
export function rowsOf(
	groups: readonly OptionGroup[],
	elsewhere: readonly ModelOption[],
	{ typed, asks }: { typed: string; asks: boolean }
): Row[] {
	const rows: Row[] = [];
	const head = (group: GroupId | 'elsewhere') =>
		rows.push({ kind: 'head', key: `head ${group}`, group, height: heights.head });
	const add = (options: readonly ModelOption[], isElsewhere: boolean) => {
		for (const option of options) {
			rows.push({ kind: 'model', key: option.id, option, isElsewhere, height: heights.model });
		}
	};
	for (const { id, options } of groups) {
		head(id);
		add(options, false);
	}
	if (elsewhere.length > 0) {
		head('elsewhere');
		add(elsewhere, true);
	}
	if (asks) {
		if (groups.every(({ id }) => id !== 'service')) head('service');
		rows.push({ kind: 'read', key: 'read', height: heights.command });
	}
	if (typed !== '') rows.push({ kind: 'typed', key: 'typed', height: heights.command });
	return rows;
}

/** Whether a row can be gone to and chosen. */
export function isOption(row: Row | undefined): row is Exclude<Row, { kind: 'head' }> {
	return row !== undefined && row.kind !== 'head';
}

/** The rows that are seen from `top` to `top + height` (rem), and some beyond, so that scrolling shows no gap. */
export function windowOf(rows: readonly Row[], top: number, height: number): Window {
	const beyond = 8;
	let [first, end, above, below, at] = [-1, 0, 0, 0, 0];
	rows.forEach((row, i) => {
		const isSeen = at + row.height > top - beyond && at < top + height + beyond;
		if (isSeen) {
			if (first === -1) [first, above] = [i, at];
			end = i + 1;
		} else if (first !== -1) below += row.height;
		at += row.height;
	});
	return first === -1 ? { first: 0, end: 0, above: 0, below: at } : { first, end, above, below };
}

/** Where a row stands from the top, in rem. */
export function topOf(rows: readonly Row[], index: number): number {
	return rows.slice(0, index).reduce((sum, { height }) => sum + height, 0);
}
