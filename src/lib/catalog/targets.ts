import type { Draft } from '../model/draft.ts';
import { bareModelId, isProfileId } from '../model/model-id.ts';
import { endpointOf } from '../model/request.ts';
import type { EndpointKind, Target } from '../model/request.ts';
import regions from './regions.json' with { type: 'json' };

/** The Regions of each endpoint. @see https://docs.aws.amazon.com/bedrock/latest/userguide/endpoints.html */
export const runtimeRegions: readonly string[] = regions.runtime;
export const mantleRegions: readonly string[] = regions.mantle;

/** Host name of an endpoint in a Region. */
export function hostOf(endpoint: EndpointKind, region: string): string {
	return endpoint === 'runtime'
		? `bedrock-runtime.${region}.amazonaws.com`
		: `bedrock-mantle.${region}.api.aws`;
}

/** Origin of the control plane of a Region. It is no endpoint for drafts: it lists, and answers nothing. */
export function controlOrigin(region: string): string {
	return `https://bedrock.${region}.amazonaws.com`;
}

/**
 * Path prefix under which mantle serves a model: `/openai/v1` for OpenAI's own GPT (not gpt-oss), Gemma 4 and Grok,
 * `/v1` for all others. @see bedrock model cards
 */
export function mantlePrefix(model: string): '/v1' | '/openai/v1' {
	const bare = bareModelId(model);
	return /^(openai\.gpt-(?!oss)|google\.gemma-4|xai\.)/.test(bare) ? '/openai/v1' : '/v1';
}

/** Where an API is served: what its own file says of it. */
export interface Served {
	endpoints: readonly Target['endpoint'][];
	/** Whether a prefix stands between an endpoint's origin and the API's own path. */
	prefixed: boolean;
}

/** What serves an API of a Region's endpoints, in the API's order, and of a gateway where there is one. */
export function endpointsIn(
	{ endpoints }: Pick<Served, 'endpoints'>,
	region: string,
	gateway?: string
): Target['endpoint'][] {
	return endpoints.filter((one) => {
		if (one === 'gateway') return gateway !== undefined;
		return (one === 'runtime' ? runtimeRegions : mantleRegions).includes(region);
	});
}

/** Ids that only runtime has, though nothing in them says so: on mantle the same models have others. */
const runtimeIds = /^(moonshot\.|qwen\.qwen3-(next-80b|vl-235b)-a\d+b$)/;

/** The endpoint for a draft that names none: what only runtime takes goes there, else mantle where the Region has it. */
export function defaultEndpoint(
	api: Pick<Served, 'endpoints'>,
	model: string,
	region: string
): EndpointKind {
	if (!endpointsIn(api, region).includes('mantle')) return 'runtime';
	const isRuntimes =
		isProfileId(model) || /:\d+$/.test(model) || model.startsWith('arn:') || runtimeIds.test(model);
	return isRuntimes ? 'runtime' : 'mantle';
}

/** Stands where a gateway's base would while there is none: no name ends in `.invalid`, so nothing can be sent there. */
export const noGateway = 'https://gateway.invalid/api/v1';

/**
 * Where a draft is sent with a key of `region` or through the gateway at `gateway`. Region and address come from the keys,
 * never from the draft.
 */
export function targetFor(
	api: Served,
	draft: Pick<Draft, 'model' | 'endpoint' | 'prefix'>,
	region: string,
	gateway = noGateway
): Target {
	const chosen = api.endpoints.find((one) => one === draft.endpoint);
	const endpoint = chosen ?? defaultEndpoint(api, draft.model, region);
	if (endpoint === 'gateway') return { endpoint, base: gateway };
	const origin = `https://${hostOf(endpoint, region)}`;
	if (!api.prefixed) return { endpoint, base: origin };
	const prefix =
		endpoint === 'runtime' ? '/openai/v1' : (draft.prefix ?? mantlePrefix(draft.model));
	return { endpoint, base: origin + prefix };
}

/** The target that a request's address was built from. */
export function targetOf(url: string): Target {
	const { origin, hostname, pathname } = new URL(url);
	const base = pathname.replace(
		/\/(model\/.+\/converse(-stream)?|chat\/completions|responses)$/,
		''
	);
	return { endpoint: endpointOf(hostname), base: origin + base };
}
