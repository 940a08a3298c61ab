import { apiIds } from '../model/draft.ts';
import type { ApiId } from '../model/draft.ts';
import { bareModelId, isProfileId } from '../model/model-id.ts';
import type { EndpointKind } from '../model/request.ts';
import { endpointsOf, findModel, modelAt, servesRegion } from './models.ts';

/** Where a model can be called: an API, one of Bedrock's endpoints, and the model's id there. */
export interface Place {
	api: ApiId;
	endpoint: EndpointKind;
	model: string;
}

/**
 * What an API can do with a model. `unknown`: the catalogue does not know the model, which is sent as it was typed.
 * Where it does not serve the model, `elsewhere` says which of the page's APIs do, the nearest first.
 */
export type Serving =
	| 'served'
	| 'unknown'
	| { reason: Unserved; api: ApiId; elsewhere: readonly Place[] };

/**
 * Why a model is not to be had: another API has it, none of the page's has, its profile is of another part of the world,
 * the Region has not the endpoint, or an application profile where only Converse takes one.
 */
export type Unserved = 'other-api' | 'no-api' | 'geography' | 'region' | 'application-profile';

/** Whether an ARN is that of an application inference profile. */
export function isApplicationProfile(model: string): boolean {
	// Most models are no ARN, and for them the pattern, which takes long to compile, is not needed.
	return model.startsWith('arn:') && /^arn:[^/]+:application-inference-profile\//.test(model);
}

/** Where a model can be called from a Region, in the order of the page's tabs; a place an API. */
export function placesOf(model: string, region: string): Place[] {
	if (isApplicationProfile(model)) return [{ api: 'converse', endpoint: 'runtime', model }];
	if (findModel(model) === undefined) return [];
	// A profile of another part of the world gives way to one of this.
	const isFar = isProfileId(model) && !servesRegion(model, region);
	const wanted = isFar ? bareModelId(model) : model;
	return apiIds.flatMap((api) => {
		const places = (endpointsOf(model, api, region) ?? []).map((endpoint) => ({
			...{ api, endpoint, model: modelAt(wanted, endpoint, region) }
		}));
		// The id that was given stays where it is good.
		const place = places.find((one) => one.model === wanted) ?? places[0];
		return place === undefined ? [] : [place];
	});
}

/** What an API can do with a model in a Region. */
export function servingOf(model: string, api: ApiId, region: string): Serving {
	if (isApplicationProfile(model)) {
		if (api === 'converse') return 'served';
		return { reason: 'application-profile', api, elsewhere: placesOf(model, region) };
	}
	const found = findModel(model);
	if (found === undefined) return 'unknown';
	const elsewhere = placesOf(model, region);
	if (isProfileId(model) && !servesRegion(model, region))
		return { reason: 'geography', api, elsewhere };
	if (elsewhere.some((place) => place.api === api)) return 'served';
	if (elsewhere.length > 0) return { reason: 'other-api', api, elsewhere };
	const isElsewhere = apiIds.some((one) => found.mantle?.apis.includes(one) === true);
	return { reason: isElsewhere ? 'region' : 'no-api', api, elsewhere };
}
