import type { ApiId } from '../model/draft.ts';
import { isFollowed } from '../model/response-state.ts';
import type { DraftRecord } from '../model/turn.ts';
import type { OpenedConversation } from '../storage/conversations.ts';
import type { Conversation } from './conversation.svelte.ts';
import type { Library } from './library.svelte.ts';

/** Makes a conversation of what was stored of it: its turns and runs, or only a draft. */
export type Make = (
	api: ApiId,
	stored: OpenedConversation | { id: string },
	draft: DraftRecord | undefined
) => Promise<Conversation>;

/** Loads stored conversations, and ends the runs that a closed page left in them. */
export class StoredConversations {
	readonly #library: Library;
	readonly #openedAt: number;
	readonly #make: Make;
	/** Those that are being loaded, by id. */
	readonly #loading = new Map<string, Promise<Conversation | undefined>>();

	/** `openedAt`: when this page was opened, in epoch ms. */
	constructor(library: Library, openedAt: number, make: Make) {
		this.#openedAt = openedAt;
		this.#library = library;
		this.#make = make;
	}

	/**
	 * A stored conversation, or one in which only something was written; undefined where there is none. Whoever asks for it
	 * while it is loading gets the same one.
	 */
	load(api: ApiId, id: string): Promise<Conversation | undefined> {
		const loading =
			this.#loading.get(id) ?? this.#read(api, id).finally(() => this.#loading.delete(id));
		this.#loading.set(id, loading);
		return loading;
	}

	/** Ends the runs that a closed page left behind, but for those that go on here, so that the list says how each ended. */
	async endLeftBehind(isRunning: (id: string) => boolean): Promise<void> {
		for (const { id, api, end } of this.#library.conversations) {
			if (end !== undefined || isRunning(id)) continue;
			const storage = await this.#library.loadStorage();
			const stored = await storage?.openConversation(id);
			const recovered = stored && (await recover(api, stored, this.#openedAt));
			// Runs that go on without a page are followed by the conversation, whether or not it is shown.
			if (recovered?.runs.some((run) => isFollowed(run, this.#openedAt)) && !isRunning(id))
				await this.load(api, id);
			// A run that was begun in it meanwhile has told the list itself.
			if (recovered?.record.end === undefined || isRunning(id)) continue;
			this.#library.note(recovered.record);
		}
	}

	async #read(api: ApiId, id: string): Promise<Conversation | undefined> {
		const storage = await this.#library.loadStorage();
		const stored = await storage?.openConversation(id);
		const draft = stored?.draft ?? (await storage?.loadDraft(id));
		if (stored === undefined && draft === undefined) return undefined;
		const recovered = stored && (await recover(api, stored, this.#openedAt));
		return this.#make(api, recovered ?? { id }, draft);
	}
}

/** Ends the runs that a closed page left behind; where what reads them is out of reach, they stay as they are. */
async function recover(
	api: ApiId,
	stored: OpenedConversation,
	openedAt: number
): Promise<OpenedConversation> {
	if (stored.runs.every(({ outcome }) => outcome !== undefined)) return stored;
	const recovery = await import('./recovery.ts').catch(() => undefined);
	return recovery === undefined ? stored : recovery.recoverRuns(api, stored, openedAt);
}
