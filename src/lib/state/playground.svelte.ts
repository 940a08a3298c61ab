import { apiIds } from '../model/draft.ts';
import { defaultSettings } from '../model/settings.ts';
import type { Settings } from '../model/settings.ts';
import { isLink } from '../share/hash.ts';
import type { DecodedLink } from '../share/link.ts';
import { openDatabase } from '../storage/database.ts';
import { loadStorage } from '../storage/load.ts';
import type { Connections } from './connections.svelte.ts';
import { Drafts } from './drafts.svelte.ts';
import { KeyRing } from './key-ring.svelte.ts';
import type { FoundGateway, FoundKey } from './key-ring.svelte.ts';
import { Library } from './library.svelte.ts';
import { loadSending } from './load-sending.ts';
import type { ModelLists } from './model-lists.svelte.ts';
import { Parts } from './parts.svelte.ts';
import { Runner } from './runner.ts';
import type { Fetch } from './runner.ts';
import { Tabs } from './tabs.svelte.ts';
import type { FirstTexts, TabbedPage } from './tabs.svelte.ts';
import { Undo } from './undo.svelte.ts';

/** What is stored of the page itself. */
interface StoredPage {
	settings: Settings;
	left: Tabs['left'];
}

const nothingStored: StoredPage = { settings: defaultSettings, left: {} };

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
export class Playground implements TabbedPage {
	readonly keyRing = new KeyRing();
	readonly undo = new Undo();
	readonly library = new Library(this.undo);
	readonly drafts = new Drafts(() => this.noteFull());
	readonly parts = new Parts();
	readonly runner: Runner;
	/** What the services list, once somebody has asked; loaded after the page is. */
	modelLists: ModelLists | undefined = $state.raw();
	readonly tabs: Tabs;
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
	isUnread = false;
	/** What was last seen of the hosts; loaded after the page is. */
	connections: Connections | undefined = $state.raw();
	/** A link that was opened and not yet answered. */
	link: DecodedLink | undefined = $state.raw();

	constructor(loadSimulator: () => Promise<Fetch>, first: FirstTexts) {
		const { keyRing } = this;
		this.runner = new Runner(keyRing, loadSimulator);
		this.runner.onfull = () => this.noteFull();
		keyRing.onforgotten = (id) => {
			this.runner.stopWithKey(id);
			this.modelLists?.forget(id);
		};
		this.tabs = new Tabs(this, first);
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
		this.tabs.left = left;
		const { gateway } = this.keyRing;
		onkeys(gateway === undefined ? [] : [gateway.base]);
		this.settings = settings;
		if (settings.language !== this.language) await this.setLanguage(settings.language);
		await this.tabs.restore(settings.api);
		await this.openHash(location.hash);
		this.ready = true;
		void this.#loadLater(used);
		return close;
	}

	/** Reads what is stored of the page itself. */
	async #readPage(): Promise<StoredPage> {
		const storage = await this.library.loadStorage();
		if (storage === undefined) {
			this.isUnread = true;
			this.parts.isOutOfReach = true;
			return nothingStored;
		}
		const [settings, left] = await Promise.all([storage.loadSettings(), storage.lastLeft()]);
		return { settings, left };
	}

	/** Reads a shared link; it is shown, and nothing is sent. Other hashes are none of ours. */
	async openHash(hash: string): Promise<void> {
		if (!isLink(hash)) return;
		const isLast = this.tabs.beginOpening();
		// The link's text would stay in the browser's history.
		history.replaceState(history.state, '', '#');
		// What is being written gives way to the preview: it is stored before.
		const { current } = this.tabs;
		if (this.settings.open[current.api.id] === current.id) await this.tabs.saveDraft(current);
		const link = await this.#decode(hash);
		// Something else was opened meanwhile.
		if (isLast()) this.link = link;
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
		this.tabs.openDraft(api, draft);
	}

	/** Takes a key into use; drafts that still name the default model follow it to its Region. */
	async useKey(found: FoundKey, keep: 'until-expiry' | 'tab'): Promise<void> {
		if (this.isFramed) return;
		const before = this.keyRing.region;
		await this.#keep((isHeld) => this.keyRing.use(found, isHeld ? 'tab' : keep));
		this.tabs.moveDefaults(before, found.region);
	}

	/** Takes a gateway into use; a framed page takes none. */
	async useGateway(found: FoundGateway, memoryOnly: boolean): Promise<void> {
		if (this.isFramed) return;
		await this.#keep((isHeld) => this.keyRing.useGateway(found, isHeld || memoryOnly));
	}

	/** Takes a key into use by `use`; one that the browser has no room for is held by this tab. */
	#keep(use: (isHeld: boolean) => Promise<void>): Promise<void> {
		return use(false).catch(() => {
			this.noteFull();
			return use(true);
		});
	}

	/** Chooses the Region of the demo. */
	setDemoRegion(region: string): void {
		const before = this.keyRing.region;
		this.keyRing.demoRegion = region;
		this.tabs.moveDefaults(before, region);
	}

	change(change: Partial<Settings>): void {
		this.settings = { ...this.settings, ...change };
		if (this.isUnread) return;
		const { settings } = this;
		loadStorage()
			.then(({ saveSettings }) => saveSettings(settings))
			// A setting that the browser has no room for lasts as long as the page.
			.catch(() => this.noteFull());
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
		// The open tab comes first: it may hold what is not stored yet, and a page that goes has little time.
		this.drafts.leave(this.tabs.loaded);
		this.runner.saveRunning();
	}

	/**
	 * Empties all that this browser holds of the page: keys, conversations, drafts, settings. Runs are stopped first. The
	 * page stores nothing from then on and has to be opened anew. Rejects where the browser does not let it.
	 */
	async forgetEverything(): Promise<void> {
		this.ready = false;
		try {
			await this.tabs.stopRunning();
			const { eraseEverything } = await import('../storage/erase.ts');
			await eraseEverything();
		} catch (error) {
			this.ready = true;
			throw error;
		}
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
			...apiIds.map((api) => this.tabs.restore(api))
		]);
		if (connections.status === 'fulfilled') {
			this.connections = new connections.value.Connections(this.keyRing);
		}
		void this.#loadForUse(used);
		await this.tabs.endLeftBehind();
		await this.library.keepRoom();
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

	/** Notes that the browser has no room for what the page wants to store. */
	noteFull(): void {
		this.library.isKept = false;
	}
}
