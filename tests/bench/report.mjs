// Figures of many runs as tables.
import { goals } from './goals.mjs';

/** The value below which the share `q` of a list lies (nearest rank); undefined for an empty one. */
export function quantile(list, q) {
	const sorted = [...list].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1)];
}

/** The middle of a list, or of its two middle ones; undefined for an empty one. */
export function median(list) {
	const sorted = list.filter((value) => typeof value === 'number').sort((a, b) => a - b);
	if (sorted.length === 0) return undefined;
	return (
		(sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
	);
}

/** Figures by name: what a table calls them, and how many decimals they have. Times in ms, sizes in MB or kB. */
const figures = {
	stored: ['stored MB', 1],
	paint: ['first paint', 0],
	ready: ['ready', 0],
	opening: ['opens the database', 0],
	firstToken: ['first token', 0],
	stop: ['Esc to stopped', 0],
	preview: ['longest, preview', 0],
	taken: ['longest, opened', 0],
	again: ['longest, reloaded', 0],
	cpu: ['cpu', 1],
	busy: ['busy', 0],
	script: ['script', 1],
	layout: ['layout', 0],
	longest: ['longest task', 0],
	wall: ['wall', 0],
	nodes: ['nodes', 0],
	heap: ['heap MB', 1],
	growth: ['heap growth MB', 1],
	keyP50: ['key p50', 0],
	keyP95: ['key p95', 0],
	rows: ['history rows', 0],
	needed: ['JS kB before use', 1],
	idle: ['JS kB until idle', 1]
};

const unique = (list) => [...new Set(list)];
const say = (value, decimals) => (value === undefined ? '–' : value.toFixed(decimals));
const row = (cells) => `| ${cells.join(' | ')} |`;

/** Medians over the rounds, a table a part; cpu also as its ratio to the bare page's of the same round. */
function tablesOf(runs) {
	return unique(runs.map(({ part }) => part)).flatMap((part) => {
		const some = runs.filter((run) => run.part === part);
		const names = Object.keys(figures).filter((name) =>
			some.some((run) => run.figures[name] !== undefined)
		);
		const hasBare = some.some(({ page }) => page === 'bare');
		const head = [
			part,
			'page',
			'whole',
			...(hasBare ? ['cpu ratio'] : []),
			...names.map((name) => figures[name][0])
		];
		const rows = unique(some.map((run) => run.case)).flatMap((one) =>
			unique(some.map(({ page }) => page)).flatMap((page) => {
				const mine = some.filter((run) => run.case === one && run.page === page);
				if (mine.length === 0) return [];
				const valid = mine.filter((run) => run.valid);
				const ratio = compare(runs, { part, case: one, figure: 'cpu', how: 'ratio' }, page);
				return row([
					one,
					page,
					`${valid.length}/${mine.length}`,
					...(hasBare ? [say(ratio, 2)] : []),
					...names.map((name) =>
						say(median(valid.map((run) => run.figures[name])), figures[name][1])
					)
				]);
			})
		);
		return ['', row(head), row(head.map(() => '---')), ...rows];
	});
}

/**
 * A figure of a page as a goal has it: as it stands, or beside the bare page's or another case's of the same round.
 * The median over the rounds; undefined where it was not measured.
 */
function compare(runs, { part, case: one, figure, how, than }, page) {
	const find = (round, wantedCase, wantedPage) =>
		runs.find(
			(run) =>
				run.valid &&
				run.part === part &&
				run.case === wantedCase &&
				run.page === wantedPage &&
				run.round === round
		)?.figures[figure];
	const rounds = unique(runs.map(({ round }) => round));
	return median(
		rounds.map((round) => {
			const mine = find(round, one, page);
			const other = than === undefined ? find(round, one, 'bare') : find(round, than, page);
			if (how === 'value') return mine;
			if (mine === undefined || other === undefined) return undefined;
			return how === 'ratio' ? mine / other : mine - other;
		})
	);
}

function tableOfGoals(runs, pages) {
	const head = ['goal', 'at most', ...pages, 'reached'];
	const rows = goals.flatMap((goal) => {
		const values = pages.map((page) => compare(runs, goal, page));
		if (values.every((value) => value === undefined)) return [];
		const [first] = values;
		const reached = first === undefined ? '–' : first <= goal.most ? 'yes' : 'no';
		const decimals = goal.how === 'ratio' ? 2 : 1;
		return row([goal.name, goal.most, ...values.map((value) => say(value, decimals)), reached]);
	});
	return rows.length === 0 ? [] : ['', row(head), row(head.map(() => '---')), ...rows];
}

/** The tables of all runs, and that of the goals for the pages named. */
export function report(runs, pages) {
	return [...tablesOf(runs), ...tableOfGoals(runs, pages)].join('\n');
}
