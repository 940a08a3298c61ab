import type { ConversationRecord } from '../model/turn.ts';
import { loadStorage } from '../storage/load.ts';
import type { SearchHit } from '../storage/search.ts';
import { undoFor } from './undo.svelte.ts';
import type { Undo } from './undo.svelte.ts';

/** ms that nobody has to type before the texts are searched. */
const pause = 150;

/** What a search in the texts of all conversations has found. */
export interface Search {
	text: string;
	/** By the id of the conversation. */
	hits: ReadonlyMap<string, SearchHit>;
	/** Messages that were looked through; undefined where they could not be. */
	searched: number | undefined;
}

/** The list of conversations, newest first, and the search in what was said in them. */
export class Library {
	/** Records that could not be read; they are set aside, not lost. */
	unreadable = $state(0);
	/** Records of a newer version of this page; they are left alone. */
	newer = $state(0);
	/** Whether records of the first version are there, which this one does not read. */
	olderVersion = $state(false);
	/** False once this browser had no room for something. */
	isKept = $state(true);
	/** Set once what reads stored conversations could not be loaded. */
	isOutOfReach = $state(false);
	/** What is searched for. */
	wanted = $state('');
	/** The last search that came to its end; undefined while nothing is searched for. */
	found: Search | undefined = $state.raw();
	#conversations: readonly ConversationRecord[] = $state.raw([]);
	#search = new AbortController();
	/** Ids of conversations that are being deleted: the end of a run in one does not list it again. */
	readonly #deleting = new Set<string>();
	readonly #undo: Undo;

	constructor(undo: Undo) {
		this.#undo = undo;
	}

	/** Every conversation, the one that was changed last first. */
	get conversations(): readonly ConversationRecord[] {
		return this.#conversations;
	}

	/** What reads and writes what is stored. Undefined where it is out of reach, which the list says. */
	async loadStorage(): Promise<typeof import('../storage/storage.ts') | undefined> {
		const storage = await loadStorage().catch(() => undefined);
		if (storage === undefined) this.isOutOfReach = true;
		return storage;
	}

	async load(now: number): Promise<void> {
		const storage = await this.loadStorage();
		if (storage === undefined) return;
		// What was deleted a moment ago may still be undone in another page.
		await storage.purgeDeleted(now - undoFor);
		const { conversations, newer, unreadable } = await storage.listConversations();
		// What has changed while it was loading is newer than what was loaded.
		const changed = this.#conversations;
		this.#conversations = conversations;
		for (const record of changed.toReversed()) this.note(record);
		this.newer = newer;
		this.unreadable = unreadable;
	}

	/** Drops the bytes of the oldest answers where there are too many. What fails is tried again by the next page. */
	async keepRoom(): Promise<void> {
		const storage = await this.loadStorage();
		await storage?.pruneExchanges().catch(() => undefined);
	}

	/** Takes up what has become of a conversation. Gives what was listed of it until now. */
	note(record: ConversationRecord): ConversationRecord | undefined {
		if (this.#deleting.has(record.id)) return undefined;
		const shown = this.#conversations.find(({ id }) => id === record.id);
		const others = this.#conversations.filter(({ id }) => id !== record.id);
		const at = others.findIndex(({ changedAt }) => changedAt <= record.changedAt);
		this.#conversations = others.toSpliced(at === -1 ? others.length : at, 0, record);
		return shown;
	}

	/** Takes a conversation out of the list, because there is nothing in it any more. */
	drop(id: string): void {
		this.#conversations = this.#conversations.filter((one) => one.id !== id);
	}

	/** Deletes a conversation; it can be undone for a while. `ended` resolves when nothing more is stored of it. */
	delete(record: ConversationRecord, ended: Promise<void>, onundo: () => void): void {
		const { id } = record;
		this.drop(id);
		this.#deleting.add(id);
		const mark = async (at: number | undefined) => (await this.loadStorage())?.markDeleted(id, at);
		const marked = ended
			.then(() => mark(Date.now()))
			.catch(() => (this.isKept = false))
			.finally(() => this.#deleting.delete(id));
		this.#undo.offer({
			what: 'conversation',
			place: 'history',
			undo: () => {
				this.#deleting.delete(id);
				this.note(record);
				onundo();
				void marked.then(() => mark(undefined));
			},
			onlapse: () => void marked.then(async () => (await this.loadStorage())?.purgeConversation(id))
		});
	}

	/** Looks for a text in everything that was ever sent or received; '' ends the search. */
	search(wanted: string): void {
		this.wanted = wanted;
		this.#search.abort();
		if (wanted.trim() === '') {
			this.found = undefined;
			return;
		}
		const search = (this.#search = new AbortController());
		setTimeout(() => void this.#look(wanted, search.signal), pause);
	}

	async #look(text: string, signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		const search = await import('../storage/search.ts').catch(() => undefined);
		// What searches, or what is stored, can be out of reach: then the list says so.
		const found = (await search?.searchTexts(text.trim(), { signal }).catch(() => undefined)) ?? {
			conversations: [],
			searched: undefined
		};
		// Something else may be wanted by now.
		if (signal.aborted) return;
		const hits = new Map(found.conversations.map((hit) => [hit.conversation, hit]));
		this.found = { text, hits, searched: found.searched };
	}
}
