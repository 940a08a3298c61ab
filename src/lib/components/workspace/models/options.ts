import { hasAbility } from '../../../catalog/abilities.ts';
import type { ListedModel } from '../../../catalog/listed.ts';
import { findModel, suggestModels } from '../../../catalog/models.ts';
import type { Model } from '../../../catalog/models.ts';
import { isApplicationProfile } from '../../../catalog/serving.ts';
import type { Ability } from '../../../model/ability.ts';
import { apiIds } from '../../../model/draft.ts';
import type { ApiId } from '../../../model/draft.ts';
import { bareModelId } from '../../../model/model-id.ts';

/** A model id that can be chosen, and what is known of it. */
export interface ModelOption {
	id: string;
	name: string | undefined;
	/** What the catalogue knows; undefined for a model that only a service's list has. */
	model: Model | undefined;
	/** What a live list says of it. */
	listed: ListedModel | undefined;
	/** The APIs of the page that have it, as far as is known. */
	apis: readonly ApiId[];
	/** Why no API of the page can call it. */
	blocked?: 'no-text' | 'messages-only' | 'profile-only' | 'unavailable';
	/** Lower case: what a search looks in. */
	haystack: string;
}

export type GroupId = 'recent' | 'suggested' | 'all' | 'service';

export interface OptionGroup {
	id: GroupId;
	options: readonly ModelOption[];
}

/** What the options are made of. */
export interface Sources {
	api: ApiId;
	region: string;
	/** Ids that were used last, the newest first. */
	recent: readonly string[];
	/** The model that the tab begins with. */
	fallback: string;
	/** A gateway is in use: the catalogue, which is of Bedrock's own endpoints, has nothing to offer. */
	isGateways?: boolean;
	/** What the services list; empty where nobody has asked. */
	listed: ReadonlyMap<string, ListedModel>;
}

const most = { recent: 5, suggested: 6 };

/** Every option once, in the first group that it belongs to. Ids of the catalogue come with all APIs that have them. */
export function groupsOf(sources: Sources): OptionGroup[] {
	const { api, region, recent, listed } = sources;
	const apisOf = new Map<string, ApiId[]>();
	for (const one of sources.isGateways ? [] : apiIds) {
		for (const { id } of suggestModels(one, region)) {
			apisOf.set(id, [...(apisOf.get(id) ?? []), one]);
		}
	}
	const made = new Set<string>();
	const make = (ids: Iterable<string>): ModelOption[] =>
		[...ids].flatMap((id) => {
			if (id === '' || made.has(id)) return [];
			made.add(id);
			return [newOption(id, apisOf.get(id), listed.get(id))];
		});
	const suggested = suggestedOf(
		sources,
		[...apisOf].filter(([, apis]) => apis.includes(api))
	);
	return [
		{ id: 'recent', options: make(recent.slice(0, most.recent)) },
		{ id: 'suggested', options: make(suggested) },
		{ id: 'all', options: make(apisOf.keys()) },
		{ id: 'service', options: make(fromService(listed)) }
	];
}

/** One model of each maker, the newest, by its first id; the model that the tab begins with is the first. */
function suggestedOf({ fallback }: Sources, offered: readonly [string, ApiId[]][]): string[] {
	const makers = new Map<string, string>();
	for (const id of offered.length === 0 ? [] : [fallback, ...offered.map(([one]) => one)]) {
		const model = findModel(id);
		if (model === undefined || model.status !== undefined) continue;
		if (!makers.has(model.provider)) makers.set(model.provider, id);
	}
	return [...makers.values()].slice(0, most.suggested);
}

/** What only a list has: a model that is called through a profile stands there as its profiles. */
function fromService(listed: ReadonlyMap<string, ListedModel>): string[] {
	const profiled = new Set(
		[...listed.values()]
			.filter(({ kind }) => kind === 'system-profile')
			.map(({ id }) => bareModelId(id))
	);
	const rank = ({ kind }: ListedModel) => (kind === 'application-profile' ? 0 : 1);
	return [...listed.values()]
		.filter(({ id, profileOnly }) => {
			return profileOnly !== true || (!profiled.has(id) && findModel(id) === undefined);
		})
		.toSorted((a, b) => rank(a) - rank(b))
		.map(({ id }) => id);
}

