import { layOut } from '../../model/lanes.ts';
import type { LaneRow } from '../../model/lanes.ts';
import { newFinder, nodesOf } from '../../model/response-node.ts';
import type { ResponseNode } from '../../model/response-node.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';

/** The id of the row of what is not a response yet: the message being written, or the run that goes on. */
export const nextId = 'next';

/** A row of the tree: a response, or what comes next. */
export interface TreeRow extends LaneRow {
	/** Absent for what comes next. */
	node?: ResponseNode;
	/** The lane whose line leads to what is not sent yet. */
	dashed?: number;
}

/** The responses of a conversation as a tree, and which one of it is looked at. */
export class ChainView {
	readonly #conversation: () => Conversation;
	#chosen: { id: string; here: string | undefined } | undefined = $state.raw();

	constructor(conversation: () => Conversation) {
		this.#conversation = conversation;
	}

	/** The responses of all branches, the oldest first. */
	readonly nodes: readonly ResponseNode[] = $derived.by(() => {
		const { tree, runs, circumstances } = this.#conversation();
		return nodesOf({ ...circumstances, turns: tree.turns, runs: runs.facts });
	});

	readonly #byTurn = $derived.by(() => new Map(this.nodes.map((node) => [node.turn.id, node])));

	/** The response that the next message comes after: the last one of the branch that is shown. */
	readonly here: ResponseNode | undefined = $derived.by(() => {
		const { tree, base } = this.#conversation();
		const byTurn = this.#byTurn;
		const find = newFinder(tree.turns, (id) => byTurn.has(id));
		return byTurn.get(find(base.at(-1)?.id) ?? '');
	});

	/** Whether something stands after it that is no response yet. */
	readonly hasNext: boolean = $derived.by(() => {
		const { live, next } = this.#conversation();
		return live !== undefined || !next.isEmpty;
	});

	readonly rows: readonly TreeRow[] = $derived.by(() => {
		const nodes = this.nodes.map(({ turn, before }) => ({ id: turn.id, parent: before }));
		const here = this.here?.turn.id;
		const byTurn = this.#byTurn;
		const rows = layOut(this.hasNext ? [...nodes, { id: nextId, parent: here }] : nodes);
		const from = rows.findIndex(({ id }) => id === here);
		const to = rows.findIndex(({ id }) => id === nextId);
		return rows.map((row, i) => {
			const node = byTurn.get(row.id);
			const isBetween = from !== -1 && from <= i && i <= to;
			const dashed = isBetween ? rows[to]?.lane : undefined;
			return { ...row, ...(node && { node }), ...(dashed !== undefined && { dashed }) };
		});
	});

	/** How many branches end in a response. */
	readonly branches: number = $derived.by(() => {
		const continued = new Set(this.nodes.map(({ before }) => before));
		return this.nodes.filter(({ turn }) => !continued.has(turn.id)).length;
	});

	/** How many lanes are drawn. */
	readonly lanes: number = $derived.by(() =>
		this.rows.reduce((most, { lane }) => Math.max(most, lane + 1), 2)
	);

	/**
	 * The place of the row that is looked at: the one that was chosen, until the next message comes after another one, and
	 * otherwise that one.
	 */
	readonly active: number = $derived.by(() => {
		const { rows } = this;
		const at = (id: string | undefined) => rows.findIndex((row) => row.id === id);
		const here = this.here?.turn.id;
		const chosen = this.#chosen?.here === here ? at(this.#chosen?.id) : -1;
		return chosen === -1 ? Math.max(0, at(here)) : chosen;
	});

	/** The response that is looked at. */
	get node(): ResponseNode | undefined {
		return this.rows[this.active]?.node;
	}

	/** Whether something follows a response. */
	isContinued(node: ResponseNode): boolean {
		return this.nodes.some(({ before }) => before === node.turn.id);
	}

	/** Looks at a row. */
	choose(id: string): void {
		this.#chosen = { id, here: this.here?.turn.id };
	}
}
