import { requestApis } from '../apis/outgoing.ts';
import { apiIds, newId, newMessage, textOf } from '../model/draft.ts';
import type { ApiId, Draft } from '../model/draft.ts';
import type { ConversationRecord, RequestSettings } from '../model/turn.ts';
import type { Settings } from '../model/settings.ts';
import { saysNothing, unwritten } from '../model/written.ts';
import { Conversation } from './conversation.svelte.ts';
import type { Surroundings } from './conversation.svelte.ts';
import type { Drafts } from './drafts.svelte.ts';
import type { Editor } from './editor.svelte.ts';
import type { Library } from './library.svelte.ts';
import { StoredConversations } from './stored-conversations.ts';
import type { Make } from './stored-conversations.ts';

/** The texts that a first visit finds, already written but not sent. */
export interface FirstTexts {
	system: string;
	prompt: string;
}

/** What the tabs use of the page that they are of. */
export interface TabbedPage extends Pick<Surroundings, 'keyRing' | 'undo' | 'parts' | 'runner'> {
	readonly library: Library;
	readonly drafts: Drafts;
	settings: Settings;
	/** False until what was stored is loaded: nothing is saved or sent before. */
	ready: boolean;
	/** Whether what is stored could not be read: nothing may be written over it. */
	isUnread: boolean;
	change(change: Partial<Settings>): void;
	/** Notes that the browser has no room for what the page wants to store. */
	noteFull(): void;
}

/** A tab for each API with the conversation in it, and the conversations whose run goes on while no tab shows them. */
export class Tabs {
	/** The conversation that each tab shows. */
	shown: Readonly<Record<ApiId, Conversation>>;
	/** In which conversation of each API a page was last left with something written: shown where the settings name none. */
	left: Partial<Record<ApiId, string>> = {};
	readonly #page: TabbedPage;
	readonly #first: FirstTexts;
	readonly #around: Surroundings;
	readonly #stored: StoredConversations;
	/** Tabs whose stored conversation is loaded, or that have none. */
	#loaded: ReadonlySet<ApiId> = $state.raw(new Set());
	/** Conversations whose run goes on, also while no tab shows them. */
	readonly #running = new Map<string, Conversation>();
	/** Counts what was opened: only the last one is shown. */
	#openings = 0;

