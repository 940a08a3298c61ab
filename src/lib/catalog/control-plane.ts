import type { JsonObject } from '../model/json.ts';
import { stringifyBody } from '../model/request.ts';
import type { HttpRequest } from '../model/request.ts';

/** Which of the two lists of profiles: those of the service, or those of the account. */
export type ProfileType = 'SYSTEM_DEFINED' | 'APPLICATION';

/** A new application inference profile. Only what is set is sent. */
export interface NewProfile {
	/** 1 to 64 letters, digits, spaces, `_` and `-`. */
	name: string;
	description?: string;
	/** ARN of the model or system profile that it is copied from; of this Region. */
	copyFrom: string;
	tags: readonly Tag[];
}

/** A tag of a profile, by which its costs are told apart. */
export interface Tag {
	key: string;
	value: string;
}

/** The most profiles that the service gives at once. */
const pageSize = 1000;

/**
 * Requests of the control plane; `base` is its origin. What is named is a segment of the path, so the slash of an ARN
 * goes as `%2F`.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_Operations_Amazon_Bedrock.html
 */
export const controlPlane = {
	listModels: (base: string): HttpRequest => get(`${base}/foundation-models`),

	/** The query is named `type`, though the SDK calls it `typeEquals`. */
	listProfiles(base: string, type: ProfileType, nextToken?: string): HttpRequest {
		const token = nextToken === undefined ? '' : `&nextToken=${encodeURIComponent(nextToken)}`;
		return get(`${base}/inference-profiles?maxResults=${pageSize}&type=${type}${token}`);
	},

	getProfile: (base: string, id: string): HttpRequest => get(profileUrl(base, id)),

	deleteProfile: (base: string, id: string): HttpRequest => ({
		...get(profileUrl(base, id)),
		method: 'DELETE'
	}),

	createProfile(base: string, { name, description, copyFrom, tags }: NewProfile): HttpRequest {
		return post(`${base}/inference-profiles`, {
			inferenceProfileName: name,
			...(description !== undefined && { description }),
			modelSource: { copyFrom },
			...(tags.length > 0 && { tags: tags.map(({ key, value }) => ({ key, value })) })
		});
	},

	listTags: (base: string, arn: string): HttpRequest =>
		post(`${base}/listTagsForResource`, { resourceARN: arn })
};

function profileUrl(base: string, id: string): string {
	return `${base}/inference-profiles/${encodeURIComponent(id.toWellFormed())}`;
}

function get(url: string): HttpRequest {
	return { method: 'GET', url, headers: {} };
}

function post(url: string, body: JsonObject): HttpRequest {
	const headers = { 'Content-Type': 'application/json' };
	return { method: 'POST', url, headers, body: stringifyBody(body) };
}
