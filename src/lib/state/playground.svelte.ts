import { apis } from '../apis/index.ts';
import { defaultModel } from '../catalog/defaults.ts';
import { newMessage } from '../model/draft.ts';
import type { ApiId, Draft } from '../model/draft.ts';
import type { RunSummary } from '../model/run.ts';
import { decodeLink, isLink } from '../share/link.ts';
import type { DecodedLink } from '../share/link.ts';
import { loadDraft, saveDrafts } from '../storage/drafts.ts';
import { loadRun } from '../storage/runs.ts';
import { defaultSettings, loadSettings, saveSettings } from '../storage/settings.ts';
import type { Settings } from '../storage/settings.ts';
import { Conversation } from './conversation.svelte.ts';
import { KeyRing } from './key-ring.svelte.ts';
import type { FoundKey } from './key-ring.svelte.ts';
import { RunHistory } from './run-history.svelte.ts';
import { Runner } from './runner.ts';
import type { Fetch } from './runner.ts';

const apiIds = Object.keys(apis) as ApiId[];

/** Names, suggestions and profiles of models. */
export type Catalogue = typeof import('../catalog/models.ts');

/** The texts that a first visit finds, already written but not sent. */
export interface FirstTexts {
	system: string;
	prompt: string;
}

/** The whole page: the key, a conversation for each API, the history and the settings. */
export class Playground {
	readonly keyRing = new KeyRing();
	readonly runner: Runner;
	readonly history = new RunHistory();
	readonly conversations: Readonly<Record<ApiId, Conversation>>;
	settings: Settings = $state.raw(defaultSettings);
	/** False in the prerendered page and until what was stored is loaded: nothing is saved or sent before. */
	ready = $state(false);
	/** Shown inside another site: no key is taken and nothing is sent. A header cannot be relied on for that. */
	isFramed = $state(false);
	/** What is known about models; loaded after the page is. */
	catalogue: Catalogue | undefined = $state.raw();
	/** A link that was opened and not yet answered. */
	link: DecodedLink | undefined = $state.raw();

	constructor(loadSimulator: () => Promise<Fetch>, first: FirstTexts) {
		this.runner = new Runner(this.keyRing, loadSimulator);
		const { keyRing, runner } = this;
		this.conversations = Object.fromEntries(
			apiIds.map((id) => {
				const seed = { draft: freshDraft(id, keyRing.region, first), composer: first.prompt };
				return [id, new Conversation(apis[id], keyRing, runner, seed)];
			})
		) as Record<ApiId, Conversation>;
		runner.onsave = (run, isKept) => this.history.note(run, isKept);
	}

	/** The conversation of the tab that is open. */
	get current(): Conversation {
		return this.conversations[this.settings.api];
	}

	/** Loads what was stored and begins to watch. Returns what ends the watching. */
	async open(): Promise<() => void> {
		this.isFramed = window.top !== window;
		this.runner.isHalted = this.isFramed;
		const [settings, close] = await Promise.all([loadSettings(), this.keyRing.open()]);
		this.settings = settings;
		await Promise.all([this.history.load(), ...apiIds.map((id) => this.#restore(id))]);
		await this.openHash(location.hash);
		this.ready = true;
		void this.#loadLater();
		return close;
	}

	/** Reads a shared link; it is shown, and nothing is sent. Other hashes are none of ours. */
	async openHash(hash: string): Promise<void> {
		if (!isLink(hash)) return;
		// The link's text would stay in the browser's history.
		history.replaceState(history.state, '', '#');
		this.link = await decodeLink(hash);
	}

	/** Makes the shared request the draft of its tab. */
	openShared(): void {
		if (!this.link?.ok) return;
		const { api, draft } = this.link;
		this.conversations[api].openDraft(draft);
		this.change({ api });
		this.link = undefined;
	}

	/** Shows a stored run in its tab. */
	async openRun(row: RunSummary): Promise<void> {
		const run = await loadRun(row.id);
		if (run === undefined) return;
		await this.conversations[run.api].openRun(run);
		this.change({ api: run.api });
	}

	/** Takes a key into use; drafts that still name the default model follow it to its Region. */
	async useKey(found: FoundKey, keep: 'until-expiry' | 'tab'): Promise<void> {
		const before = this.keyRing.region;
		await this.keyRing.use(found, keep);
		this.#moveDefaults(before, found.region);
	}

	/** Chooses the Region of the demo. */
	setDemoRegion(region: string): void {
		const before = this.keyRing.region;
		this.keyRing.demoRegion = region;
		this.#moveDefaults(before, region);
	}

	change(change: Partial<Settings>): void {
		this.settings = { ...this.settings, ...change };
		// A setting that the browser has no room for lasts as long as the page.
		saveSettings(this.settings).catch(() => (this.history.isKept = false));
	}

	/** Stores the drafts, and what runs have come to. */
	save(): void {
		if (!this.ready) return;
		void this.saveDrafts(apiIds);
		this.runner.saveRunning();
	}

	/** Stores the drafts of some tabs. */
	async saveDrafts(apis: readonly ApiId[]): Promise<void> {
		const records = apis.map((api) => ({ v: 1, api, ...this.conversations[api].kept }) as const);
		await saveDrafts(records).catch(() => (this.history.isKept = false));
	}

	/** What the first paint does not need; without it names and suggestions are missing, and no more. */
	async #loadLater(): Promise<void> {
		const loaded = await Promise.allSettled([
			import('../catalog/models.ts'),
			import('../http/execute.ts')
		]);
		if (loaded[0].status === 'fulfilled') this.catalogue = loaded[0].value;
	}

	async #restore(api: ApiId): Promise<void> {
		const kept = await loadDraft(api);
		if (kept !== undefined) await this.conversations[api].restore(kept);
	}

	#moveDefaults(before: string, after: string): void {
		for (const id of apiIds) {
			const conversation = this.conversations[id];
			if (conversation.draft.model !== defaultModel(id, before)) continue;
			conversation.change({ model: defaultModel(id, after) });
		}
	}
}

function freshDraft(api: ApiId, region: string, { system }: FirstTexts): Draft {
	return {
		model: defaultModel(api, region),
		stream: true,
		system: newMessage('system', system),
		messages: [],
		params: {}
	};
}
