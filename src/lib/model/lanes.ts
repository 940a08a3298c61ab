/** A node of a forest, by its id and that of the one above it. */
export interface TreeNode {
	id: string;
	/** Absent for a first one, and taken as such where it is not there. */
	parent?: string | undefined;
}

/** Where a node is drawn: a row of its own, and a lane in it. */
export interface LaneRow {
	id: string;
	/** Lanes from the left, 0 first. A chain stays in its lane; a fork opens the next one. */
	lane: number;
	/** Nodes above it, and 1: the level of an ARIA tree. */
	level: number;
	/** Lanes whose line goes through the row. */
	passes: readonly number[];
	/** How the line comes to the node: not at all, from above, or out of the lane of the node it forks off. */
	into: 'none' | 'above' | 'fork';
	/** Whether the line goes on below it. */
	onward: boolean;
	/** Its place among those after the same node, 1 first, and how many they are. */
	position: number;
	siblings: number;
}

/** What is still to be placed. */
interface Waiting {
	id: string;
	lane: number;
	level: number;
	into: LaneRow['into'];
	position: number;
	siblings: number;
}

/**
 * The rows of a forest, each node below those before it, in one pass. Of the nodes after one the newest goes on in its
 * lane, below the others. Forks of forks beyond `lanes` share the last lane.
 */
export function layOut(nodes: readonly TreeNode[], lanes = 8): LaneRow[] {
	const after = childrenOf(nodes);
	const rows: LaneRow[] = [];
	const open = new Set<number>();
	const waiting: Waiting[] = [];
	const push = (
		ids: readonly string[],
		place: (i: number) => Pick<Waiting, 'lane' | 'into'>,
		level: number
	) => {
		const siblings = ids.length;
		for (const [i, id] of [...ids.entries()].reverse())
			waiting.push({ id, level, ...place(i), position: i + 1, siblings });
	};
	push(after.get(undefined) ?? [], () => ({ lane: 0, into: 'none' }), 1);
	for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
		const { id, lane, level } = next;
		// The line that waited for this node ends in it.
		if (next.into === 'above') open.delete(lane);
		const below = after.get(id) ?? [];
		after.delete(id);
		const passes = [...open].filter((one) => one !== lane).sort((a, b) => a - b);
		rows.push({ ...next, passes, onward: below.length > 0 });
		if (below.length > 0) open.add(lane);
		const aside = Math.min(lane + 1, lanes - 1);
		const last = below.length - 1;
		push(
			below,
			(i) => (i === last ? { lane, into: 'above' } : { lane: aside, into: 'fork' }),
			level + 1
		);
	}
	return rows;
}

/** The ids after each node, in the order of `nodes`; those without one above them under undefined. */
function childrenOf(nodes: readonly TreeNode[]): Map<string | undefined, string[]> {
	const known = new Set(nodes.map(({ id }) => id));
	const after = new Map<string | undefined, string[]>();
	for (const { id, parent } of nodes) {
		const above = parent !== undefined && known.has(parent) ? parent : undefined;
		const siblings = after.get(above);
		if (siblings === undefined) after.set(above, [id]);
		else siblings.push(id);
	}
	return after;
}
