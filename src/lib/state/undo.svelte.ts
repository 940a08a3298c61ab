/** Something that was deleted or changed and can be had back for a while. */
export interface Deletion {
	what: 'message' | 'conversation' | 'cleared' | 'moved' | 'role';
	/** Where it can be undone: below this turn of a conversation ('' at its start), or in the history. */
	place: { conversation: string; after: string } | 'history';
	/** Brings it back. */
	undo: () => void;
	/** Called when it can't be undone any more. */
	onlapse?: () => void;
}

/** How long a deletion can be undone, in ms. */
export const undoFor = 10_000;

/** The last deletion, for as long as it can be undone: one at a time, so that a new one makes the one before final. */
export class Undo {
	last: Deletion | undefined = $state.raw();
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Offers to undo what was just done. */
	offer(deletion: Deletion): void {
		this.lapse();
		this.last = deletion;
		this.#timer = setTimeout(() => this.lapse(), undoFor);
	}

	/** Undoes the last deletion. */
	take(): void {
		const { last } = this;
		clearTimeout(this.#timer);
		this.last = undefined;
		last?.undo();
	}

	/** Makes the last deletion final. */
	lapse(): void {
		const { last } = this;
		clearTimeout(this.#timer);
		this.last = undefined;
		last?.onlapse?.();
	}
}
