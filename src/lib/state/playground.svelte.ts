import { requestApis } from '../apis/outgoing.ts';
import { apiIds, newId, newMessage, textOf } from '../model/draft.ts';
import type { ApiId, Draft } from '../model/draft.ts';
import { defaultSettings } from '../model/settings.ts';
import type { Settings } from '../model/settings.ts';
import type { ConversationRecord, RequestSettings } from '../model/turn.ts';
import { saysNothing, unwritten } from '../model/written.ts';
import { isLink } from '../share/hash.ts';
import type { DecodedLink } from '../share/link.ts';
import { openDatabase } from '../storage/database.ts';
import { loadStorage } from '../storage/load.ts';
import { Conversation } from './conversation.svelte.ts';
import type { Connections } from './connections.svelte.ts';
import type { Surroundings } from './conversation.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import type { Editor } from './editor.svelte.ts';
import { KeyRing } from './key-ring.svelte.ts';
import type { FoundGateway, FoundKey } from './key-ring.svelte.ts';
import { Library } from './library.svelte.ts';
import { loadSending } from './load-sending.ts';
import type { ModelLists } from './model-lists.svelte.ts';
import { Parts } from './parts.svelte.ts';
import { Runner } from './runner.ts';
import type { Fetch } from './runner.ts';
import { StoredConversations } from './stored-conversations.ts';
import type { Make } from './stored-conversations.ts';
import { Undo } from './undo.svelte.ts';

/** What is stored of the page itself. */
interface StoredPage {
	settings: Settings;
	/** In which conversation of each API a page was last left with something written: shown where the settings name none. */
	left: Partial<Record<ApiId, string>>;
}

const nothingStored: StoredPage = { settings: defaultSettings, left: {} };

/** The texts that a first visit finds, already written but not sent. */
export interface FirstTexts {
	system: string;
	prompt: string;
}

/**
 * Begins to load what the page needs first, before it is drawn: the browser opens the databases beside that. Nothing that
 * is shown changes by it.
 */
export function beginOpening(): void {
	void openDatabase('records');
	// In a frame there is no key to look for.
	if (window.top === window) void openDatabase('secrets');
	// Whoever needs them asks again, and says what is missing.
	for (const load of [loadStorage, loadSending]) load().catch(() => undefined);
}

