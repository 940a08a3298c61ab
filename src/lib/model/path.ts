import { newId } from './draft.ts';
import type { Message, Part } from './draft.ts';
import type { Turn } from './turn.ts';

/** All turns of a conversation by id. */
export type Turns = ReadonlyMap<string, Turn>;

/** An edit of a path: turns to add, none of them in the tree yet, and the new end; absent where no turn is left. */
export interface Edit {
	added: Turn[];
	leaf: string | undefined;
}

/** The turns from the first one to `leaf`. It begins later where a turn before it is missing. */
export function pathTo(turns: Turns, leaf: string | undefined): Turn[] {
	// A Set, because a damaged store could name a turn as its own ancestor.
	const path = new Set<Turn>();
	let turn = leaf === undefined ? undefined : turns.get(leaf);
	while (turn !== undefined && !path.has(turn)) {
		path.add(turn);
		turn = turn.parent === undefined ? undefined : turns.get(turn.parent);
	}
	return [...path].reverse();
}

/** The turns after each turn by its id, and the first ones; the oldest first. */
export function childrenOf(turns: Turns): ReadonlyMap<string | undefined, readonly Turn[]> {
	const children = new Map<string | undefined, Turn[]>();
	for (const turn of turns.values()) {
		const siblings = children.get(turn.parent);
		if (siblings === undefined) children.set(turn.parent, [turn]);
		else siblings.push(turn);
	}
	for (const siblings of children.values()) siblings.sort((a, b) => a.at - b.at);
	return children;
}

/** The turns that stand in the same place as `id`, itself among them, the oldest first. None for an unknown one. */
export function siblingsOf(
	turns: Turns,
	id: string,
	children = childrenOf(turns)
): readonly Turn[] {
	const turn = turns.get(id);
	return turn === undefined ? [] : (children.get(turn.parent) ?? []);
}

/** The newest turn under `id` that no other follows; `id` itself where none does. */
export function leafBelow(turns: Turns, id: string): string {
	const children = childrenOf(turns);
	const below = new Set([id]);
	let newest: Turn | undefined;
	for (const one of below) {
		const next = children.get(one) ?? [];
		const turn = turns.get(one);
		if (next.length === 0 && turn && turn.at >= (newest?.at ?? -Infinity)) newest = turn;
		// A Set gives what is added to it while it is walked through, each once.
		for (const child of next) below.add(child.id);
	}
	return newest?.id ?? id;
}

/** Gives turn `id` other parts. An answer that was edited is no longer that of its run. */
export function editAt(
	turns: Turns,
	leaf: string | undefined,
	id: string,
	parts: Part[],
	now = Date.now()
): Edit {
	const edited = pathTo(turns, leaf).map((turn) => {
		return turn.id === id ? { ...withoutRun(turn.message), parts } : turn;
	});
	return follow(turns, leaf, edited, now);
}

/** Takes turn `id` out of the path; those after it move up. */
export function removeAt(
	turns: Turns,
	leaf: string | undefined,
	id: string,
	now = Date.now()
): Edit {
	const kept = pathTo(turns, leaf).filter((turn) => turn.id !== id);
	return follow(turns, leaf, kept, now);
}

/**
 * Puts messages before the turn at `index` of the path; at its length, after the last. They get ids of their own.
 * `conversation` is for a tree that has no turn yet.
 */
export function insertAt(
	turns: Turns,
	leaf: string | undefined,
	index: number,
	messages: readonly Message[],
	conversation: string,
	now = Date.now()
): Edit {
	const path: (Turn | Message)[] = pathTo(turns, leaf);
	return follow(turns, leaf, path.toSpliced(index, 0, ...messages), now, conversation);
}

/** Moves turn `id` to `index` of the path without it. */
export function moveTo(
	turns: Turns,
	leaf: string | undefined,
	id: string,
	index: number,
	now = Date.now()
): Edit {
	const path = pathTo(turns, leaf);
	const moved = path.filter((turn) => turn.id === id);
	const others = path.filter((turn) => turn.id !== id);
	return follow(turns, leaf, others.toSpliced(index, 0, ...moved), now);
}

/** Gives turn `id` another role. An answer with another role is no longer that of its run. */
export function setRole(
	turns: Turns,
	leaf: string | undefined,
	id: string,
	role: Message['role'],
	now = Date.now()
): Edit {
	const path = pathTo(turns, leaf).map((turn) => {
		if (turn.id !== id || turn.message.role === role) return turn;
		return { ...withoutRun(turn.message), role };
	});
	return follow(turns, leaf, path, now);
}

/** The message as one that no run gave; which model sealed its reasoning is still known. */
function withoutRun(message: Message): Message {
	const { from, ...rest } = message;
	return from === undefined ? rest : { ...rest, by: from.model };
}

/**
 * The edit after which the path is `wanted`: it keeps the turns up to the first change. What comes after it is added
 * anew, as siblings that share their parts with the turns they copy.
 */
function follow(
	turns: Turns,
	leaf: string | undefined,
	wanted: readonly (Turn | Message)[],
	at: number,
	conversation?: string
): Edit {
	const path = pathTo(turns, leaf);
	const changed = wanted.findIndex((one, i) => one !== path[i]);
	const kept = changed === -1 ? wanted.length : changed;
	let parent = kept === 0 ? undefined : path[kept - 1]?.id;
	const place = path[0]?.conversation ?? conversation ?? '';
	const added = wanted.slice(kept).map((one): Turn => {
		const turn = newTurn(one, turns, place, parent, at);
		parent = turn.id;
		return turn;
	});
	return { added, leaf: parent };
}

function newTurn(
	one: Turn | Message,
	turns: Turns,
	conversation: string,
	parent: string | undefined,
	at: number
): Turn {
	const id = newId();
	const message = 'message' in one ? one.message : one;
	const source = turns.get(message.id);
	const shares = source !== undefined && isSame(source.message, message);
	return {
		v: 2,
		id,
		conversation,
		...(parent !== undefined && { parent }),
		at,
		...(source && shares && { of: source.of ?? source.id }),
		message: { ...message, id }
	};
}

/** Whether two messages are the same but for their ids. */
function isSame({ id: _, ...one }: Message, { id: __, ...other }: Message): boolean {
	const fields = Object.keys({ ...one, ...other }) as (keyof typeof one)[];
	return fields.every((field) => one[field] === other[field]);
}
