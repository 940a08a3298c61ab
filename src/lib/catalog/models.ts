import type { ApiId } from '../model/draft.ts';
import { bareModelId, isProfileId } from '../model/model-id.ts';
import type { EndpointKind } from '../model/request.ts';
import list from './models.json' with { type: 'json' };

/** A model as the service's documents describe it on `catalogueDate`; the service's own lists are newer. */
export interface Model {
	name: string;
	provider: string;
	status?: string;
	runtime?: { id: string; apis: string[]; profileOnly?: boolean; profiles?: string[] };
	mantle?: { id: string; apis: string[] };
}

const models = list.models as readonly Model[];

/** The day the catalogue was made, `yyyy-mm-dd`. */
export const catalogueDate: string = list.date;

const names = new Map<string, string>();
for (const { name, runtime, mantle } of models) {
	for (const id of [runtime?.id, mantle?.id, ...(runtime?.profiles ?? [])]) {
		if (id !== undefined) names.set(id, name);
	}
}

/** The name that people call a model by; undefined for one that the catalogue does not know. */
export function modelName(id: string): string | undefined {
	return names.get(id) ?? names.get(bareModelId(id));
}

/** A model id to offer, with its name. */
export interface Suggestion {
	id: string;
	name: string;
}

/** What can be typed as a model for an API in a Region: mantle ids, and on runtime the profile ids that fit the Region. */
export function suggestModels(api: ApiId, region: string): Suggestion[] {
	return models.flatMap(({ name, runtime, mantle }) => {
		const ids = new Set<string>();
		if (mantle?.apis.includes(api)) ids.add(mantle.id);
		if (runtime?.apis.includes(api)) {
			if (!runtime.profileOnly) ids.add(runtime.id);
			for (const id of runtime.profiles ?? []) if (servesRegion(id, region)) ids.add(id);
		}
		return [...ids].map((id) => ({ id, name }));
	});
}

const regionsOfGeography: Record<string, RegExp> = {
	us: /^(us-(east|west)|ca-)/,
	'us-gov': /^us-gov-/,
	eu: /^eu-/,
	apac: /^ap-/,
	jp: /^ap-northeast-/,
	au: /^ap-southeast-(2|4|6)$/,
	in: /^ap-south-/,
	global: /./
};

/** Whether a cross-Region profile can be called from a Region: its geography must be the Region's. */
export function servesRegion(profile: string, region: string): boolean {
	const geography = profile.slice(0, profile.indexOf('.'));
	return regionsOfGeography[geography]?.test(region) ?? false;
}

/** The profiles through which a model can be called from a Region, the nearest geography first. */
export function profilesFor(model: string, region: string): string[] {
	const bare = bareModelId(model);
	const found = models.find(({ runtime }) => runtime?.id === bare);
	const profiles = found?.runtime?.profiles ?? [];
	return profiles
		.filter((id) => servesRegion(id, region))
		.sort((a, b) => Number(a.startsWith('global.')) - Number(b.startsWith('global.')));
}

/**
 * The id of a model on an endpoint, where the catalogue knows it there: `openai.gpt-oss-120b` on mantle is
 * `openai.gpt-oss-120b-1:0` on runtime. On runtime a model that is only called through profiles gives the nearest
 * one of the Region. An id that is right there, or that the catalogue does not know, stays as it is.
 */
export function modelAt(model: string, endpoint: EndpointKind, region: string): string {
	const bare = bareModelId(model);
	const found = models.find((one) => one.runtime?.id === bare || one.mantle?.id === bare);
	if (endpoint === 'mantle') return found?.mantle?.id ?? model;
	if (found?.runtime === undefined || isProfileId(model)) return model;
	const { id, profileOnly } = found.runtime;
	return profileOnly === true ? (profilesFor(id, region)[0] ?? id) : id;
}