/** The whole page: the key, a tab for each API with the conversation in it, the history and the settings. */
export class Playground {
	readonly keyRing = new KeyRing();
	readonly undo = new Undo();
	readonly library = new Library(this.undo);
	readonly drafts = new Drafts(() => this.#noteFull());
	readonly parts = new Parts();
	readonly runner: Runner;
	/** What the services list, once somebody has asked; loaded after the page is. */
	modelLists: ModelLists | undefined = $state.raw();
	/** The conversation that each tab shows. */
	tabs: Readonly<Record<ApiId, Conversation>>;
	settings: Settings = $state.raw(defaultSettings);
	/** The language that the page is drawn in. */
	language = $state(defaultSettings.language);
	/** False in the prerendered page and until what was stored is loaded: nothing is saved or sent before. */
	ready = $state(false);
	/** Shown inside another site: no key is taken and nothing is sent. A header cannot be relied on for that. */
	isFramed = $state(false);
	/** Whether somebody uses the page, or has before: only then is what a Send needs loaded. */
	isInUse = $state(false);
	/** Whether what is stored could not be read: nothing may be written over it. */
	#isUnread = false;
	/** What was last seen of the hosts; loaded after the page is. */
	connections: Connections | undefined = $state.raw();
	/** A link that was opened and not yet answered. */
	link: DecodedLink | undefined = $state.raw();
	readonly #first: FirstTexts;
	readonly #around: Surroundings;
	/** Tabs whose stored conversation is loaded, or that have none. */
	#loaded: ReadonlySet<ApiId> = $state.raw(new Set());
	#left: StoredPage['left'] = {};
	/** Conversations whose run goes on, also while no tab shows them. */
	readonly #running = new Map<string, Conversation>();
	readonly #stored: StoredConversations;
	/** Counts what was opened: only the last one is shown. */
	#openings = 0;

	constructor(loadSimulator: () => Promise<Fetch>, first: FirstTexts) {
		const { keyRing, undo, library, parts } = this;
		this.#first = first;
		const openedAt = Date.now();
		this.#stored = new StoredConversations(library, openedAt, this.#make);
		this.runner = new Runner(keyRing, loadSimulator);
		this.runner.onfull = () => this.#noteFull();
		keyRing.onforgotten = (id) => {
			this.runner.stopWithKey(id);
			this.modelLists?.forget(id);
		};
		this.#around = {
			...{ keyRing, undo, parts, runner: this.runner, openedAt },
			isReady: () => this.ready && !parts.isOutOfReach,
			onrecord: (record) => library.note(record),
			onempty: (id) => library.drop(id),
			onrun: (conversation) => this.#keepRunning(conversation),
			onfull: () => this.#noteFull()
		};
		this.tabs = $state.raw(
			Object.fromEntries(apiIds.map((api) => [api, this.#newConversation(api)])) as Record<
				ApiId,
				Conversation
			>
		);
	}

	/** The conversation of the tab that is open. */
	get current(): Conversation {
		return this.tabs[this.settings.api];
	}

	/** Whether what a tab shows is what was stored: nothing of it is saved or sent before. */
	isLoaded(api: ApiId): boolean {
		return this.ready && this.#loaded.has(api);
	}

	/**
	 * Loads what was stored and begins to watch. `onkeys` is called once, as soon as the keys are there, with the base
	 * addresses of gateways. A visit that finds nothing stored waits for `used` before it loads what a Send needs. Returns
	 * what ends the watching.
	 */
	async open(
		onkeys: (gateways: string[]) => void = () => undefined,
		used: Promise<void> = Promise.resolve()
	): Promise<() => void> {
		this.isFramed = window.top !== window;
		this.runner.isHalted = this.isFramed;
		const sending = this.parts.loadSending();
		const { isEmpty } = await openDatabase('records');
		const [{ settings, left }, close] = await Promise.all([
			// Where nothing is stored, nothing waits for what reads it.
			isEmpty ? nothingStored : this.#readPage(),
			// In a frame, of this site or another, there is no key to see, to use or to forget.
			this.isFramed ? () => undefined : this.keyRing.open(),
			isEmpty ? undefined : sending
		]);
		this.#left = left;
		const { gateway } = this.keyRing;
		onkeys(gateway === undefined ? [] : [gateway.base]);
		this.settings = settings;
		if (settings.language !== this.language) await this.setLanguage(settings.language);
		await this.#restore(settings.api);
		await this.openHash(location.hash);
		this.ready = true;
		void this.#loadLater(used);
		return close;
	}

	/** Reads what is stored of the page itself. */
	async #readPage(): Promise<StoredPage> {
		const storage = await this.library.loadStorage();
		if (storage === undefined) {
			this.#isUnread = true;
			this.parts.isOutOfReach = true;
			return nothingStored;
		}
		const [settings, left] = await Promise.all([storage.loadSettings(), storage.lastLeft()]);
		return { settings, left };
	}

	/** Reads a shared link; it is shown, and nothing is sent. Other hashes are none of ours. */
	async openHash(hash: string): Promise<void> {
		if (!isLink(hash)) return;
		const opening = ++this.#openings;
		// The link's text would stay in the browser's history.
		history.replaceState(history.state, '', '#');
		// What is being written gives way to the preview: it is stored before.
		const { current } = this;
		if (this.settings.open[current.api.id] === current.id) await this.saveDraft(current);
		const link = await this.#decode(hash);
		// Something else was opened meanwhile.
		if (opening === this.#openings) this.link = link;
	}

	async #decode(hash: string): Promise<DecodedLink> {
		try {
			const { decodeLink } = await import('../share/link.ts');
			return await decodeLink(hash);
		} catch {
			// What reads links is out of reach; decoding itself never throws.
			return { ok: false, code: 'not-loaded' };
		}
	}

	/** Makes the shared request a conversation of its own in its tab. */
	openShared(): void {
		if (!this.link?.ok) return;
		const { api, draft } = this.link;
		this.link = undefined;
		this.#show(this.#fromDraft(api, draft));
		this.change({ api });
	}

	/** Shows a conversation of the list in its tab, at the branch of `turn` where one is given. */
	async openConversation({ id, api }: ConversationRecord, turn?: string): Promise<void> {
		const opening = ++this.#openings;
		const known =
			this.#running.get(id) ?? apiIds.map((one) => this.tabs[one]).find((one) => one.id === id);
		const conversation = known ?? (await this.#stored.load(api, id));
		// Something else was opened meanwhile.
		if (conversation === undefined || opening !== this.#openings) return;
		if (turn !== undefined) conversation.show(turn);
		this.#show(conversation);
		this.change({ api });
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
		const there = this.tabs[api];
		const isFree =
			this.isLoaded(api) && there.tree.turns.size === 0 && this.#isUntouched(there.editor);
		const next = isFree ? there : this.#newConversation(api, there.editor.settings);
		this.#show(next);
		this.change({ api });
		return next;
	}

	/** Clears the open tab, what is being written too; for a while one click brings it back. */
	clear(): void {
		const former = this.current;
		const { written } = former.editor;
		const next = this.startAnew();
		next.editor.write(unwritten);
		this.undo.offer({
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
		const tab = this.tabs[record.api];
		const shown = tab.id === record.id ? tab : undefined;
		const conversation = this.#running.get(record.id) ?? shown;
		conversation?.leave();
		if (shown !== undefined) this.#put(this.#newConversation(record.api, shown.editor.settings));
		this.library.delete(record, conversation?.ended ?? Promise.resolve(), () => {
			if (shown !== undefined) this.#show(shown);
		});
	}

	/** Takes a key into use; drafts that still name the default model follow it to its Region. */
	async useKey(found: FoundKey, keep: 'until-expiry' | 'tab'): Promise<void> {
		if (this.isFramed) return;
		const before = this.keyRing.region;
		await this.#keep((isHeld) => this.keyRing.use(found, isHeld ? 'tab' : keep));
		this.#moveDefaults(before, found.region);
	}

	/** Takes a gateway into use; a framed page takes none. */
	async useGateway(found: FoundGateway, memoryOnly: boolean): Promise<void> {
		if (this.isFramed) return;
		await this.#keep((isHeld) => this.keyRing.useGateway(found, isHeld || memoryOnly));
	}

	/** Takes a key into use by `use`; one that the browser has no room for is held by this tab. */
	#keep(use: (isHeld: boolean) => Promise<void>): Promise<void> {
		return use(false).catch(() => {
			this.#noteFull();
			return use(true);
		});
	}

	/** Chooses the Region of the demo. */
	setDemoRegion(region: string): void {
		const before = this.keyRing.region;
		this.keyRing.demoRegion = region;
		this.#moveDefaults(before, region);
	}

	change(change: Partial<Settings>): void {
		this.settings = { ...this.settings, ...change };
		if (this.#isUnread) return;
		const { settings } = this;
		loadStorage()
			.then(({ saveSettings }) => saveSettings(settings))
			// A setting that the browser has no room for lasts as long as the page.
			.catch(() => this.#noteFull());
	}

	/** Draws the page in another language; where its words are out of reach it stays as it is. */
	async setLanguage(id: string): Promise<void> {
		const language = await import('../text/language.ts')
			.then(({ setLanguage }) => setLanguage(id))
			.catch(() => undefined);
		if (language === undefined) return;
		this.language = language;
		if (id !== this.settings.language) this.change({ language: id });
	}

	/** Stores the drafts, and what runs have come to, as the page goes away. */
	save(): void {
		if (!this.ready) return;
		// The open tab first: it may hold what is not stored yet, and a page that goes has little time.
		const shown = this.settings.api;
		const apis = [shown, ...apiIds.filter((one) => one !== shown)];
		this.drafts.leave(apis.filter((api) => this.isLoaded(api)).map((api) => this.tabs[api]));
		this.runner.saveRunning();
	}

	/**
	 * Empties all that this browser holds of the page: keys, conversations, drafts, settings. Runs are stopped first. The
	 * page stores nothing from then on and has to be opened anew. Rejects where the browser does not let it.
	 */
	async forgetEverything(): Promise<void> {
		this.ready = false;
		try {
			const running = [...this.#running.values()];
			for (const conversation of running) conversation.leave();
			await Promise.allSettled(running.map(({ ended }) => ended));
			const { eraseEverything } = await import('../storage/erase.ts');
			await eraseEverything();
		} catch (error) {
			this.ready = true;
			throw error;
		}
	}

	/** Stores what is being written in a conversation, and that its tab shows it. */
	async saveDraft(conversation: Conversation): Promise<void> {
		this.remember(conversation);
		await this.drafts.save(conversation);
	}

	/** Notes that a tab shows a conversation, to show it again when the page is opened again. */
	remember({ id, api }: Conversation): void {
		const { open } = this.settings;
		if (this.tabs[api.id].id !== id || open[api.id] === id) return;
		this.change({ open: { ...open, [api.id]: id } });
	}

	/** The lists of the services, none of them read before somebody asks. Rejects where what holds them is out of reach. */
	async loadModelLists(): Promise<ModelLists> {
		const { ModelLists } = await import('./model-lists.svelte.ts');
		return (this.modelLists ??= new ModelLists(this.keyRing, this.runner));
	}

	/** What the first paint does not need; without it names and suggestions are missing, and no more. */
	async #loadLater(used: Promise<void>): Promise<void> {
		const [connections] = await Promise.allSettled([
			import('./connections.svelte.ts'),
			this.parts.loadCatalogue(),
			this.library.load(Date.now()),
			this.#noteOlder(),
			this.parts.loadChaining(),
			...apiIds.map((api) => this.#restore(api))
		]);
		if (connections.status === 'fulfilled') {
			this.connections = new connections.value.Connections(this.keyRing);
		}
		void this.#loadForUse(used);
		await this.#stored.endLeftBehind((id) => this.#running.has(id));
	}

	/** What a Send needs, and what is said before it. */
	async #loadForUse(used: Promise<void>): Promise<void> {
		const { record, gateway } = this.keyRing;
		const isFirstVisit =
			(record ?? gateway ?? this.link) === undefined && this.library.conversations.length === 0;
		if (isFirstVisit) await used;
		this.isInUse = true;
		await this.runner.prepare();
		await this.parts.loadRules();
	}

	async #noteOlder(): Promise<void> {
		const { noteOlderVersion } = await import('../storage/older.ts');
		this.library.olderVersion = await noteOlderVersion();
	}

	/** Shows in a tab what it showed last. */
	async #restore(api: ApiId): Promise<void> {
		if (this.#isUnread || this.#loaded.has(api)) return;
		const fresh = this.tabs[api];
		const id = this.settings.open[api] ?? this.#left[api];
		const stored = id === undefined ? undefined : await this.#stored.load(api, id);
		// Something else may be shown there by now.
		if (stored !== undefined && this.tabs[api] === fresh)
			this.tabs = { ...this.tabs, [api]: stored };
		this.#loaded = new Set(this.#loaded).add(api);
	}

	readonly #make: Make = async (api, stored, draft) => {
		if (requestApis[api].chains && 'record' in stored) await this.parts.loadChaining();
		const conversation = new Conversation(requestApis[api], this.#around, stored);
		conversation.editor.settings = this.#freshSettings(api);
		if (draft !== undefined) await this.drafts.restoreAll(conversation, draft);
		void this.drafts.findLeft(conversation);
		void conversation.sender?.resume();
		return conversation;
	};

	/** Puts a conversation into its tab; what is being written in the one before stays with that one. */
	#show(conversation: Conversation): void {
		const former = this.tabs[conversation.api.id];
		if (former === conversation) return;
		if (this.isLoaded(conversation.api.id)) this.#leave(former);
		this.#put(conversation);
	}

	#put(conversation: Conversation): void {
		const { api } = conversation;
		this.tabs = { ...this.tabs, [api.id]: conversation };
		this.#loaded = new Set(this.#loaded).add(api.id);
		this.remember(conversation);
	}

	#leave(former: Conversation): void {
		const { id, editor, tree } = former;
		if (tree.turns.size === 0 && this.#isUntouched(editor)) {
			this.library.drop(id);
			void this.drafts.drop(id);
			return;
		}
		void this.saveDraft(former);
		const { record } = former;
		if (tree.turns.size > 0 || record === undefined) return;
		this.library.note(record);
		const saved = this.library.loadStorage().then((storage) => storage?.saveConversation(record));
		saved.catch(() => this.#noteFull());
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
		conversation.editor.composer = this.ready ? '' : this.#first.prompt;
		conversation.editor.settle();
		return conversation;
	}

	/** A request from elsewhere as a conversation; its messages get ids of their own. */
	#fromDraft(api: ApiId, { messages, chain: _, ...settings }: Draft): Conversation {
		const conversation = this.#newConversation(api, settings);
		conversation.tree.appendAll(messages.map((message) => ({ ...message, id: newId() })));
		return conversation;
	}

	#freshSettings(api: ApiId): RequestSettings {
		return {
			model: requestApis[api].defaultModel(this.keyRing.region),
			stream: true,
			system: newMessage('system', this.#first.system),
			params: {}
		};
	}

	#moveDefaults(before: string, after: string): void {
		for (const api of apiIds) {
			const { editor } = this.tabs[api];
			if (editor.settings.model !== requestApis[api].defaultModel(before)) continue;
			editor.change({ model: requestApis[api].defaultModel(after) });
		}
	}

	#noteFull(): void {
		this.library.isKept = false;
	}
}
