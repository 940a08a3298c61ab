import type { Ability, Conflict } from '../../../model/ability.ts';
import { questionOf, takeModel } from '../../../state/model-choice.ts';
import type { Question } from '../../../state/model-choice.ts';
import type { ListedModel } from '../../../catalog/listed.ts';
import type { Place } from '../../../catalog/serving.ts';
import type { Asked, RegionLists } from '../../../state/model-lists.svelte.ts';
import type { Conversation } from '../../../state/conversation.svelte.ts';
import type { Playground } from '../../../state/playground.svelte.ts';
import { isComposing } from '../../keys.ts';
import { filterGroups, groupsOf, namesModel } from './options.ts';
import type { ModelOption, OptionGroup } from './options.ts';
import { isOption, rowsOf } from './rows.ts';
import type { Row } from './rows.ts';

const none: ReadonlyMap<string, ListedModel> = new Map();
/** Rows that Page Up and Page Down go. */
const page = 8;

/**
 * What the model field looks for and where one is in the list. What is typed is a search until it is taken: by Enter, or
 * by leaving the field where it names a model.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export class Picker {
	isOpen = $state(false);
	/** What was typed since the list was opened; undefined while nothing was, and the whole list is there. */
	typed: string | undefined = $state();
	/** Whether only models of the tab's API are shown. */
	isNarrowed = $state(true);
	ability: Ability | undefined = $state();
	/** What has to be settled before a model is taken. */
	question: Question | undefined = $state.raw();
	/** Key of the row that Enter chooses. */
	active: string | undefined = $state();
	readonly #playground: Playground;
	readonly #conversation: () => Conversation;

	constructor(playground: Playground, conversation: () => Conversation) {
		this.#playground = playground;
		this.#conversation = conversation;
	}

	get conversation(): Conversation {
		return this.#conversation();
	}

	/** The id of the model in use. */
	get model(): string {
		return this.conversation.editor.settings.model;
	}

	get region(): string {
		return this.#playground.keyRing.region;
	}

	/** Who lists the models of the endpoint in use. */
	get asked(): Asked {
		return this.conversation.target.endpoint === 'gateway' ? 'gateway' : 'region';
	}

	/** What was listed; undefined where nobody has asked. */
	get current(): RegionLists | undefined {
		return this.#playground.modelLists?.at(this.asked);
	}

	/** Every model that was listed. */
	get listed(): ReadonlyMap<string, ListedModel> {
		const { modelLists } = this.#playground;
		return (this.asked === 'gateway' ? modelLists?.gatewayModels : modelLists?.models) ?? none;
	}

	/** What a search looks for. */
	readonly text: string = $derived.by(() => (this.typed ?? '').trim());

	readonly groups: readonly OptionGroup[] = $derived.by(() => {
		if (!this.isOpen) return [];
		const { api } = this.conversation;
		return groupsOf({
			...{ api: api.id, region: this.region, fallback: api.defaultModel(this.region) },
			recent: recentOf(this.#playground, this.conversation),
			...{ listed: this.listed, isGateways: this.asked === 'gateway' }
		});
	});

	readonly found: readonly OptionGroup[] = $derived.by(() => {
		const api = this.isNarrowed ? this.conversation.api.id : undefined;
		return filterGroups(this.groups, { text: this.text, api, ability: this.ability });
	});

	/** What only other tabs have of what is searched for. */
	readonly elsewhere: readonly ModelOption[] = $derived.by(() => {
		if (!this.isNarrowed || this.text === '') return [];
		const all = { text: this.text, api: undefined, ability: this.ability };
		const here = new Set(this.found.flatMap(({ options }) => options));
		const options = filterGroups(this.groups, all).flatMap((group) => group.options);
		return options.filter((option) => !here.has(option));
	});

	readonly rows: readonly Row[] = $derived.by(() => {
		const asks = this.text === '' && this.current?.isReading !== true;
		return rowsOf(this.found, this.elsewhere, { typed: this.text, asks });
	});

	/** How many models are shown, and how many there are. */
	readonly count = $derived.by(() => {
		const countOf = (groups: readonly OptionGroup[]) =>
			groups.reduce((sum, { options }) => sum + options.length, 0);
		return { shown: countOf(this.found) + this.elsewhere.length, all: countOf(this.groups) };
	});

	/** Place of the active row among all rows; -1 where none is. */
	readonly activeIndex: number = $derived.by(() =>
		this.rows.findIndex(({ key }) => key === this.active)
	);

	/** Opens the whole list, at the model in use. */
	open(): void {
		if (this.isOpen) return;
		this.isOpen = true;
		this.typed = undefined;
		this.question = undefined;
		this.active = this.rows.some(({ key }) => key === this.model) ? this.model : undefined;
	}

	/** Closes the list and forgets what was typed. */
	close(): void {
		this.isOpen = false;
		this.typed = undefined;
		this.question = undefined;
		this.active = undefined;
	}

	/** Takes up what is typed: the first that fits is what Enter chooses. */
	type(text: string): void {
		this.open();
		this.question = undefined;
		this.typed = text;
		this.#goFirst();
	}

	narrow(change: { isNarrowed?: boolean; ability?: Ability | undefined }): void {
		if (change.isNarrowed !== undefined) this.isNarrowed = change.isNarrowed;
		if ('ability' in change) this.ability = change.ability;
		this.#goFirst();
	}

	/** The field is left: what names a model is taken as it stands, as it would be from any text field. */
	leave(): void {
		if (!this.isOpen) return;
		const { typed, question } = this;
		if (question === undefined && typed !== undefined && namesModel(typed, this.groups))
			takeModel(this.conversation, typed.trim());
		this.close();
	}

	/** Chooses a row. */
	choose(row: Row): void {
		if (row.kind === 'model') this.#ask(row.option);
		if (row.kind === 'typed') this.take(this.text);
		if (row.kind === 'read') void this.read();
	}

	/** Takes a model, whatever speaks against it, and leaves out what was agreed on. */
	take(model: string, leftOut: readonly Conflict[] = []): void {
		if (model !== this.model || leftOut.length > 0) takeModel(this.conversation, model, leftOut);
		this.close();
	}

	/** Goes to where a model can be called: its tab, with the prompt; or stays, with another id. */
	go({ api, model }: Place): void {
		if (api === this.conversation.api.id) return this.take(model);
		this.close();
		this.#playground.tabs.continueOn(api, model);
	}

	/** Reads the lists of the services. */
	async read(): Promise<void> {
		this.active = undefined;
		const lists = await this.#playground.loadModelLists().catch(() => undefined);
		await lists?.read(this.asked);
	}

	/** Does what a key means in the field. Gives whether it meant something here. */
	press(event: KeyboardEvent): boolean {
		if (isComposing(event)) return false;
		const { key } = event;
		if (!this.isOpen) {
			if (key !== 'ArrowDown' && key !== 'ArrowUp') return false;
			this.open();
			if (this.active === undefined) this.#goFirst();
			return true;
		}
		if (key === 'Escape') {
			if (this.question === undefined) this.close();
			else this.question = undefined;
			return true;
		}
		if (this.question !== undefined) return false;
		if (key === 'Enter') return this.#enter(event.metaKey || event.ctrlKey);
		if (event.metaKey || event.ctrlKey || event.shiftKey) return false;
		return this.#move(key);
	}

	#enter(asTyped: boolean): boolean {
		const row = this.rows[this.activeIndex];
		if (asTyped && this.text !== '') this.take(this.text);
		else if (isOption(row)) this.choose(row);
		else if (this.text !== '') this.take(this.text);
		else this.close();
		return true;
	}

	#move(key: string): boolean {
		const options = this.rows.filter(isOption);
		const at = options.findIndex((row) => row.key === this.active);
		const last = options.length - 1;
		const to = {
			ArrowDown: Math.min(at + 1, last),
			ArrowUp: at === -1 ? last : Math.max(at - 1, 0),
			PageDown: Math.min(at + page, last),
			PageUp: Math.max(at - page, 0),
			Home: 0,
			End: last
		}[key];
		if (to === undefined) return false;
		this.active = options[to]?.key;
		return true;
	}

	#goFirst(): void {
		this.active = this.rows.find(isOption)?.key;
	}

	#ask(option: ModelOption): void {
		if (option.blocked !== undefined) return;
		const question = questionOf(this.conversation, option.id, this.region);
		if (question === undefined) this.take(option.id);
		else this.question = question;
	}
}

/** The models of past conversations, those of this tab first. */
function recentOf({ library }: Playground, { api }: Conversation): string[] {
	const used = library.conversations.filter(({ api: one }) => one === api.id);
	return [...new Set(used.map(({ model }) => model))].filter(
		(model) => !/^(fault\.|$)/.test(model)
	);
}