	constructor(page: TabbedPage, first: FirstTexts) {
		this.#page = page;
		this.#first = first;
		const openedAt = Date.now();
		const { keyRing, undo, parts, runner, library } = page;
		this.#stored = new StoredConversations(library, openedAt, this.#make);
		this.#around = {
			...{ keyRing, undo, parts, runner, openedAt },
			isReady: () => page.ready && !parts.isOutOfReach,
			onrecord: (record) => library.note(record),
			onempty: (id) => library.drop(id),
			onrun: (conversation) => this.#keepRunning(conversation),
			onfull: () => page.noteFull()
		};
		this.shown = $state.raw(
			Object.fromEntries(apiIds.map((api) => [api, this.#newConversation(api)])) as Record<
				ApiId,
				Conversation
			>
		);
	}

	/** The conversation of the tab that is open. */
	get current(): Conversation {
		return this.shown[this.#page.settings.api];
	}

	/** Whether what a tab shows is what was stored: nothing of it is saved or sent before. */
	isLoaded(api: ApiId): boolean {
		return this.#page.ready && this.#loaded.has(api);
	}

	/** The conversations of the tabs that are loaded, that of the open one first. */
	get loaded(): Conversation[] {
		const open = this.#page.settings.api;
		const apis = [open, ...apiIds.filter((one) => one !== open)];
		return apis.filter((api) => this.isLoaded(api)).map((api) => this.shown[api]);
	}

	/** Notes that something is being opened. Gives what says whether nothing else was opened since. */
	beginOpening(): () => boolean {
		const opening = ++this.#openings;
		return () => opening === this.#openings;
	}

	/** Makes a request from elsewhere a conversation of its own in its tab; its messages get ids of their own. */
	openDraft(api: ApiId, { messages, chain: _, ...settings }: Draft): void {
		const conversation = this.#newConversation(api, settings);
		conversation.tree.appendAll(messages.map((message) => ({ ...message, id: newId() })));
		this.#show(conversation);
		this.#page.change({ api });
	}

	/** Shows a conversation of the list in its tab, at the branch of `turn` where one is given. */
	async openConversation({ id, api }: ConversationRecord, turn?: string): Promise<void> {
		const isLast = this.beginOpening();
		const known =
			this.#running.get(id) ?? apiIds.map((one) => this.shown[one]).find((one) => one.id === id);
		const conversation = known ?? (await this.#stored.load(api, id));
		// Something else was opened meanwhile.
		if (conversation === undefined || !isLast()) return;
		if (turn !== undefined) conversation.show(turn);
		this.#show(conversation);
		this.#page.change({ api });
	}

	/** Starts anew in the open tab: model, system, parameters and what is being written go along. */
	startAnew(): Conversation {
		const former = this.current;
		const next = this.#newConversation(former.api.id, former.editor.settings);
		next.files.takeFrom(former.files);
		next.editor.write(former.editor.written);
		former.editor.write(unwritten);
		this.#show(next);
		return next;
	}

	/**
	 * Copies what is being written, and the system prompt, to the tab of another API and shows it there. What stands there
	 * is not written over: a conversation of its own is begun. Nothing is sent.
	 */
	copyPrompt(to: ApiId): void {
		const { editor, api, files } = this.current;
		if (to === api.id) return;
		const { written, settings } = editor;
		const next = this.startAt(to);
		next.files.takeFrom(files);
		next.editor.write(written);
		next.editor.setSystem(textOf(settings.system?.parts ?? []));
		const { tools, toolChoice } = settings;
		// What a function says of being strict goes along as it is, said or not.
		if (tools !== undefined) next.editor.change({ tools, toolChoice });
	}

	/**
	 * Goes on with a model that another API has: as {@link copyPrompt}, with the settings that its API takes too. Where the
	 * model goes follows from it alone.
	 */
	continueOn(to: ApiId, model: string): void {
		const { settings } = this.current.editor;
		this.copyPrompt(to);
		const taken = Object.entries(settings.params).filter(([name]) => {
			return Object.hasOwn(requestApis[to].params, name);
		});
		const { output, stream } = settings;
		const place = { endpoint: undefined, prefix: undefined };
		this.current.editor.change({
			...{ model, ...place, output, stream, params: Object.fromEntries(taken) }
		});
	}

	/** Shows the tab of an API with a conversation in it in which nothing stands yet, with the settings of the one there. */
	startAt(api: ApiId): Conversation {
		const there = this.shown[api];
		const isFree =
			this.isLoaded(api) && there.tree.turns.size === 0 && this.#isUntouched(there.editor);
		const next = isFree ? there : this.#newConversation(api, there.editor.settings);
		this.#show(next);
		this.#page.change({ api });
		return next;
	}

	/** Clears the open tab, what is being written too; for a while one click brings it back. */
	clear(): void {
		const former = this.current;
		const { written } = former.editor;
		const next = this.startAnew();
		next.editor.write(unwritten);
		this.#page.undo.offer({
			what: 'cleared',
			place: { conversation: next.id, after: '' },
			undo: () => {
				former.editor.write(written);
				this.#show(former);
			}
		});
	}

	/** Deletes a conversation of the list: a run in it is stopped first. */
	deleteConversation(record: ConversationRecord): void {
		const tab = this.shown[record.api];
		const shown = tab.id === record.id ? tab : undefined;
		const conversation = this.#running.get(record.id) ?? shown;
		conversation?.leave();
		if (shown !== undefined) this.#put(this.#newConversation(record.api, shown.editor.settings));
		this.#page.library.delete(record, conversation?.ended ?? Promise.resolve(), () => {
			if (shown !== undefined) this.#show(shown);
		});
	}

