import { newId } from '../model/draft.ts';
import type { DraftRecord } from '../model/turn.ts';
import { loadStorage } from '../storage/load.ts';
import type { Conversation } from './conversation.svelte.ts';

/** When a draft was last stored, and by which page. */
type Stamp = Pick<DraftRecord, 'savedAt' | 'writer'>;

/** Stores what is being written. A draft that another page has changed is not overwritten: the person chooses. */
export class Drafts {
	/** What another page has stored in place of a draft of this one. */
	conflict: DraftRecord | undefined = $state.raw();
	readonly #writer = newId();
	/** What this page knows to be stored, by conversation. */
	readonly #seen = new Map<string, Stamp>();
	readonly #onfull: () => void;

	constructor(onfull: () => void) {
		this.#onfull = onfull;
	}

	/** Takes a stored draft into a conversation. */
	restore(conversation: Conversation, draft: DraftRecord): void {
		const { editor } = conversation;
		this.#seen.set(conversation.id, draft);
		editor.typed = undefined;
		editor.settings = draft.settings;
		editor.write({ text: draft.composer, parts: draft.parts ?? [] });
		editor.results = draft.results ?? {};
		void conversation.files.load([draft.parts, draft.results]);
		editor.resend = draft.resend ?? false;
		editor.returned = draft.returned;
	}

	/** As {@link restore}, with the body that was being typed too. */
	async restoreAll(conversation: Conversation, draft: DraftRecord): Promise<void> {
		this.restore(conversation, draft);
		if (draft.typed === undefined) return;
		const typing = await import('./typed-body.svelte.ts').catch(() => undefined);
		// Where it is out of reach, the form has what it could take up of it.
		if (this.#seen.get(conversation.id) === draft) typing?.typeBody(conversation, draft.typed);
	}

	/** Stores what is being written in a conversation, unless another page has written there. */
	async save(conversation: Conversation): Promise<void> {
		const { id } = conversation;
		if (this.conflict?.conversation === id) return;
		const record = this.#recordOf(conversation);
		try {
			const { saveDraft } = await loadStorage();
			const result = await saveDraft(record, this.#seen.get(id));
			if (result === 'saved') this.#seen.set(id, record);
			// What a newer version of this page has stored is left alone.
			else if (result !== 'newer') this.conflict = result.other;
		} catch {
			// No room, or no storage: the page says so and goes on.
			this.#onfull();
		}
	}

	/** Stores it as the page goes away: nothing can be asked any more, so whoever opens it next sees to conflicts. */
	leave(conversations: readonly Conversation[]): void {
		const drafts = conversations
			.filter(({ id }) => this.conflict?.conversation !== id)
			.map((one) => ({ record: this.#recordOf(one), seen: this.#seen.get(one.id) }));
		loadStorage()
			.then(({ leaveDrafts }) => leaveDrafts(drafts))
			.catch(() => this.#onfull());
	}

	/** Looks for what a page left on going away that another one's draft stands in the way of. */
	async findLeft(conversation: Conversation): Promise<void> {
		const { deleteLeftDraft, listLeftDrafts } = await loadStorage();
		const [left] = await listLeftDrafts(conversation.id);
		if (left === undefined) return;
		await deleteLeftDraft(left);
		if (left.composer !== conversation.editor.composer) this.conflict = left;
	}

	/** Ends a conflict: the draft becomes the other page's, or stays and is stored over it. */
	resolve(conversation: Conversation, keep: 'mine' | 'theirs'): Promise<void> {
		const { conflict } = this;
		if (conflict?.conversation !== conversation.id) return Promise.resolve();
		this.conflict = undefined;
		const seen = this.#seen.get(conversation.id);
		if (keep === 'theirs') void this.restoreAll(conversation, conflict);
		// A text that was only left beside the stored one is not what is stored.
		const isStored = seen === undefined || seen.savedAt <= conflict.savedAt;
		this.#seen.set(conversation.id, isStored ? conflict : seen);
		return this.save(conversation);
	}

	/** Forgets the draft of a conversation in which there is nothing. */
	async drop(id: string): Promise<void> {
		this.#seen.delete(id);
		await loadStorage()
			.then(({ deleteDraft }) => deleteDraft(id))
			.catch(() => this.#onfull());
	}

	#recordOf({ id, api, editor }: Conversation): DraftRecord {
		const { settings, composer, parts, resend, returned, results, typed } = editor;
		return {
			...{ v: 2, conversation: id, api: api.id, settings, composer },
			...(parts.length > 0 && { parts: [...parts] }),
			...(typed && { typed: typed.text }),
			...(resend && { resend }),
			...(returned !== undefined && { returned }),
			...(Object.keys(results).length > 0 && { results }),
			...{ savedAt: Date.now(), writer: this.#writer }
		};
	}
}
