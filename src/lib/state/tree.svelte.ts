import { textOf } from '../model/draft.ts';
import type { Message, Part } from '../model/draft.ts';
import {
	childrenOf,
	editAt,
	insertAt,
	leafBelow,
	moveTo,
	pathTo,
	removeAt,
	setRole,
	siblingsOf
} from '../model/path.ts';
import type { Edit } from '../model/path.ts';
import type { Turn } from '../model/turn.ts';

/** What has become of a tree: turns that came and turns that an undo took away again. */
export type Growth = (added: readonly Turn[], removed: readonly Turn[]) => void;

/** The tree of a conversation's turns, and the branch of it that is shown. */
export class Tree {
	/** One state, because a run changes both at once: what depends on them is then marked once. */
	#shown: { turns: ReadonlyMap<string, Turn>; leaf: string | undefined } = $state.raw({
		turns: new Map(),
		leaf: undefined
	});
	readonly #conversation: string;
	readonly #onchange: Growth;

	/** `onchange` is called after each change that is not part of a run. */
	constructor(conversation: string, turns: readonly Turn[], onchange: Growth) {
		this.#conversation = conversation;
		this.#onchange = onchange;
		this.add(turns, undefined);
	}

	/** Every turn of every branch, by id. */
	get turns(): ReadonlyMap<string, Turn> {
		return this.#shown.turns;
	}

	/** The last turn of the branch that is shown. */
	get leaf(): string | undefined {
		return this.#shown.leaf;
	}

	set leaf(leaf: string | undefined) {
		if (leaf !== this.leaf) this.#shown = { turns: this.turns, leaf };
	}

	/** The turns of the branch that is shown, first to last. */
	readonly path: readonly Turn[] = $derived.by(() => pathTo(this.turns, this.leaf));

	/** The turns after each turn, in the order in which they were made. */
	readonly #children = $derived.by(() => childrenOf(this.turns));

	/** The turns in whose place a turn stands, itself among them, in the order in which they were made. */
	siblingsOf(id: string): readonly Turn[] {
		return siblingsOf(this.turns, id, this.#children);
	}

	/** The turns up to and with one, first to last. */
	pathTo(id: string | undefined): readonly Turn[] {
		return pathTo(this.turns, id);
	}

	/** Shows the branch with a turn in it: to its newest end. */
	show(id: string): void {
		if (!this.turns.has(id)) return;
		this.leaf = leafBelow(this.turns, id);
		this.#onchange([], []);
	}

	/** Shows the branch only up to a turn: what is said next stands beside what follows it. */
	end(id: string): void {
		if (!this.turns.has(id)) return;
		this.leaf = id;
		this.#onchange([], []);
	}

	/** A turn that is not yet part of the tree. */
	newTurn(message: Message, parent: string | undefined): Turn {
		return {
			...{ v: 2, id: message.id, conversation: this.#conversation },
			...(parent !== undefined && { parent }),
			at: Date.now(),
			message
		};
	}

	/** Adds turns of a run and shows the branch that `leaf` ends; storing them is the run's. */
	add(added: readonly Turn[], leaf: string | undefined): void {
		const turns = new Map(this.turns);
		for (const turn of added) turns.set(turn.id, turn);
		this.#shown = { turns, leaf };
	}

	/** Takes turns out again that nothing was sent of, and shows the branch that `leaf` ends. */
	drop(dropped: readonly Turn[], leaf: string | undefined): void {
		const turns = new Map(this.turns);
		for (const { id } of dropped) turns.delete(id);
		this.#shown = { turns, leaf };
	}

	/** Adds a message after the turn `parent` and shows it. */
	append(message: Message, parent: string | undefined): void {
		const turn = this.newTurn(message, parent);
		this.#grow([turn], turn.id);
	}

	/** Adds messages one after the other at the end of the branch and shows them. */
	appendAll(messages: readonly Message[]): void {
		const added: Turn[] = [];
		for (const message of messages) {
			added.push(this.newTurn(message, added.at(-1)?.id ?? this.leaf));
		}
		this.#grow(added, added.at(-1)?.id ?? this.leaf);
	}

	/** Adds turns, each after the one before, and shows the branch they end; without any, the one that ends with `parent`. */
	branch(added: readonly Turn[], parent: string | undefined): void {
		this.#grow(added, added.at(-1)?.id ?? parent);
	}

	/** Puts a changed message beside a turn; what follows it in the branch follows the changed one too. */
	edit(id: string, parts: Part[]): void {
		const { added, leaf } = editAt(this.turns, this.leaf, id, parts);
		this.#grow(added, leaf);
	}

	/** Puts a message before a turn of the branch. */
	insert(before: string, message: Message): void {
		const index = this.path.findIndex(({ id }) => id === before);
		if (index === -1) return;
		const { added, leaf } = insertAt(this.turns, this.leaf, index, [message], this.#conversation);
		this.#grow(added, leaf);
	}

	/** Shows a branch without a turn; the turn stays in the tree. Returns what undoes it. */
	remove(id: string): () => void {
		return this.#apply(removeAt(this.turns, this.leaf, id));
	}

	/** Shows a branch in which a turn stands at another place of the path. Returns what undoes it. */
	move(id: string, index: number): () => void {
		return this.#apply(moveTo(this.turns, this.leaf, id, index));
	}

	/** Shows a branch in which a turn has another role. Returns what undoes it. */
	setRole(id: string, role: Message['role']): () => void {
		return this.#apply(setRole(this.turns, this.leaf, id, role));
	}

	/** Ends the branch that is shown with a turn; what follows it stays in the tree. */
	endAt(id: string): void {
		this.#grow([], id);
	}

	/** The turns that follow the end of the branch that is shown, each in a branch of its own. */
	get beyond(): readonly Turn[] {
		return this.leaf === undefined ? [] : (this.#children.get(this.leaf) ?? []);
	}

	#apply({ added, leaf }: Edit): () => void {
		const before = this.leaf;
		this.#grow(added, leaf);
		return () => {
			const ids = new Set(added.map(({ id }) => id));
			// What was said after them since would go with them.
			const isBuiltOn = [...this.turns.values()].some(
				({ id, parent }) => parent !== undefined && ids.has(parent) && !ids.has(id)
			);
			const dropped = isBuiltOn ? [] : added;
			this.drop(dropped, before);
			this.#onchange([], dropped);
		};
	}

	/** A turn after `parent` that says the same and has got no answer: sent again it stays one turn. */
	findUnanswered(message: Message, parent: string | undefined): Turn | undefined {
		const all = [...this.turns.values()];
		const isAnswered = (turn: Turn) =>
			all.some((below) => below.parent === turn.id && below.message.parts.length > 0);
		return all.find(
			(turn) =>
				turn.parent === parent &&
				turn.message.role === message.role &&
				textOf(turn.message.parts) === textOf(message.parts) &&
				!isAnswered(turn)
		);
	}

	#grow(added: readonly Turn[], leaf: string | undefined): void {
		this.add(added, leaf);
		this.#onchange(added, []);
	}
}