function newOption(
	id: string,
	known: readonly ApiId[] | undefined,
	listed: ListedModel | undefined
): ModelOption {
	const model = findModel(id);
	const apis = known ?? guessApis(id, listed);
	const blocked = blockedBy(id, listed);
	const name = listed?.kind === 'application-profile' ? listed.name : (model?.name ?? listed?.name);
	const provider = model?.provider ?? listed?.provider ?? '';
	return {
		...{ id, name, model, listed, apis: blocked === undefined ? apis : [] },
		...(blocked !== undefined && { blocked }),
		haystack: `${name ?? ''} ${id} ${provider} ${listed?.description ?? ''}`.toLowerCase()
	};
}

/** The APIs of an id that the catalogue does not have, by the list that it comes from. A list does not say them. */
function guessApis(id: string, listed: ListedModel | undefined): readonly ApiId[] {
	if (isApplicationProfile(id))
		return listed?.from === 'gateway' ? ['chat-completions'] : ['converse'];
	if (listed?.from === 'mantle') return ['chat-completions', 'responses'];
	if (listed?.from === 'gateway') return ['chat-completions'];
	return listed === undefined ? apiIds : ['converse', 'chat-completions'];
}

function blockedBy(id: string, listed: ListedModel | undefined): ModelOption['blocked'] {
	if (listed === undefined) return undefined;
	if (listed.makesText === false) return 'no-text';
	if (listed.status === 'unavailable') return 'unavailable';
	if (listed.profileOnly === true) return 'profile-only';
	return listed.from === 'mantle' && id.startsWith('anthropic.') ? 'messages-only' : undefined;
}

/** What is looked for. */
export interface Wanted {
	/** Words that all stand in the name, the id or the maker; '' wants everything. */
	text: string;
	/** Only what this API has; undefined: whatever any has. */
	api: ApiId | undefined;
	/** Only what is known to have it. */
	ability: Ability | undefined;
}

/** The groups with what fits; groups without any are left out. What has the very id stands first in its group. */
export function filterGroups(groups: readonly OptionGroup[], wanted: Wanted): OptionGroup[] {
	const words = wordsOf(wanted.text);
	const fits = ({ haystack, apis, blocked, model, listed }: ModelOption): boolean => {
		const { api, ability } = wanted;
		if (!words.every((word) => haystack.includes(word))) return false;
		// What no API can call is found by its name, so that the page can say why.
		if (blocked !== undefined && words.length === 0) return false;
		if (api !== undefined && blocked === undefined && !apis.includes(api)) return false;
		if (ability === undefined) return true;
		if (model !== undefined) return hasAbility(model, ability) === true;
		return listed?.input?.some((one) => one === ability) === true;
	};
	const exact = wanted.text.trim().toLowerCase();
	return groups.flatMap(({ id, options }) => {
		const found = options.filter(fits);
		const rank = (option: ModelOption) => Number(option.id.toLowerCase() !== exact);
		if (exact !== '') found.sort((a, b) => rank(a) - rank(b));
		return found.length === 0 ? [] : [{ id, options: found }];
	});
}

/** The words of a search, in lower case. */
export function wordsOf(text: string): string[] {
	return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Whether what was typed, and then left, names a model: an id that the options have, with or without a geography, or
 * one that none of them has. A part of names was a search that came to nothing.
 */
export function namesModel(typed: string, groups: readonly OptionGroup[]): boolean {
	const text = typed.trim();
	if (text === '' || /\s/.test(text)) return false;
	if (findModel(text) !== undefined) return true;
	const options = groups.flatMap((group) => group.options);
	if (options.some(({ id }) => id === text || bareModelId(id) === text)) return true;
	return !options.some(({ haystack }) => haystack.includes(text.toLowerCase()));
}