	/** Stops the runs that go on, and waits until they have ended. */
	async stopRunning(): Promise<void> {
		const running = [...this.#running.values()];
		for (const conversation of running) conversation.leave();
		await Promise.allSettled(running.map(({ ended }) => ended));
	}

	/** Ends the runs that a closed page left behind. */
	async endLeftBehind(): Promise<void> {
		await this.#stored.endLeftBehind((id) => this.#running.has(id));
	}

	/** Stores what is being written in a conversation, and that its tab shows it. */
	async saveDraft(conversation: Conversation): Promise<void> {
		this.remember(conversation);
		await this.#page.drafts.save(conversation);
	}

	/** Notes that a tab shows a conversation, to show it again when the page is opened again. */
	remember({ id, api }: Conversation): void {
		const { open } = this.#page.settings;
		if (this.shown[api.id].id !== id || open[api.id] === id) return;
		this.#page.change({ open: { ...open, [api.id]: id } });
	}

	/** Shows in a tab what it showed last. */
	async restore(api: ApiId): Promise<void> {
		if (this.#page.isUnread || this.#loaded.has(api)) return;
		const fresh = this.shown[api];
		const id = this.#page.settings.open[api] ?? this.left[api];
		const stored = id === undefined ? undefined : await this.#stored.load(api, id);
		// Something else may be shown there by now.
		if (stored !== undefined && this.shown[api] === fresh)
			this.shown = { ...this.shown, [api]: stored };
		this.#loaded = new Set(this.#loaded).add(api);
	}

	readonly #make: Make = async (api, stored, draft) => {
		if (requestApis[api].chains && 'record' in stored) await this.#page.parts.loadChaining();
		const conversation = new Conversation(requestApis[api], this.#around, stored);
		conversation.editor.settings = this.#freshSettings(api);
		if (draft !== undefined) await this.#page.drafts.restoreAll(conversation, draft);
		void this.#page.drafts.findLeft(conversation);
		void conversation.sender?.resume();
		return conversation;
	};

	/** Puts a conversation into its tab; what is being written in the one before stays with that one. */
	#show(conversation: Conversation): void {
		const former = this.shown[conversation.api.id];
		if (former === conversation) return;
		if (this.isLoaded(conversation.api.id)) this.#leave(former);
		this.#put(conversation);
	}

	#put(conversation: Conversation): void {
		const { api } = conversation;
		this.shown = { ...this.shown, [api.id]: conversation };
		this.#loaded = new Set(this.#loaded).add(api.id);
		this.remember(conversation);
	}

	#leave(former: Conversation): void {
		const { id, editor, tree } = former;
		if (tree.turns.size === 0 && this.#isUntouched(editor)) {
			this.#page.library.drop(id);
			void this.#page.drafts.drop(id);
			return;
		}
		void this.saveDraft(former);
		const { record } = former;
		if (tree.turns.size > 0 || record === undefined) return;
		this.#page.library.note(record);
		const saved = this.#page.library
			.loadStorage()
			.then((storage) => storage?.saveConversation(record));
		saved.catch(() => this.#page.noteFull());
	}

	/** Whether nobody has written or attached anything. */
	#isUntouched({ written }: Editor): boolean {
		const { text, parts } = written;
		return saysNothing(written) || (text === this.#first.prompt && parts.length === 0);
	}

	#keepRunning(conversation: Conversation): void {
		this.#running.set(conversation.id, conversation);
		this.remember(conversation);
		const end = () => this.#running.delete(conversation.id);
		void conversation.ended.then(end, end);
	}

	#newConversation(api: ApiId, settings = this.#freshSettings(api)): Conversation {
		const conversation = new Conversation(requestApis[api], this.#around);
		conversation.editor.settings = settings;
		conversation.editor.composer = this.#page.ready ? '' : this.#first.prompt;
		conversation.editor.settle();
		return conversation;
	}

	#freshSettings(api: ApiId): RequestSettings {
		return {
			model: requestApis[api].defaultModel(this.#page.keyRing.region),
			stream: true,
			system: newMessage('system', this.#first.system),
			params: {}
		};
	}

	/** Lets drafts that still name a Region's default model follow it to another Region's. */
	moveDefaults(before: string, after: string): void {
		for (const api of apiIds) {
			const { editor } = this.shown[api];
			if (editor.settings.model !== requestApis[api].defaultModel(before)) continue;
			editor.change({ model: requestApis[api].defaultModel(after) });
		}
	}
}
