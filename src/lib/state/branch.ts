import { newMessage, textOf } from '../model/draft.ts';
import type { Message, Part } from '../model/draft.ts';
import { equalJson } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { saysSomething } from '../model/turns.ts';
import { partsOf } from '../model/written.ts';
import type { Conversation } from './conversation.svelte.ts';
import { replaceText } from './editor.svelte.ts';
import type { Tree } from './tree.svelte.ts';
import type { Deletion, Undo } from './undo.svelte.ts';

/**
 * Changes of the branch that a conversation shows. Each makes another branch beside it, so that nothing is lost. While a
 * run goes on nothing is changed.
 */
export class Branch {
	readonly #conversation: Conversation;
	readonly #undo: Undo;

	constructor(conversation: Conversation, undo: Undo) {
		this.#conversation = conversation;
		this.#undo = undo;
	}

	/**
	 * Changes a message's text, and what stands beside it where `beside` is given: the changed message stands beside it, and
	 * what follows stays as it is.
	 */
	edit(id: string, text: string, beside?: readonly Part[]): void {
		const turn = this.#tree.turns.get(id);
		if (this.#isBusy || turn === undefined) return;
		const changed = editParts(turn.message.parts, text, beside);
		if (changed !== undefined) this.#tree.edit(id, changed);
	}

	/** Edits the messages that have other parts now, and takes out those that are gone. */
	replace(messages: readonly Message[]): void {
		if (this.#isBusy) return;
		const byId = new Map(messages.map((one) => [one.id, one]));
		// Answers that did not come stay where they are. From the end: what is changed gets another id.
		for (const { message } of this.#tree.path.filter(saysSomething).toReversed()) {
			const now = byId.get(message.id);
			if (now === undefined) this.#tree.remove(message.id);
			else {
				const parts = this.#conversation.files.restore(now.parts);
				if (!equalJson(parts as unknown as Json, message.parts as unknown as Json))
					this.#tree.edit(message.id, parts);
			}
		}
	}

	/** Puts a message before a turn: what follows it follows the new one too, in a branch beside the old one. */
	insert(before: string, text: string, beside: readonly Part[] = []): void {
		const message = newMessage('user', text);
		const parts = partsOf({ text, parts: beside });
		if (!this.#isBusy) this.#tree.insert(before, { ...message, parts });
	}

	/** Takes a message out of the branch; it stays in the tree, and for a while one click brings it back. */
	remove(id: string): void {
		if (this.#isBusy) return;
		const at = this.#tree.path.findIndex((turn) => turn.id === id);
		this.#offer('message', this.#tree.remove(id), at - 1);
	}

	/** Moves a message by so many places, in a branch beside the old one. Gives the id it has there. */
	move(id: string, by: number): string | undefined {
		const { path } = this.#tree;
		const from = path.findIndex((turn) => turn.id === id);
		const to = from + by;
		if (this.#isBusy || from === -1 || to < 0 || to >= path.length) return undefined;
		this.#offer('moved', this.#tree.move(id, to), to);
		return this.#tree.path[to]?.id;
	}

	/** Gives a message another role, in a branch beside the old one. Gives the id it has there. */
	setRole(id: string, role: Message['role']): string | undefined {
		const at = this.#tree.path.findIndex((turn) => turn.id === id);
		if (this.#isBusy || at === -1) return undefined;
		if (this.#tree.path[at]?.message.role === role) return id;
		this.#offer('role', this.#tree.setRole(id, role), at);
		return this.#tree.path[at]?.id;
	}

	/**
	 * Ends the branch with a message, so that the next one begins a branch of its own after it. What followed is the tree's
	 * `beyond`.
	 */
	fork(id: string): void {
		if (this.#isBusy || !this.#tree.turns.has(id)) return;
		this.#conversation.editor.returned = undefined;
		this.#tree.endAt(id);
	}

	get #tree(): Tree {
		return this.#conversation.tree;
	}

	get #isBusy(): boolean {
		return this.#conversation.live !== undefined;
	}

	/** Offers for a while to undo what was just done with the turn at `index` of the path. */
	#offer(what: Deletion['what'], undo: () => void, index: number): void {
		const conversation = this.#conversation.id;
		const after = this.#tree.path[index]?.id ?? '';
		this.#undo.offer({ what, place: { conversation, after }, undo });
	}
}

/** Parts with another text, and others beside it where they are given; undefined where that changes nothing. */
export function editParts(
	parts: readonly Part[],
	text: string,
	beside: readonly Part[] | undefined
): Part[] | undefined {
	if (beside === undefined) return textOf(parts) === text ? undefined : replaceText(parts, text);
	const changed = partsOf({ text, parts: beside });
	const isSame = equalJson(changed as unknown as Json, parts as unknown as Json);
	return isSame ? undefined : changed;
}
