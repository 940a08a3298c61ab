import type { ApiId, FileType } from '../model/draft.ts';
import { bareModelId, isProfileId } from '../model/model-id.ts';
import type { EndpointKind } from '../model/request.ts';
import { mantleRegions } from './targets.ts';
import list from './models.json' with { type: 'json' };

/** A model as the service's documents describe it on `catalogueDate`; the service's own lists are newer. */
export interface Model {
	name: string;
	provider: string;
	/** `gated`: only for accounts that were let in; `legacy`: on its way out. */
	status?: 'gated' | 'legacy';
	/** What it takes. `document` is listed where a page says so, so a model without it may take documents too. */
	input: readonly ('text' | FileType)[];
	/** Absent where no page says it. */
	tools?: boolean;
	reasoning?: boolean;
	/** Absent: it streams. */
	streaming?: false;
	runtime?: { id: string; apis: string[]; profileOnly?: boolean; profiles?: string[] };
	/** The id is null where nobody outside has been told it. */
	mantle?: { id: string | null; apis: string[] };
}

/** Every model that has one of the APIs of this page. */
export const models = list.models as readonly Model[];

/** The day the catalogue was made, `yyyy-mm-dd`. */
export const catalogueDate: string = list.date;

const byId = new Map<string, Model>();
for (const model of models) {
	const { runtime, mantle } = model;
	for (const id of [runtime?.id, mantle?.id, ...(runtime?.profiles ?? [])]) {
		if (id !== undefined && id !== null) byId.set(id, model);
	}
}

/**
 * What is known of a model, by its id on an endpoint, the id of a profile, or the ARN of a model or system profile;
 * undefined for one that the catalogue does not know.
 */
export function findModel(id: string): Model | undefined {
	const arn = /^arn:[^/]+:(?:foundation-model|inference-profile)\/(.+)$/.exec(id);
	const name = arn?.[1] ?? id;
	return byId.get(name) ?? byId.get(bareModelId(name));
}

/** The name that people call a model by; undefined for one that the catalogue does not know. */
export function modelName(id: string): string | undefined {
	return findModel(id)?.name;
}

/** A model id to offer, with its name. */
export interface Suggestion {
	id: string;
	name: string;
}

/** What can be typed as a model for an API in a Region: mantle ids, and on runtime the profile ids that fit the Region. */
export function suggestModels(api: ApiId, region: string): Suggestion[] {
	const hasMantle = mantleRegions.includes(region);
	return models.flatMap(({ name, runtime, mantle }) => {
		const ids = new Set<string>();
		if (mantle?.apis.includes(api) && mantle.id !== null && hasMantle) ids.add(mantle.id);
		if (runtime?.apis.includes(api)) {
			if (!runtime.profileOnly) ids.add(runtime.id);
			for (const id of runtime.profiles ?? []) if (servesRegion(id, region)) ids.add(id);
		}
		return [...ids].map((id) => ({ id, name }));
	});
}

/**
 * The endpoints of a Region on which an API has a model; undefined for a model that the catalogue does not know.
 */
export function endpointsOf(model: string, api: ApiId, region: string): EndpointKind[] | undefined {
	const found = findModel(model);
	if (found === undefined) return undefined;
	const endpoints: EndpointKind[] = [];
	if (found.mantle?.apis.includes(api) === true && mantleRegions.includes(region))
		endpoints.push('mantle');
	if (found.runtime?.apis.includes(api) === true) endpoints.push('runtime');
	return endpoints;
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
	const profiles = findModel(model)?.runtime?.profiles ?? [];
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
	const found = findModel(model);
	if (model.startsWith('arn:')) return model;
	if (endpoint === 'mantle') return found?.mantle?.id ?? model;
	if (found?.runtime === undefined || isProfileId(model)) return model;
	const { id, profileOnly } = found.runtime;
	return profileOnly === true ? (profilesFor(id, region)[0] ?? id) : id;
}
